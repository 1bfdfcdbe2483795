// "Keep this site for offline reading": the button that asks the worker (sw.js) to keep the site, and removes it again.
// Nothing is stored before it is pressed; until then this only looks whether the site is kept already. The button is
// hidden where no script or no worker is to be had, and then the link beside it still explains.
(() => {
  const boxes = [...document.querySelectorAll(".keep-offline")].filter((box) => box.querySelector("button")); // no text has one
  if (!boxes.length || !("serviceWorker" in navigator) || !("caches" in window)) return;
  const scope = new URL(boxes[0].dataset.root, location.href);
  const prefix = `kept:${scope.pathname}:`; // as in the worker
  const list = new URL("offline.json", scope).href;
  let state = "none"; // or "busy" or "kept"

  const show = (next) => {
    state = next;
    for (const box of boxes) {
      const button = box.querySelector("button");
      button.textContent = state === "kept" ? button.dataset.remove : button.dataset.keep;
      button.setAttribute("aria-disabled", state === "busy");
      button.hidden = false;
      box.querySelector("progress").hidden = state !== "busy";
      box.classList.toggle("is-kept", state === "kept");
    }
  };
  const say = (box, what) => {
    for (const one of boxes) one.querySelector(".kept-note").hidden = true;
    const status = box.querySelector("[role=status]");
    status.textContent = status.dataset[what];
  };
  const ownCaches = async () => (await caches.keys()).filter((name) => name.startsWith(prefix));
  const registered = async () => {
    const found = await navigator.serviceWorker.getRegistration(scope.href);
    return found && found.scope === scope.href ? found : undefined;
  };
  const isWhole = async () => {
    for (const name of await ownCaches()) if (await caches.match(list, { cacheName: name })) return true;
    return false;
  };
  const settled = (worker) =>
    new Promise((resolve) => {
      const look = () => ["activated", "redundant"].includes(worker.state) && resolve(worker.state);
      worker.addEventListener("statechange", look);
      look();
    });
  // A worker that was removed stays until its last page is left, and it has kept its first copy long ago.
  const asked = (worker) =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => resolve(data);
      worker.postMessage("keep", [port2]);
    });
  const remove = async () => {
    await (await registered())?.unregister();
    await Promise.all((await ownCaches()).map((name) => caches.delete(name)));
  };

  const keep = async (box, registering) => {
    show("busy");
    say(box, "busy");
    try {
      const registration = await registering;
      const worker = registration.installing || registration.waiting || registration.active;
      const isReady = (await settled(worker)) === "activated";
      if (!isReady || !((await isWhole()) || (await asked(worker)))) throw new Error("not whole");
      show("kept");
      say(box, "kept");
    } catch {
      await remove().catch(() => {});
      show("none");
      say(box, "failed");
    }
  };

  navigator.serviceWorker.addEventListener("message", ({ data }) => {
    for (const box of boxes) Object.assign(box.querySelector("progress"), { max: data.all, value: data.kept });
  });
  for (const box of boxes) {
    box.querySelector("button").addEventListener("click", async () => {
      if (state === "none") {
        const worker = new URL(box.dataset.worker, location.href);
        await keep(box, navigator.serviceWorker.register(worker, { scope: scope.pathname }));
      } else if (state === "kept") {
        await remove();
        show("none");
        say(box, "removed");
      }
    });
  }

  registered()
    .then(async (registration) => {
      if (registration?.active && (await isWhole())) {
        show("kept");
        for (const box of boxes) box.querySelector(".kept-note").hidden = false; // read, but not announced on each page
      } else if (registration?.installing) {
        await keep(boxes[0], registration);
      } else {
        show("none");
      }
    })
    .catch(() => {}); // a browser that forbids workers here: the button stays hidden
})();
