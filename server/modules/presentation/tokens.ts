import { randomBytes } from 'node:crypto'
import type { Vault } from '../../vault/vault'

/** Thirty-two signs that are told apart when read aloud or off paper: without 0, 1, I and O. */
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/** 128 bits, 22 characters of base64url: what a QR code carries. */
export const newToken = (): string => randomBytes(16).toString('base64url')

/** Twelve signs, 60 bits: the same presentation, to be read aloud; good for one minute and once. */
export const newReadableCode = (): string => newCode(12)

/** Twenty signs, 100 bits: printed on a PDF, where it lives as long as the licence. */
export const newPdfCode = (): string => newCode(20)

// Thirty-two divides 256: no sign is likelier than another.
const newCode = (length: number): string => Array.from(randomBytes(length), (byte) => alphabet[byte % 32]).join('')

/** In groups, as it is printed. */
export const grouped = (code: string): string => code.match(/.{1,5}/g)?.join('-') ?? code

/** What is looked up for a text that somebody typed, scanned or pasted, whatever it is. */
export interface CodeIndexes {
  token: Buffer
  code: Buffer
  pdf: Buffer
}

/**
 * What is kept of codes: keyed fingerprints. An address is taken for what stands behind its `#`; case and blanks of a readable code
 * don't matter.
 */
export function indexesOf(vault: Vault, text: string): CodeIndexes {
  const secret = text.slice(text.lastIndexOf('#') + 1).trim()
  const readable = secret.toUpperCase().replace(/[\s-]/g, '')
  return {
    token: vault.blindIndex(secret, 'presentation.token'),
    code: vault.blindIndex(readable, 'presentation.code'),
    pdf: vault.blindIndex(readable, 'licence_pdf.code')
  }
}
