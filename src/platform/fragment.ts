/** What stands behind `#` in the page's address: browsers never send it to a server. */
export function fragmentNow(): string {
  return location.hash.slice(1)
}

/** Takes it out of the address bar and the history, once it has been used. */
export function forgetFragment(): void {
  history.replaceState(history.state, '', location.pathname + location.search)
}

/** Calls when another address of the same page is opened in the same window; returns the end of listening. */
export function onFragmentChange(listener: () => void): () => void {
  window.addEventListener('hashchange', listener)
  return () => window.removeEventListener('hashchange', listener)
}
