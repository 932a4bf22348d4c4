import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { JsonWebKey } from 'node:crypto'

export type PrivateJwk = JsonWebKey & { kid: string; alg: string; use: string }

/** 各模拟系统自己的钥匙：证照库、数据共享各一把，每个部门、每个核码端各一把，身份认证一把，外加 cookie 密钥。 */
export interface MockKeys {
  identity: PrivateJwk
  /** By department id. */
  byDepartment: Record<string, PrivateJwk>
  /** By reader id. */
  byReader: Record<string, PrivateJwk>
  licenceLibrary: PrivateJwk
  dataShare: PrivateJwk
  cookieSecret: string
}

/**
 * Reads the stand-ins' keys from the data folder (0600); makes what is missing once, so that a restart keeps everybody's trust.
 *
 * @param departmentIds the departments that sign, each with its own key
 * @param readerIds the readers of codes, each with its own key
 */
export function loadKeys(dataDir: string, departmentIds: string[], readerIds: string[]): MockKeys {
  const file = path.join(dataDir, 'mock-keys.json')
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const known = readKeys(file)
  const keys: MockKeys = {
    identity: known.identity ?? signingKey('mock-identity', 'ES256'),
    byDepartment: Object.fromEntries(
      departmentIds.map(id => [id, known.byDepartment?.[id] ?? signingKey(`mock-department-${id}`, 'EdDSA')])
    ),
    byReader: Object.fromEntries(readerIds.map(id => [id, known.byReader?.[id] ?? signingKey(`mock-reader-${id}`, 'EdDSA')])),
    licenceLibrary: known.licenceLibrary ?? signingKey('mock-licence-library', 'EdDSA'),
    dataShare: known.dataShare ?? signingKey('mock-data-share', 'EdDSA'),
    cookieSecret: known.cookieSecret ?? randomBytes(32).toString('base64url')
  }
  writeFileSync(`${file}.new`, JSON.stringify(keys, null, 2), { mode: 0o600 })
  chmodSync(`${file}.new`, 0o600)
  renameSync(`${file}.new`, file)
  return keys
}

function readKeys(file: string): Partial<MockKeys> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Partial<MockKeys>
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return {}
  }
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

/** The same for all departments; `department` says whose each key is. */
export function departmentJwks(byDepartment: MockKeys['byDepartment']): { keys: JsonWebKey[] } {
  return { keys: Object.entries(byDepartment).flatMap(([department, key]) => publicJwks(key).keys.map(open => ({ ...open, department }))) }
}
