const prefix = 'zsb.'

/** What this tab keeps until it is closed, also while it is away at a page of another party; undefined where there is none. */
export function readTab<T>(key: string): T | undefined {
  try {
    const text = sessionStorage.getItem(prefix + key)
    return text === null ? undefined : JSON.parse(text) as T
  } catch {
    return undefined
  }
}

/** Keeps a JSON value for this tab; undefined erases it. Where the browser refuses, nothing is kept. */
export function writeTab(key: string, value: unknown): void {
  try {
    if (value === undefined) sessionStorage.removeItem(prefix + key)
    else sessionStorage.setItem(prefix + key, JSON.stringify(value))
  } catch {
    // Private mode: what was typed is typed again.
  }
}
