import { createHash, createHmac, randomBytes } from 'node:crypto'

/** An opaque secret of 256 bits, as it travels: 43 characters of base64url. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** What is kept of a secret. Plain SHA-256 is enough: there are 256 bits to guess. */
export function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

/** Derives another secret from a secret; nobody who has only one of the two can. */
export function derive(secret: string | Buffer, salt: string | Buffer): string {
  return createHmac('sha256', secret).update(salt).digest('base64url')
}
