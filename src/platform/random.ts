/** A fresh key for an Idempotency-Key header: 32 hex digits. `crypto.randomUUID` is absent on plain http, getRandomValues is not. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Bytes that nobody can guess, for keys that guard something. Rejects where the device has no such source. */
export async function secretBytes(length: number): Promise<Uint8Array> {
  return crypto.getRandomValues(new Uint8Array(length))
}
