interface WakeLocks {
  wakeLock?: { request: (type: 'screen') => Promise<{ release: () => Promise<void> }> }
}

/**
 * Makes the screen fit to be read by a scanner: it stays on and, in the mini-program, goes to full brightness (a browser can't).
 * @returns puts it back as it was
 */
export function lightUp(): () => void {
  const lock = (navigator as unknown as WakeLocks).wakeLock?.request('screen').catch(() => null)
  return () => void lock?.then((held) => held?.release()).catch(() => undefined)
}
