import type * as H from './tab-storage'

/** Signing in never leaves the mini-program: memory is enough, and nothing lies on the phone. */
const held = new Map<string, unknown>()

export const readTab: typeof H.readTab = <T>(key: string) => held.get(key) as T | undefined

export const writeTab: typeof H.writeTab = (key, value) => {
  if (value === undefined) held.delete(key)
  else held.set(key, value)
}
