/* Service worker of the shell. VERSION, SHELL and FOREIGN are filled in by the build.
   Only the shell is kept: no answer of the server, no video and no other app ever enters the cache. */
const CACHE = `antu-shell-${VERSION}`;
const PAGE = '/index.html';
const PAGE_WAIT_MS = 4000;

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(CACHE)
      .then((cache) => cache.addAll(SHELL))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', (event) => {
  const isOld = (name) => name.startsWith('antu-shell-') && name !== CACHE;
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter(isOld).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

/* The newest page if the line allows, the kept one if not: a lorry driver in a dead spot still gets the app. */
async function answerPage(request) {
  try {
    const response = await fetch(request, { signal: AbortSignal.timeout(PAGE_WAIT_MS) });
    if (response.status < 500) return response;
  } catch {
    // Offline or too slow: the kept page follows.
  }
  return (await caches.match(PAGE, { cacheName: CACHE })) ?? Response.error();
}

/* Names of built files carry a hash of their content, so a kept one is never stale. */
async function answerAsset(request) {
  const kept = await caches.match(request, { cacheName: CACHE });
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) {
    const copy = response.clone();
    caches.open(CACHE).then((cache) => cache.put(request, copy));
  }
  return response;
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  if (FOREIGN.some((path) => url.pathname.startsWith(path))) return;
  if (request.mode === 'navigate') event.respondWith(answerPage(request));
  else if (url.pathname.startsWith('/assets/')) event.respondWith(answerAsset(request));
});
