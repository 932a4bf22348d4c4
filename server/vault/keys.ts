import fs from 'node:fs'
import path from 'node:path'
import {
  addKey, CODE_ISSUER, LATER_PAIRS, loadPair, loadSecret, missing, newPair, newSecret, PAIRS, VAULT_KEY, writeKey, type SigningKey
} from './key-files'
import type { VaultKeys } from './vault'

/** One of several keys for the same purpose; what it signed carries its number. */
export type NumberedKey = SigningKey & { number: number }

export type Keys = {
  vault: VaultKeys
  /** Signs the receipts that people keep. */
  platformSigning: SigningKey
  /** Signs our requests to the department systems. */
  departmentRequests: SigningKey
  /** Sign the certificates of devices for offline codes, the newest first: that one signs, all of them are published. */
  codeIssuers: [NumberedKey, ...NumberedKey[]]
  /** Signs presented licences (SD-JWT VC) and their status lists. */
  licenceCredentials: SigningKey
}

/**
 * Reads the keys from a folder: `vault-<number>.key`, `blind-index.key` (32 random bytes in base64 each) and
 * `platform-signing.pem`, `department-requests.pem`, `code-issuer-<number>.pem`, `licence-credentials.pem` (Ed25519, PKCS #8).
 *
 * @throws when one is missing or broken. A missing key is never made here: what it sealed could not be read any more.
 */
export function loadKeys(folder: string): Keys {
  return {
    vault: { sealing: loadSealingKeys(folder), blindIndex: loadSecret(folder, 'blind-index.key') },
    platformSigning: loadPair(folder, 'platform-signing.pem'),
    departmentRequests: loadPair(folder, 'department-requests.pem'),
    codeIssuers: loadCodeIssuers(folder),
    licenceCredentials: loadPair(folder, 'licence-credentials.pem')
  }
}

/**
 * Reads the keys, after making the whole folder (0700, files 0600) where there is none yet, or the signing keys that a folder of an
 * earlier version lacks.
 */
export function loadOrCreateKeys(folder: string): Keys {
  if (!fs.existsSync(folder)) createKeys(folder)
  else addLaterKeys(folder)
  return loadKeys(folder)
}

/**
 * Gives the folder of an earlier version the signing keys that were not known then.
 *
 * @returns the names of those made
 * @throws when a key of the first version is missing: then it is no folder to add to
 */
export function addLaterKeys(folder: string): string[] {
  loadSealingKeys(folder)
  loadSecret(folder, 'blind-index.key')
  for (const name of PAIRS) loadPair(folder, name)
  const there = fs.readdirSync(folder)
  const missing = LATER_PAIRS.filter(({ any }) => !there.some((name) => any.test(name))).map(({ first }) => first)
  for (const name of missing) addKey(folder, name, newPair())
  return missing
}

/**
 * Makes a complete folder of new keys.
 *
 * @throws when the folder exists already
 */
export function createKeys(folder: string): void {
  fs.mkdirSync(path.dirname(folder), { recursive: true })
  // Under another name until complete, so that a run killed half-way leaves no half set behind.
  const draft = fs.mkdtempSync(`${folder}.new-`)
  writeKey(draft, 'vault-1.key', newSecret())
  writeKey(draft, 'blind-index.key', newSecret())
  for (const name of [...PAIRS, ...LATER_PAIRS.map(({ first }) => first)]) writeKey(draft, name, newPair())
  fs.renameSync(draft, folder)
}

/**
 * Adds the next vault key to the folder; servers started afterwards seal with it and still open what the older ones sealed.
 *
 * @returns its number
 */
export function addVaultKey(folder: string): number {
  const number = Math.max(...loadSealingKeys(folder).map((key) => key.number)) + 1
  writeKey(folder, `vault-${number}.key`, newSecret())
  return number
}

/**
 * Adds the next key that certifies devices for offline codes; servers started afterwards sign with it and publish the older ones too.
 *
 * @returns its number
 * @throws when all 255 numbers that a code can carry are used up
 */
export function addCodeIssuer(folder: string): number {
  const number = loadCodeIssuers(folder)[0].number + 1
  if (number > 255) throw new Error('签发离线码证书的密钥编号只到 255：请先删去早已不用的')
  addKey(folder, `code-issuer-${number}.pem`, newPair())
  return number
}

function loadCodeIssuers(folder: string): Keys['codeIssuers'] {
  const names = fs.existsSync(folder) ? fs.readdirSync(folder) : []
  const issuers = names.flatMap((name) => {
    const number = CODE_ISSUER.exec(name)?.[1]
    return number ? [{ number: Number(number), ...loadPair(folder, name) }] : []
  })
  const [newest, ...older] = issuers.sort((a, b) => b.number - a.number)
  if (!newest) throw missing(folder, 'code-issuer-1.pem')
  return [newest, ...older]
}

function loadSealingKeys(folder: string): VaultKeys['sealing'] {
  const names = fs.existsSync(folder) ? fs.readdirSync(folder) : []
  const keys = names.flatMap((name) => {
    const number = VAULT_KEY.exec(name)?.[1]
    return number ? [{ number: Number(number), key: loadSecret(folder, name) }] : []
  })
  if (keys.length === 0) throw missing(folder, 'vault-1.key')
  return keys
}
