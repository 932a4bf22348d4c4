import { certificateMessage, codeMessage, decodeCode } from './format'
import type { OfflineCode, Unreadable } from './format'
import { offlineTimeRefusal, replaySeconds } from './freshness'
import type { OfflineTimeRefusal } from './freshness'

/** 验一个 Ed25519 签名；公钥 32 字节，签名 64 字节。 */
export type VerifySignature = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean

/** 读码器认得的发码地，各有哪几把公钥（几号 → 公钥）。 */
export type KnownIssuers = Record<string, Record<number, Uint8Array>>

export type OfflineRefusal =
  | Unreadable
  | OfflineTimeRefusal
  | 'not_offline'
  | 'wrong_issuer'
  | 'unknown_issuer_key'
  | 'certificate_forged'
  | 'code_forged'

/**
 * 没有网络时读一个离线码：写法、发码地、证书的签名、设备的签名，最后才是时刻——先弄清真假，再说新旧。
 * 是不是刚读过，由读码器的 ReplayList 记着。
 * @param now 读码器的时钟，1970 年起的秒
 */
export function readOffline(
  text: string,
  reader: { issuers: KnownIssuers; now: number; verify: VerifySignature }
): { ok: true; code: OfflineCode } | { ok: false; reason: OfflineRefusal } {
  const decoded = decodeCode(text)
  if (!decoded.ok) return decoded
  const { code } = decoded
  if (code.form !== 'offline') return { ok: false, reason: 'not_offline' }
  const reason = forgery(code, reader) ?? offlineTimeRefusal({ ...code.certificate, time: code.time }, reader.now)
  return reason === null ? { ok: true, code } : { ok: false, reason }
}

function forgery(code: OfflineCode, { issuers, verify }: { issuers: KnownIssuers; verify: VerifySignature }): OfflineRefusal | null {
  const { issuer, certificate, certificateSignature, signature } = code
  const keys = issuers[issuer]
  if (!keys) return 'wrong_issuer'
  const issuerKey = keys[certificate.issuerKey]
  if (!issuerKey) return 'unknown_issuer_key'
  if (!verify(issuerKey, certificateMessage(issuer, certificate), certificateSignature)) return 'certificate_forged'
  return verify(certificate.deviceKey, codeMessage(code), signature) ? null : 'code_forged'
}

/** 读码器自己记的：刚读过的离线码。同一张证书同一时刻的算同一个码。 */
export class ReplayList {
  private readonly readAt = new Map<string, number>()

  /**
   * 没读过就记下，答 true；读过的答 false。过了 replaySeconds 的不再记：那时码本身已经过期。
   * @param now 读码器的时钟，1970 年起的秒
   */
  admit({ certificate, time }: OfflineCode, now: number): boolean {
    for (const [key, at] of this.readAt) if (now - at > replaySeconds) this.readAt.delete(key)
    const key = `${certificate.id.join('.')}@${time}`
    if (this.readAt.has(key)) return false
    this.readAt.set(key, now)
    return true
  }
}
