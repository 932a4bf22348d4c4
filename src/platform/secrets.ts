import { readStored, writeStored } from './storage'

/**
 * Keeps a secret of this device under a key of `storage.ts`, where removeStored removes it. The browser has no better place; what is kept
 * is good for a day at most and ended by the server when the session ends. The mini-program encrypts it.
 */
export async function writeSecret(key: string, value: unknown): Promise<boolean> {
  return writeStored(key, value)
}

/** The secret kept under this key; undefined when there is none, or it can't be read any more. */
export async function readSecret<T>(key: string): Promise<T | undefined> {
  return readStored<T>(key)
}
