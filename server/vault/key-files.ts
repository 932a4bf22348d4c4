import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'

/** An Ed25519 pair; `keyId` is the RFC 7638 thumbprint of the public key. */
export type SigningKey = { keyId: string; privateKey: KeyObject; publicKey: KeyObject }

/** The signing keys of the first version. */
export const PAIRS = ['platform-signing.pem', 'department-requests.pem'] as const
/**
 * Signing keys that the first version had not, `any` telling whether one is there. A folder of an earlier version is given them: they
 * have signed nothing yet. What the first version had and is missing now was lost, and is never made anew.
 */
export const LATER_PAIRS = [
  { first: 'code-issuer-1.pem', any: /^code-issuer-\d{1,3}\.pem$/ },
  { first: 'licence-credentials.pem', any: /^licence-credentials\.pem$/ }
]
export const CODE_ISSUER = /^code-issuer-(\d{1,3})\.pem$/
export const VAULT_KEY = /^vault-(\d{1,5})\.key$/

/** @throws when it is missing or not 32 bytes in base64 */
export function loadSecret(folder: string, name: string): Buffer {
  const secret = Buffer.from(readKey(folder, name), 'base64')
  if (secret.length !== 32) throw new Error(`密钥文件 ${path.join(folder, name)} 已损坏：应为 32 字节的 base64，请从备份恢复`)
  return secret
}

/** @throws when it is missing or no Ed25519 key */
export function loadPair(folder: string, name: string): SigningKey {
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

/** A new Ed25519 key, PKCS #8 in PEM. */
export function newPair(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}

/** 32 new random bytes in base64. */
export function newSecret(): string {
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

/** What is said of a key file that is not there: what it means, and what to do. */
export function missing(folder: string, name: string): Error {
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
export function addKey(folder: string, name: string, text: string): void {
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

/** Writes a file (0600) that must not be there yet, down to the disk. */
export function writeKey(folder: string, name: string, text: string): void {
  const file = fs.openSync(path.join(folder, name), 'wx', 0o600)
  fs.writeFileSync(file, text)
  fs.fsyncSync(file)
  fs.closeSync(file)
}
