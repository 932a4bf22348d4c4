import { createPublicKey, sign, verify, type KeyObject } from 'node:crypto'
import type { CertifyDevice, CodeIssuer, DeviceCertificate } from '../../../contract/codes'
import { certificateMinutes, fittingName, isProofFresh } from '../../../domain/code/certificate'
import { certificateMessage, proofMessage, type Certificate } from '../../../domain/code/format'
import { tx } from '../../db/pool'
import type { Acting, Deps } from '../../deps'
import { Refusal } from '../../errors'
import { consentsInForce } from '../identity/accounts'
import { readSubject, shownName, type SubjectRecord } from '../identity/subjects'
import { insertCertificate, revokedIds, revokeOtherKeys, sessionEnd } from './certificate-repository'
import { mayShowOffline } from './delegation'
import { requireUnlocked } from './locking'
import { kindOf } from './rights'

/**
 * Certifies the key of the device for the subject acted for: identity only, for 24 hours at most and not beyond the session. A
 * certificate of the same device for another key ends with it: what was lost with a key must not stay good. For the same key it lives
 * on to its end, so that renewing does not make the list of revoked ones longer.
 *
 * Errors: invalid_fields, with the server's time as `current`, when the proof is not fresh or does not hold; illegal_transition for who
 * has no ID code yet; beyond_delegation, consent_required, code_locked, reauthentication_required, session_expired.
 */
export async function certifyDevice(deps: Deps, acting: Acting, asked: CertifyDevice): Promise<DeviceCertificate> {
  const issuer = deps.catalogue.current().catalogue.city.divisionCode
  const now = deps.now()
  const deviceKey = bytesOf(asked.publicKey)
  requireProof(issuer, asked, deviceKey, now)
  if (!mayShowOffline(acting)) throw new Refusal('beyond_delegation', { detail: '代办的授权要联网核对，离线码只能由本人、监护人或法定代表人用' })
  await requireUnlocked(deps, acting)
  if (acting.role === 'guardian' && !(await consentsInForce(deps.pool, acting.accountId)).includes('minor')) {
    throw new Refusal('consent_required', { detail: '先同意使用孩子的信息，才能用孩子的码' })
  }
  const subject = await readSubject(deps.pool, deps, acting.subjectId)
  const minutes = certificateMinutes(now, await sessionEnd(deps.pool, acting.sessionId))
  if (minutes === 0) throw new Refusal('session_expired')
  const id = deps.newId()
  const from = Math.floor(now / 1000)
  const [signer] = deps.keys.codeIssuers
  const certificate: Certificate = {
    issuerKey: signer.number,
    id: bytesOfId(id),
    holder: kindOf(subject),
    from,
    minutes,
    deviceKey,
    name: fittingName(shownName(subject)),
    idLastFour: lastFourOf(subject)
  }
  const signature = sign(null, certificateMessage(issuer, certificate), signer.privateKey)
  await tx(deps.pool, async (client) => {
    await revokeOtherKeys(client, acting, deviceKey, new Date(now))
    await insertCertificate(client, { id, acting, deviceKey, issuedAt: new Date(now), until: new Date((from + minutes * 60) * 1000) })
  })
  const { holder, name, idLastFour } = certificate
  const signed = { id: base64Url(certificate.id), signature: base64Url(signature) }
  return { issuer, issuerKey: signer.number, holder, from, minutes, name, idLastFour, ...signed, serverTime: new Date(now).toISOString() }
}

/** All that a reader needs to verify offline codes without us. */
export async function codeIssuer(deps: Deps): Promise<CodeIssuer> {
  const now = deps.now()
  const revoked = await revokedIds(deps.pool, new Date(now))
  return {
    issuer: deps.catalogue.current().catalogue.city.divisionCode,
    keys: deps.keys.codeIssuers.map(({ number, publicKey }) => ({ number, publicKey: rawKey(publicKey) })).reverse(),
    revokedCertificates: revoked.map((id) => base64Url(bytesOfId(id))),
    at: new Date(now).toISOString()
  }
}

/** Whether an Ed25519 signature holds; the key is 32 bytes as it stands in a certificate. */
export function verifyEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: base64Url(publicKey) }, format: 'jwk' })
  return verify(null, message, key, signature)
}

function requireProof(issuer: string, { signedAt, proof }: CertifyDevice, deviceKey: Uint8Array, now: number): void {
  const serverTime = new Date(now).toISOString()
  const wrong = (pointer: string, code: string, message: string) =>
    new Refusal('invalid_fields', { detail: message, errors: [{ pointer, code, message }], current: { serverTime } })
  if (!isProofFresh(signedAt, Math.floor(now / 1000))) throw wrong('/signedAt', 'clock_off', '设备的时间与服务端相差超过 5 分钟')
  if (!verifyEd25519(deviceKey, proofMessage(issuer, deviceKey, signedAt), bytesOf(proof))) {
    throw wrong('/proof', 'proof_invalid', '证明不成立：不是这把钥匙签的')
  }
}

/** A newborn has no ID code before the hukou is registered. */
function lastFourOf({ idCode }: SubjectRecord): string {
  if (idCode !== null) return idCode.slice(-4)
  const message = '还没有证件号，用不了离线码；上了户口就可以。联网的码现在就能用'
  throw new Refusal('illegal_transition', { detail: message, errors: [{ pointer: '', code: 'no_id_code', message }] })
}

/** The 16 bytes of a certificate's id are a UUID. */
const bytesOfId = (id: string): Uint8Array => new Uint8Array(Buffer.from(id.replaceAll('-', ''), 'hex'))
export const idOfBytes = (bytes: Uint8Array): string =>
  Buffer.from(bytes).toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64url'))
const base64Url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')
const rawKey = (key: KeyObject): string => key.export({ format: 'jwk' }).x ?? ''
/** The issuer's public keys by number, as `readOffline` takes them. */
export const issuerKeys = ({ keys }: Deps): Record<number, Uint8Array> =>
  Object.fromEntries(keys.codeIssuers.map(({ number, publicKey }) => [number, bytesOf(rawKey(publicKey))]))
