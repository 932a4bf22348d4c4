/**
 * Lets the app itself open without network: a service worker keeps its files (static/sw.js). Browsers allow it on https and on this
 * very machine only; elsewhere, and while it fails, the app works as before, online.
 */
export function keepShell(): void {
  if ('serviceWorker' in navigator) void navigator.serviceWorker.register('/sw.js').catch(() => undefined)
}
