/** Calls when the browser tab is covered or comes back; returns the end of listening. */
export function onVisibilityChange(listener: (visible: boolean) => void): () => void {
  const report = () => listener(document.visibilityState === 'visible')
  document.addEventListener('visibilitychange', report)
  return () => document.removeEventListener('visibilitychange', report)
}
