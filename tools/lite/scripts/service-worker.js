// Keeps what a visit has fetched, so that the next one needs no server. The reader's own files are
// not kept here: JupyterLite has them in a store of the browser's.
//
// One version of the site is kept whole: a page never gets parts of two. A new version waits until
// the last page of the old one is closed.

{
  const CACHE = `lessons-${VERSION}`;
  const THEIRS = ["/api/drive", "/api/stdin", "/api/service-worker-heartbeat"]; // Python's way to the reader's files

  addEventListener("install", (event) => event.stopImmediatePropagation()); // JupyterLite's would not wait

  addEventListener("activate", (event) => event.waitUntil(Promise.all([dropOthers(), fetchWhatIsAskedForLater()])));

  addEventListener("fetch", (event) => {
    const { pathname } = new URL(event.request.url);
    if (event.request.method !== "GET" || THEIRS.some((part) => pathname.includes(part))) return;
    event.stopImmediatePropagation();
    event.respondWith(answer(event));
  });

  async function answer(event) {
    const cache = await caches.open(CACHE);
    const kept = await cache.match(event.request, { ignoreSearch: true, ignoreVary: true });
    if (kept) return kept;
    const response = await fetch(event.request);
    if (response.ok && response.status === 200) event.waitUntil(cache.put(event.request, response.clone()));
    return response;
  }

  // Fonts, which a page asks for when it shows a letter of one, and the lists of the folders.
  async function fetchWhatIsAskedForLater() {
    await (await caches.open(CACHE)).addAll(LATER);
  }

  async function dropOthers() {
    const names = await caches.keys();
    const old = names.filter((name) => name.startsWith("lessons-") && name !== CACHE);
    await Promise.all(old.map((name) => caches.delete(name)));
  }
}

importScripts("jupyterlite-service-worker.js"); // its listeners come after ours
