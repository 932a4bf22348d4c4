import nacl from 'tweetnacl'
import { certifyDevice, type DeviceCertificate } from '../../api/codes'
import { keep, keepSecret, readKept, readKeptSecret } from '../../api/kept'
import { secretBytes } from '../../platform/random'
import { base64UrlBytes, base64UrlOf } from '../../../domain/code/base64url'
import { codeMessage, encodeOffline, proofMessage, type Certificate } from '../../../domain/code/format'

/** The key of this phone for one subject, with what the server has certified of it. Good for a day at most. */
interface KeptKey {
  /** 64 bytes: the seed and the public key. */
  secretKey: string
  certificate: DeviceCertificate
}

export type OfflineCode =
  | { ok: true; text: string; holder: 'person' | 'company'; shownName: string; certifiedUntil: number }
  /** delegated: offline nobody can hold a place against a delegation, so that there is no such code. */
  | { ok: false; lack: 'none' | 'clock' | 'delegated' }
  | { ok: false; lack: 'expired'; at: number }

const keyOf = (subjectId: string) => `code/${subjectId}`
const clockKey = 'public/clock'
/** Below this a clock is right. */
const TOLERATED_MS = 1_000

/** Server's clock minus the phone's, as last seen; ms. */
export const clockSkew = (): number => readKept<number>(clockKey)?.data ?? 0

export function noteClock(skewMs: number, now: number): void {
  if (Math.abs(skewMs - clockSkew()) > TOLERATED_MS) keep(clockKey, skewMs, now)
}

/** A code that needs no network, made by this phone. `now` is the phone's clock, ms. */
export async function makeOfflineCode(subjectId: string, now: number): Promise<OfflineCode> {
  const kept = await readKeptSecret<KeptKey>(keyOf(subjectId))
  if (!kept) return { ok: false, lack: 'none' }
  const skew = clockSkew()
  const time = Math.floor((now + skew) / 1000)
  const { certificate } = kept
  const end = endOf(certificate)
  if (time >= end) return { ok: false, lack: 'expired', at: end * 1000 - skew }
  if (time < certificate.from) return { ok: false, lack: 'clock' }
  const secretKey = base64UrlBytes(kept.secretKey)
  const unsigned = {
    issuer: certificate.issuer,
    certificate: certified(certificate, secretKey.slice(32)),
    certificateSignature: base64UrlBytes(certificate.signature),
    time
  }
  const text = encodeOffline({ ...unsigned, signature: nacl.sign.detached(codeMessage(unsigned), secretKey) })
  return { ok: true, text, holder: certificate.holder, shownName: certificate.name, certifiedUntil: end * 1000 - skew }
}

interface Ends {
  now: () => number
  /** Whether requests still act for this subject. */
  stillFor: () => boolean
}

/** Has a fresh key of this phone certified, unless the one it has is good for more than half of its time yet. Throws ApiError. */
export async function certifyIfDue(subjectId: string, issuer: string, ends: Ends): Promise<boolean> {
  const kept = await readKeptSecret<KeptKey>(keyOf(subjectId))
  const time = Math.floor((ends.now() + clockSkew()) / 1000)
  if (kept && endOf(kept.certificate) - time > (kept.certificate.minutes * 60) / 2) return false
  const { publicKey, secretKey } = nacl.sign.keyPair.fromSeed(await secretBytes(nacl.sign.seedLength))
  const proof = nacl.sign.detached(proofMessage(issuer, publicKey, time), secretKey)
  if (!ends.stillFor()) return false
  const certificate = await certifyDevice({ publicKey: base64UrlOf(publicKey), signedAt: time, proof: base64UrlOf(proof) })
  if (!ends.stillFor()) return false
  noteClock(Date.parse(certificate.serverTime) - ends.now(), ends.now())
  return keepSecret(keyOf(subjectId), { secretKey: base64UrlOf(secretKey), certificate } satisfies KeptKey)
}

/** Seconds since 1970, by the server's clock. */
const endOf = ({ from, minutes }: DeviceCertificate): number => from + minutes * 60

const certified = ({ issuerKey, id, holder, from, minutes, name, idLastFour }: DeviceCertificate, deviceKey: Uint8Array): Certificate => ({
  issuerKey, id: base64UrlBytes(id), holder, from, minutes, deviceKey, name, idLastFour
})
