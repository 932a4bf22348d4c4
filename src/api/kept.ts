import { readSecret, writeSecret } from '../platform/secrets'
import { readStored, removeFiles, removeStored, storedKeys, writeStored } from '../platform/storage'

/**
 * What was loaded stays readable without network: the last answer of each read is kept on the device, as the server
 * sent it (masked), and erased on sign-out. Keys under `public/` hold catalogue content and stay.
 */
export interface Kept<T> {
  at: number
  data: T
}

const room = 'kept.'
const isPublic = (key: string) => key.startsWith('public/')
let erasures = 0

export const readKept = <T>(key: string) => readStored<Kept<T>>(room + key)

export function keep<T>(key: string, data: T, at: number): void {
  writeStored(room + key, { at, data } satisfies Kept<T>)
}

/**
 * Begin it when a read is sent off, keep the answer with what it gives: an answer that comes after everything personal was erased,
 * on sign-out, leaves nothing on the device again.
 */
export function keeping(): <T>(key: string, data: T, at: number) => void {
  const begun = erasures
  return (key, data, at) => {
    if (begun === erasures || isPublic(key)) keep(key, data, at)
  }
}

/** As `keep`, for what must not lie in clear where the device can hide it. */
export const keepSecret = (key: string, data: unknown): Promise<boolean> => writeSecret(room + key, data)

export const readKeptSecret = <T>(key: string): Promise<T | undefined> => readSecret<T>(room + key)

export function forget(key: string): void {
  removeStored(room + key)
}

/** The keys of what is kept, that start with these words. */
export const keptKeys = (start: string): string[] => storedKeys(room + start).map((key) => key.slice(room.length))

/** Erases everything personal that was kept on this device, but for one key where one is spared. */
export function forgetPersonal(spared?: string): void {
  erasures += 1
  storedKeys(room)
    .filter((key) => !isPublic(key.slice(room.length)) && key !== room + spared)
    .forEach(removeStored)
  removeFiles()
}
