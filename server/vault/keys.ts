import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import type { VaultKeys } from './vault'

/** An Ed25519 pair; `keyId` is the RFC 7638 thumbprint of the public key. */
export type SigningKey = { keyId: string; privateKey: KeyObject; publicKey: KeyObject }

export type Keys = {
  vault: VaultKeys
  /** Signs the receipts that people keep. */
  platformSigning: SigningKey
  /** Signs our requests to the department systems. */
  departmentRequests: SigningKey
}

const PAIRS = ['platform-signing.pem', 'department-requests.pem'] as const
const VAULT_KEY = /^vault-(\d{1,5})\.key$/

/**
 * Reads the keys from a folder: `vault-<number>.key`, `blind-index.key` (32 random bytes in base64 each) and
 * `platform-signing.pem`, `department-requests.pem` (Ed25519, PKCS #8).
 *
 * @throws when one is missing or broken. A missing key is never made here: what it sealed could not be read any more.
 */
export function loadKeys(folder: string): Keys {
  return {
    vault: { sealing: loadSealingKeys(folder), blindIndex: loadSecret(folder, 'blind-index.key') },
    platformSigning: loadPair(folder, 'platform-signing.pem'),
    departmentRequests: loadPair(folder, 'department-requests.pem')
  }
}

/** Reads the keys, after making the whole folder (0700, files 0600) where there is none yet. */
export function loadOrCreateKeys(folder: string): Keys {
  if (!fs.existsSync(folder)) createKeys(folder)
  return loadKeys(folder)
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
  for (const name of PAIRS) {
    const { privateKey } = generateKeyPairSync('ed25519')
    writeKey(draft, name, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())
  }
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
  return new Error(
    `缺少密钥文件 ${path.join(folder, name)}：没有它，已加密的资料无法读取。请从备份恢复；` +
      '若从未有过，用 npm run keys -- <文件夹> 新建一整套'
  )
}

function writeKey(folder: string, name: string, text: string): void {
  const file = fs.openSync(path.join(folder, name), 'wx', 0o600)
  fs.writeFileSync(file, text)
  fs.fsyncSync(file)
  fs.closeSync(file)
}
