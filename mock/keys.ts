import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { JsonWebKey } from 'node:crypto'

export type PrivateJwk = JsonWebKey & { kid: string; alg: string; use: string }

/** 各模拟系统自己的钥匙：三个签名系统各一把，身份认证一把，外加 cookie 密钥。 */
export interface MockKeys {
  identity: PrivateJwk
  departments: PrivateJwk
  licenceLibrary: PrivateJwk
  dataShare: PrivateJwk
  cookieSecret: string
}

/** Reads the stand-ins' keys from the data folder (0600); makes them once, so that a restart keeps everybody's trust. */
export function loadKeys(dataDir: string): MockKeys {
  const file = path.join(dataDir, 'mock-keys.json')
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as MockKeys
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  const keys: MockKeys = {
    identity: signingKey('mock-identity', 'ES256'),
    departments: signingKey('mock-departments', 'EdDSA'),
    licenceLibrary: signingKey('mock-licence-library', 'EdDSA'),
    dataShare: signingKey('mock-data-share', 'EdDSA'),
    cookieSecret: randomBytes(32).toString('base64url')
  }
  writeFileSync(`${file}.new`, JSON.stringify(keys, null, 2), { mode: 0o600 })
  chmodSync(`${file}.new`, 0o600)
  renameSync(`${file}.new`, file)
  return keys
}

function signingKey(kid: string, alg: 'ES256' | 'EdDSA'): PrivateJwk {
  const { privateKey } = alg === 'ES256' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync('ed25519')
  return { ...privateKey.export({ format: 'jwk' }), kid, alg, use: 'sig' }
}

/** The half that everybody may see. */
export function publicJwks(key: PrivateJwk): { keys: JsonWebKey[] } {
  const { d: _secret, ...open } = key
  return { keys: [open] }
}
