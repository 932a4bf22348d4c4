import { decodeBase45, encodeBase45 } from './base45'
import { asciiBytes, ByteCursor, joinBytes, uintBytes, utf8Bytes, utf8Text } from './bytes'

/**
 * 苏服码的写法（docs/code/format.md）。整串都在二维码的字母数字字符里：`SFM` + 发码地六位区划代码 + `:` + Base45(版本、形式、算法、内容)。
 * 在线码的内容是一次性令牌；离线码的内容是证书、签发方对证书的签名、时刻、设备的签名。
 */
export const formatVersion = 1

/** 算法字节：0 没有签名（在线码），1 Ed25519，2 留给 SM2，现在不认。 */
export const algorithms = { none: 0, ed25519: 1 } as const

const forms = { online: 1, offline: 2 } as const
const holders = { person: 1, company: 2 } as const

export const tokenBytes = 16
const idBytes = 16
const keyBytes = 32
const signatureBytes = 64
/** 证书里姓名最多占的字节：再长，二维码就超过版本 11（纠错 M）。 */
export const longestName = 40

/** 服务端签给设备的证书：只证明身份，最长 24 小时。 */
export interface Certificate {
  /** 签发方用的第几号钥匙 */
  issuerKey: number
  /** 16 字节：服务端凭它知道是谁的哪台设备 */
  id: Uint8Array
  holder: keyof typeof holders
  /** 起，1970 年起的秒 */
  from: number
  /** 有效几分钟 */
  minutes: number
  /** 设备的公钥，32 字节 */
  deviceKey: Uint8Array
  /** 打码的姓名（企业为名称），UTF-8 不超过 40 字节 */
  name: string
  /** 证件号末四位 */
  idLastFour: string
}

export interface OnlineCode {
  form: 'online'
  issuer: string
  token: Uint8Array
}

export interface OfflineCode {
  form: 'offline'
  issuer: string
  certificate: Certificate
  certificateSignature: Uint8Array
  /** 出码的时刻，设备的时钟，1970 年起的秒 */
  time: number
  signature: Uint8Array
}

export type ServiceCode = OnlineCode | OfflineCode

/** 读不出来的缘由：不是苏服码、损坏、不认识的版本、形式、算法。 */
export type Unreadable = 'not_a_code' | 'damaged' | 'unknown_version' | 'unknown_form' | 'unknown_algorithm'

const prefixOf = (issuer: string): string => `SFM${issuer}:`

export const encodeOnline = ({ issuer, token }: Omit<OnlineCode, 'form'>): string =>
  textOf(issuer, joinBytes([formatVersion, forms.online, algorithms.none], exactly(token, tokenBytes)))

export function encodeOffline({ issuer, certificate, certificateSignature, time, signature }: Omit<OfflineCode, 'form'>): string {
  const signed = joinBytes(certificateBytes(certificate), exactly(certificateSignature, signatureBytes), uintBytes(time, 4))
  return textOf(issuer, joinBytes(offlineHeader, signed, exactly(signature, signatureBytes)))
}

/** 签发方签的字节。开头的字样隔开用途，别处的签名冒充不了；发码地也在内。 */
export const certificateMessage = (issuer: string, certificate: Certificate): Uint8Array =>
  joinBytes(asciiBytes(`SFM-CERT${prefixOf(issuer)}`), offlineHeader, certificateBytes(certificate))

/** 设备签的字节：证书、签发方的签名与时刻。 */
export const codeMessage = (code: Omit<OfflineCode, 'form' | 'signature'>): Uint8Array =>
  joinBytes(
    asciiBytes(`SFM-CODE${prefixOf(code.issuer)}`),
    offlineHeader,
    certificateBytes(code.certificate),
    code.certificateSignature,
    uintBytes(code.time, 4)
  )

/**
 * 设备请求证书时签的字节（contract/codes.ts CertifyDevice）：证明私钥在它手里。
 * @param signedAt 设备的时钟，1970 年起的秒
 */
