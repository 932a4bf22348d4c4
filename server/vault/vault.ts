import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'

const FORMAT = 1
const HEADER_BYTES = 3
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** One AES-256 key with its number (1 to 65535), which is written in front of all it seals. */
export type SealingKey = { number: number; key: Buffer }

export type VaultKeys = {
  /** All keys that may have sealed something still kept; the one with the highest number seals. */
  sealing: SealingKey[]
  /** 32 bytes; never rotated without computing every index anew. */
  blindIndex: Buffer
}

export type Vault = {
  /**
   * Encrypts and authenticates a text or the bytes of a file (AES-256-GCM, NIST SP 800-38D).
   *
   * @param context where the text belongs, `table.column:id`; the same must be given to open it, so that nobody can move one
   *   person's ID number into another person's row
   */
  seal(plaintext: string | Buffer, context: string): Buffer
  /** @throws {VaultError} when the bytes were changed, belong elsewhere, or their key is not at hand */
  open(sealed: Buffer, context: string): string
  /** The same for what was sealed as bytes. */
  openBytes(sealed: Buffer, context: string): Buffer
  /** Seals anew with the newest key; answers the same bytes where it already is. */
  reseal(sealed: Buffer, context: string): Buffer
  /**
   * A keyed fingerprint (HMAC-SHA-256, 32 bytes) to look up an encrypted value by equality.
   *
   * @param purpose which column it is for: equal values of different columns must not be linkable
   */
  blindIndex(value: string, purpose: string): Buffer
}

/** A sealed value could not be opened. The message never holds any of it. */
export class VaultError extends Error {
  override name = 'VaultError'
}

/** Makes a vault of the given keys. @throws when there is no sealing key or one has a wrong length or number */
export function createVault({ sealing, blindIndex }: VaultKeys): Vault {
  for (const { number, key } of sealing) {
    if (key.length !== 32) throw new VaultError(`vault key ${number} is ${key.length} bytes long, not 32`)
    if (!Number.isInteger(number) || number < 1 || number > 0xffff) throw new VaultError(`vault key number ${number} is out of range`)
  }
  if (blindIndex.length !== 32) throw new VaultError(`the blind-index key is ${blindIndex.length} bytes long, not 32`)
  const keys = new Map(sealing.map(({ number, key }) => [number, key]))
  const newest = Math.max(...keys.keys())
  const sealingKey = keys.get(newest)
  if (!sealingKey) throw new VaultError('a vault needs at least one key')

  const vault: Vault = {
    seal(plaintext, context) {
      const bytes = typeof plaintext === 'string' ? Buffer.from(plaintext) : plaintext
      const header = headerOf(newest)
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', sealingKey, nonce)
      cipher.setAAD(Buffer.concat([header, Buffer.from(context)]))
      return Buffer.concat([header, nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()])
    },

    open: (sealed, context) => vault.openBytes(sealed, context).toString('utf8'),

    openBytes(sealed, context) {
      if (sealed.length < HEADER_BYTES + NONCE_BYTES + TAG_BYTES || sealed[0] !== FORMAT) {
        throw new VaultError('not a sealed value')
      }
      const number = keyNumber(sealed)
      const key = keys.get(number)
      if (!key) throw new VaultError(`vault key ${number} is not at hand`)
      const bodyStart = HEADER_BYTES + NONCE_BYTES
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(HEADER_BYTES, bodyStart), { authTagLength: TAG_BYTES })
      decipher.setAAD(Buffer.concat([sealed.subarray(0, HEADER_BYTES), Buffer.from(context)]))
      decipher.setAuthTag(sealed.subarray(-TAG_BYTES))
      const start = decipher.update(sealed.subarray(bodyStart, -TAG_BYTES))
      try {
        return Buffer.concat([start, decipher.final()])
      } catch {
        throw new VaultError(`a sealed value does not belong to ${context}, or was changed`)
      }
    },

    reseal(sealed, context) {
      const plaintext = vault.openBytes(sealed, context)
      return keyNumber(sealed) === newest ? sealed : vault.seal(plaintext, context)
    },

    blindIndex(value, purpose) {
      // The length in front keeps (ab, c) and (a, bc) apart.
      return createHmac('sha256', blindIndex).update(`${Buffer.byteLength(purpose)}:${purpose}:${value}`).digest()
    }
  }
  return vault
}

function headerOf(number: number): Buffer {
  const header = Buffer.alloc(HEADER_BYTES)
  header.writeUInt8(FORMAT, 0)
  header.writeUInt16BE(number, 1)
  return header
}

function keyNumber(sealed: Buffer): number {
  return sealed.readUInt16BE(1)
}
