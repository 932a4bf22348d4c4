import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import type { VaultKeys } from './vault'

/** An Ed25519 pair; `keyId` is the RFC 7638 thumbprint of the public key. */
export type SigningKey = { keyId: string; privateKey: KeyObject; publicKey: KeyObject }

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

const PAIRS = ['platform-signing.pem', 'department-requests.pem'] as const
/**
 * Signing keys that the first version had not, `any` telling whether one is there. A folder of an earlier version is given them: they
 * have signed nothing yet. What the first version had and is missing now was lost, and is never made anew.
 */
const LATER_PAIRS = [
  { first: 'code-issuer-1.pem', any: /^code-issuer-\d{1,3}\.pem$/ },
  { first: 'licence-credentials.pem', any: /^licence-credentials\.pem$/ }
]
const CODE_ISSUER = /^code-issuer-(\d{1,3})\.pem$/
const VAULT_KEY = /^vault-(\d{1,5})\.key$/

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

function loadSecret(folder: string, name: string): Buffer {
  const secret = Buffer.from(readKey(folder, name), 'base64')
  if (secret.length !== 32) throw new Error(`密钥文件 ${path.join(folder, name)} 已损坏：应为 32 字节的 base64，请从备份恢复`)
  return secret
}

function loadPair(folder: string, name: string): SigningKey {
  const privateKey = createPrivateKey(readKey(folder, name))
  if (privateKey.asymmetricKeyType !== 'ed25519') throw new Error(`密钥文件 ${path.join(folder, name)} 不是 Ed25519 私钥`)
  const publicKey = createPublicKey(privateKey)
  return { keyId: thumbprint(publicKey), privateKey, publicKey }
}

/** RFC 7638: the hash of the required members of the JWK, in alphabetical order, without blanks. */
function thumbprint(publicKey: KeyObject): string {
  const { crv, kty, x } = publicKey.export({ format: 'jwk' })
  return createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url')
}

function newPair(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}

function newSecret(): string {
  return randomBytes(32).toString('base64')
}

function readKey(folder: string, name: string): string {
  try {
    return fs.readFileSync(path.join(folder, name), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw missing(folder, name)
    throw error
  }
}

function missing(folder: string, name: string): Error {
  const file = path.join(folder, name)
  if (LATER_PAIRS.some(({ first }) => first === name)) {
    return new Error(`缺少密钥文件 ${file}：旧版本的密钥文件夹里还没有它，用 npm run keys -- ${folder} 补上`)
  }
  return new Error(
    `缺少密钥文件 ${file}：没有它，已加密的资料无法读取。请从备份恢复；` +
      '若从未有过，用 npm run keys -- <文件夹> 新建一整套'
  )
}

/** Puts a complete file into a folder in use. One that came into being meanwhile stays. */
function addKey(folder: string, name: string, text: string): void {
  const draft = `${name}.new-${process.pid}`
  writeKey(folder, draft, text)
  try {
    fs.linkSync(path.join(folder, draft), path.join(folder, name))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    fs.rmSync(path.join(folder, draft))
  }
}

function writeKey(folder: string, name: string, text: string): void {
  const file = fs.openSync(path.join(folder, name), 'wx', 0o600)
  fs.writeFileSync(file, text)
  fs.fsyncSync(file)
  fs.closeSync(file)
}
