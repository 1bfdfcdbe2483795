// What a page must not hold, and what happens when everything on it is done that a reader could do.
() => {
  const found = [];
  const addresses = ["href", "src", "xlink:href", "action", "formaction", "data", "poster", "background", "ping", "srcset"];
  for (const one of document.querySelectorAll("*")) {
    for (const { name, value } of one.attributes) {
      if (/^on/i.test(name) || name === "srcdoc") found.push(`${one.localName} ${name}`);
      const scheme = value.replace(/[\u0000-\u0020]/g, "").match(/^([a-z][a-z0-9+.-]*):/i);
      if (addresses.includes(name) && scheme && !/^(https?|mailto|tel)$/i.test(scheme[1])) found.push(`${name}=${value}`);
    }
  }
  for (const one of document.querySelectorAll("script:not([src]):not([type='application/ld+json'])")) found.push(one.outerHTML);
  for (const one of document.querySelectorAll("iframe, frame, object, embed, applet, base, foreignObject, body style, meta[http-equiv='refresh' i]"))
    found.push(one.outerHTML.slice(0, 80));
  for (const name of ["getElementById", "querySelector", "createElement"])
    if (typeof document[name] !== "function") found.push(`document.${name} is taken`);
  const kinds = ["mouseover", "mouseenter", "mousedown", "pointerenter", "focus", "focusin", "input", "change", "toggle",
    "load", "error", "animationstart", "animationend", "transitionend", "begin", "wheel", "copy", "paste", "submit"];
  for (const one of document.querySelectorAll("main *, svg, svg *")) {
    for (const kind of kinds) one.dispatchEvent(new Event(kind, { cancelable: true }));
    const link = one.closest("a[href]");
    const leads = link && /^(https?|mailto|tel):$/.test(link.protocol); // a reader who follows it leaves the page
    if (!leads && !one.closest("button, label, summary")) one.dispatchEvent(new MouseEvent("click", { cancelable: true }));
  }
  return { found, ran: window.ranHere || [], title: document.title };
}
