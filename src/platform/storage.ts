const prefix = 'zsb.'

/** A value kept on this device, or undefined. Plain text: never personal data. */
export function readStored<T>(key: string): T | undefined {
  try {
    const text = localStorage.getItem(prefix + key)
    return text === null ? undefined : JSON.parse(text) as T
  } catch {
    return undefined
  }
}

/** Keeps a JSON value; false when the device refuses (private mode, full). */
export function writeStored(key: string, value: unknown): boolean {
  try {
    localStorage.setItem(prefix + key, JSON.stringify(value))
    return true
  } catch {
    return false
  }
}

export function removeStored(key: string): void {
  localStorage.removeItem(prefix + key)
}

/** Calls when another tab of this browser changes or removes the value; returns the end of listening. The mini-program has one window. */
export function onChangedElsewhere(key: string, listener: () => void): () => void {
  const hear = (event: StorageEvent) => {
    if (event.key === prefix + key) listener()
  }
  window.addEventListener('storage', hear)
  return () => window.removeEventListener('storage', hear)
}

/** Erases the files that were fetched to be shown inside the app. Here there are none: a download is the person's own. */
export function removeFiles(): void {}

/** Keys kept on this device that start with the given words. */
export function storedKeys(start = ''): string[] {
  return Object.keys(localStorage).filter((key) => key.startsWith(prefix + start)).map((key) => key.slice(prefix.length))
}