export const proofMessage = (issuer: string, publicKey: Uint8Array, signedAt: number): Uint8Array =>
  joinBytes(asciiBytes(`SFM-PROOF${prefixOf(issuer)}`), exactly(publicKey, keyBytes), uintBytes(signedAt, 4))

/** 只管写法，不管真假与新旧。 */
export function decodeCode(text: string): { ok: true; code: ServiceCode } | { ok: false; reason: Unreadable } {
  const [, issuer, rest] = /^SFM(\d{6}):(.*)$/s.exec(text) ?? []
  if (issuer === undefined || rest === undefined) return { ok: false, reason: 'not_a_code' }
  const bytes = decodeBase45(rest)
  if (bytes === null || bytes.length < 3) return { ok: false, reason: 'damaged' }
  const [version, form, algorithm] = bytes
  if (version !== formatVersion) return { ok: false, reason: 'unknown_version' }
  if (form !== forms.online && form !== forms.offline) return { ok: false, reason: 'unknown_form' }
  if (algorithm !== (form === forms.online ? algorithms.none : algorithms.ed25519)) return { ok: false, reason: 'unknown_algorithm' }
  const body = new ByteCursor(bytes.slice(3))
  const code = form === forms.online ? readOnline(issuer, body) : readOffline(issuer, body)
  return code && body.finished ? { ok: true, code } : { ok: false, reason: 'damaged' }
}

const offlineHeader = [formatVersion, forms.offline, algorithms.ed25519]

const readOnline = (issuer: string, body: ByteCursor): OnlineCode => ({ form: 'online', issuer, token: body.take(tokenBytes) })

function readOffline(issuer: string, body: ByteCursor): OfflineCode | null {
  const issuerKey = body.uint(1)
  const id = body.take(idBytes)
  const kind = body.uint(1)
  const from = body.uint(4)
  const minutes = body.uint(2)
  const deviceKey = body.take(keyBytes)
  const lastFour = utf8Text(body.take(4))
  const nameLength = body.uint(1)
  const name = utf8Text(body.take(nameLength))
  const certificateSignature = body.take(signatureBytes)
  const time = body.uint(4)
  const signature = body.take(signatureBytes)
  const holder = kind === holders.person ? 'person' : kind === holders.company ? 'company' : null
  if (holder === null || !name || nameLength > longestName || !lastFour || !isLastFour(lastFour)) return null
  const certificate = { issuerKey, id, holder, from, minutes, deviceKey, name, idLastFour: lastFour } as const
  return { form: 'offline', issuer, certificate, certificateSignature, time, signature }
}

function certificateBytes({ issuerKey, id, holder, from, minutes, deviceKey, name, idLastFour }: Certificate): Uint8Array {
  const nameBytes = utf8Bytes(name)
  if (nameBytes.length === 0 || nameBytes.length > longestName) throw new RangeError(`a name of ${nameBytes.length} bytes`)
  if (!isLastFour(idLastFour)) throw new RangeError('the last four of an ID number are digits or capitals')
  return joinBytes(
    uintBytes(issuerKey, 1),
    exactly(id, idBytes),
    [holders[holder]],
    uintBytes(from, 4),
    uintBytes(minutes, 2),
    exactly(deviceKey, keyBytes),
    asciiBytes(idLastFour),
    uintBytes(nameBytes.length, 1),
    nameBytes
  )
}

const isLastFour = (text: string): boolean => /^[0-9A-Z]{4}$/.test(text)

function exactly(bytes: Uint8Array, length: number): Uint8Array {
  if (bytes.length !== length) throw new RangeError(`${bytes.length} bytes instead of ${length}`)
  return bytes
}

function textOf(issuer: string, bytes: Uint8Array): string {
  if (!/^\d{6}$/.test(issuer)) throw new RangeError('the issuer is a division code of six digits')
  return prefixOf(issuer) + encodeBase45(bytes)
}
