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

export const readKept = <T>(key: string) => readStored<Kept<T>>(room + key)

export function keep<T>(key: string, data: T, at: number): void {
  writeStored(room + key, { at, data } satisfies Kept<T>)
}

/** As `keep`, for what must not lie in clear where the device can hide it. */
export const keepSecret = (key: string, data: unknown): Promise<boolean> => writeSecret(room + key, data)

export const readKeptSecret = <T>(key: string): Promise<T | undefined> => readSecret<T>(room + key)

export function forget(key: string): void {
  removeStored(room + key)
}

/** The keys of what is kept, that start with these words. */
export const keptKeys = (start: string): string[] => storedKeys(room + start).map((key) => key.slice(room.length))

/** Erases everything personal that was kept on this device. */
export function forgetPersonal(): void {
  storedKeys(room)
    .filter((key) => !key.startsWith(`${room}public/`))
    .forEach(removeStored)
  removeFiles()
}
