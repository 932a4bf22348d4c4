import { useEffect, useState } from 'react'
import { readTab, writeTab } from '../platform/tab-storage'

/** What was typed when a session ended by itself, and whose it is. */
interface Unsent {
  accountId: string
  typed: Record<string, unknown>
}

const place = 'unsent'
const typing = new Map<string, unknown>()

/**
 * The session has ended by itself while something was being typed: it waits in this tab, and only there, for the same person to sign in
 * again.
 */
export function keepUnsent(accountId: string): void {
  if (typing.size > 0) writeTab(place, { accountId, typed: Object.fromEntries(typing) } satisfies Unsent)
}

/** This person is signed in: what somebody else has typed is gone. */
export function claimUnsent(accountId: string): void {
  if (readTab<Unsent>(place)?.accountId !== accountId) dropUnsent()
}

export const dropUnsent = (): void => writeTab(place, undefined)

/** As useState, of what is typed and sent later: given back once to who had to sign in again in between. `blank` is a constant. */
export function useUnsent<T>(key: string, blank: T): [T, (value: T) => void] {
  const [value, setValue] = useState<T>(() => takeBack<T>(key) ?? blank)
  useEffect(() => {
    if (value === blank) return
    typing.set(key, value)
    return () => void typing.delete(key)
  }, [key, value, blank])
  return [value, setValue]
}

function takeBack<T>(key: string): T | undefined {
  const kept = readTab<Unsent>(place)
  if (!kept || !(key in kept.typed)) return undefined
  const { [key]: mine, ...others } = kept.typed
  writeTab(place, Object.keys(others).length > 0 ? { ...kept, typed: others } : undefined)
  return mine as T
}
