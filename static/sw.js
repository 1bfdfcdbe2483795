// Keeps the whole site on the reader's device, who has asked for it by a button. The build writes a line before this one:
// VERSION, the digest of offline.json, which lists every file with its own digest. So a change of any file changes this
// script, the browser notices, and the steps below begin anew beside the copy that is there.
"use strict";

const SCOPE = new URL(self.registration.scope);
const PREFIX = `kept:${SCOPE.pathname}:`; // other sites of the same host keep their own
const CACHE = PREFIX + VERSION;
const LIST = at("offline.json");
const LANES = 6; // files that are fetched at a time
const PATIENCE = 4000; // milliseconds that a page may take before the kept one is shown
const LASTING = /\.[0-9a-f]{8,}\.\w+$/; // a name that changes with its bytes

addEventListener("install", (event) => event.waitUntil(keepAll().then(() => self.skipWaiting())));
addEventListener("activate", (event) => event.waitUntil(dropOlder().then(() => self.clients.claim())));
addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const ours = url.origin === SCOPE.origin && url.pathname.startsWith(SCOPE.pathname);
  if (ours && request.method === "GET" && !request.headers.has("range")) {
    event.respondWith(request.mode === "navigate" ? page(request, url) : part(request, url));
  }
});
addEventListener("message", (event) => {
  const answer = (done) => event.ports[0].postMessage(done);
  if (event.data === "keep") event.waitUntil(keepAll().then(() => answer(true), () => answer(false)));
});

function at(address) {
  return new URL(address, SCOPE).href;
}

// Keeping. Every file is compared with its digest, so that no half of a new site, no page of an error and no log-in page
// of a network is ever kept. The list is put in last: a copy that has its list is whole.

async function keepAll() {
  const list = await fetched(LIST, VERSION);
  const { files } = await list.clone().json();
  const cache = await caches.open(CACHE);
  const older = await olderFiles();
  const waiting = [...files];
  let kept = 0;
  const lane = async () => {
    for (let file = waiting.shift(); file; file = waiting.shift()) {
      await keep(file, cache, older);
      kept += 1;
      tell(kept, files.length);
    }
  };
  try {
    await Promise.all(Array.from({ length: LANES }, lane));
  } catch (fault) {
    waiting.length = 0;
    throw fault;
  }
  await cache.put(LIST, list);
}

async function keep(file, cache, older) {
  const address = at(file.address);
  if (await cache.match(address)) return; // an attempt that was cut off got this far
  const before = older.get(file.sha256);
  const held = before && (await caches.match(before.address, { cacheName: before.cache }));
  await cache.put(address, held || (await fetched(address, file.sha256)));
}

async function fetched(address, digest) {
  for (const cache of ["no-cache", "reload"]) { // a host that tells changes by the second may say "unchanged" too soon
    const response = await fetch(address, { cache });
    const body = await response.arrayBuffer();
    if ((await hex(body)) !== digest) continue;
    const headers = new Headers(response.headers); // with the policy of the site
    headers.delete("content-encoding");
    headers.delete("content-length");
    return new Response(body, { headers });
  }
  throw new Error(`${address} is not what the list says`);
}

async function hex(body) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function olderFiles() {
  const found = new Map();
  for (const name of await ownCaches()) {
    const list = await caches.match(LIST, { cacheName: name });
    if (!list) continue;
    for (const file of (await list.json()).files) {
      found.set(file.sha256, { address: at(file.address), cache: name });
    }
  }
  return found;
}

async function ownCaches() {
  return (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
}

async function dropOlder() {
  await Promise.all((await ownCaches()).map((name) => caches.delete(name)));
}

async function tell(kept, all) {
  for (const client of await self.clients.matchAll({ includeUncontrolled: true })) client.postMessage({ kept, all });
}

// Reading. Whoever is online reads the newest page; the kept one is shown when the network fails, errs or dawdles.

async function page(request, url) {
  const network = fetch(request);
  const soon = await Promise.race([network.catch(() => undefined), pause(PATIENCE)]);
  if (soon && soon.status < 500) return soon;
  const held = await heldPage(url.pathname);
  if (held) return held;
  return network.catch(() => instead(url.pathname));
}

async function part(request, url) {
  if (LASTING.test(url.pathname)) return (await heldFile(url.pathname)) || fetch(request);
  return fetch(request).catch(async () => (await heldFile(url.pathname)) || Response.error());
}

async function heldPage(path) {
  const held = await heldFile(path.replace(/(^|\/)index\.html$/, "$1"));
  if (held || path.endsWith("/")) return held;
  return (await heldFile(`${path}/`)) && Response.redirect(`${path}/`);
}

function heldFile(path) {
  return caches.match(at(path), { cacheName: CACHE }); // unlike open(), this makes no empty cache
}

async function instead(path) {
  const isPage = /(\/|\.html|\/[^./]*)$/.test(path);
  const held = await heldFile(at(isPage ? "404.html" : "not-kept.html"));
  return held ? new Response(held.body, { status: isPage ? 404 : 503, headers: held.headers }) : Response.error();
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
