// Part of the preview while somebody writes, never of the site. It tells the server which version of the page this is, as
// a plugin of livereload's script, and opens the list of what is wrong.
"use strict";

(() => {
  const { shown } = document.currentScript.dataset;

  window.LiveReloadPluginPreview = class {
    static identifier = "preview";
    static version = "1";

    analyze() {
      return { shown };
    }
  };

  const CLOSED = "preview-closed"; // the problems that somebody has closed in this tab
  const box = document.getElementById("preview-problems");
  if (!box) {
    sessionStorage.removeItem(CLOSED);
    return;
  }
  const again = document.querySelector(".preview-again");

  function open() {
    again.hidden = true;
    box.removeAttribute("open");
    box.showModal();
  }

  box.addEventListener("close", () => {
    sessionStorage.setItem(CLOSED, box.dataset.mark);
    again.hidden = false;
  });
  again.querySelector("button").addEventListener("click", open);

  if (sessionStorage.getItem(CLOSED) === box.dataset.mark) {
    box.removeAttribute("open");
    again.hidden = false;
  } else {
    open();
  }
})();
