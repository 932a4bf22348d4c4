/** A fresh key for an Idempotency-Key header: 32 hex digits. `crypto.randomUUID` is absent on plain http, getRandomValues is not. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
