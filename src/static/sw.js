// Keeps the app itself on the device, so that it opens without network: the page, and all scripts and styles that the build lists in
// static/shell.json. Replies of the API are never kept here: what was read is kept by the app, and erased on signing out.
const shell = 'shell'
const page = '/'
const list = '/static/shell.json'

self.addEventListener('install', (event) => event.waitUntil(refresh().then(() => self.skipWaiting())))

self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin || /^\/(api|mock)(\/|$)/.test(pathname)) return
  if (request.mode === 'navigate') event.respondWith(openPage(event))
  else event.respondWith(caches.match(request, { ignoreVary: true }).then((kept) => kept || fetch(request)))
})

/** The newest page while there is network, else the one that is kept. */
async function openPage(event) {
  try {
    const reply = await fetch(event.request)
    if (reply.ok) event.waitUntil(refresh().catch(() => undefined))
    return reply
  } catch (error) {
    const kept = await caches.match(page, { ignoreVary: true })
    if (kept) return kept
    throw error
  }
}

/** Fetches what the newest build has and this device lacks, the page last; then drops what belongs to older builds. */
async function refresh() {
  const cache = await caches.open(shell)
  const files = (await (await fetch(list, { cache: 'no-cache' })).json()).map((name) => '/' + name)
  const kept = (await cache.keys()).map(({ url }) => new URL(url).pathname)
  await cache.addAll(files.filter((file) => !kept.includes(file)))
  await cache.add(new Request(page, { cache: 'no-cache' }))
  await Promise.all(kept.filter((path) => path !== page && !files.includes(path)).map((path) => cache.delete(path)))
}
