import { createPublicKey, verify } from 'node:crypto'

/** 离线码里写着的。与掌上办的代码无关：只照公布的格式（docs/code/format.md）写成，好比另一家做的核码端。 */
export interface OfflineContent {
  issuer: string
  issuerKey: number
  /** base64url，与作废名单里的写法一样。 */
  certificateId: string
  holder: 'person' | 'company'
  /** 证书起，1970 年起的秒。 */
  from: number
  minutes: number
  idLastFour: string
  name: string
  /** 出码的时刻，1970 年起的秒。 */
  time: number
}

/** 认得的发码地 → 钥匙号 → 公钥（base64url）。 */
type IssuerKeys = Record<string, Record<number, string>>

type OfflineAnswer = { ok: true; content: OfflineContent } | { ok: false; reason: string }

const base45 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'
const driftSeconds = 90
const longestMinutes = 1440
/** 没有姓名时离线码的长短。 */
const emptyLength = 196

/** 照格式里的先后验一个码：写法、发码地、两个签名、时刻。now 是核码端的钟，1970 年起的秒。 */
export function readOffline(text: string, issuers: IssuerKeys, now: number): OfflineAnswer {
  const bytes = bytesOf(text)
  if (typeof bytes === 'string') return { ok: false, reason: bytes }
  const issuer = text.slice(3, 9)
  const content = contentOf(issuer, bytes)
  if (!content) return { ok: false, reason: 'damaged' }
  const reason = forgery(text.slice(0, 10), bytes, content, issuers) ?? untimely(content, now)
  return reason ? { ok: false, reason } : { ok: true, content }
}

function bytesOf(text: string): Buffer | string {
  if (!/^SFM\d{6}:/.test(text)) return 'not_a_code'
  const bytes = decodeBase45(text.slice(10))
  if (!bytes || bytes.length < 3) return 'damaged'
  const [version, form = 0, algorithm] = bytes
  if (version !== 1) return 'unknown_version'
  if (form !== 1 && form !== 2) return 'unknown_form'
  if (algorithm !== form - 1) return 'unknown_algorithm'
  if (form === 1) return bytes.length === 19 ? 'not_offline' : 'damaged'
  return bytes
}

function decodeBase45(text: string): Buffer | null {
  const bytes: number[] = []
  for (const group of text.match(/.{1,3}/gs) ?? []) {
    const digits = [...group].map(character => base45.indexOf(character))
    if (digits.includes(-1) || digits.length === 1) return null
    const value = digits.reduceRight((sum, digit) => sum * 45 + digit, 0)
    if (value >= (digits.length === 3 ? 0x1_0000 : 0x100)) return null
    if (digits.length === 3) bytes.push(value >> 8)
    bytes.push(value & 0xff)
  }
  return Buffer.from(bytes)
}

function contentOf(issuer: string, bytes: Buffer): OfflineContent | null {
  const nameLength = bytes.length < emptyLength ? 0 : bytes.readUInt8(63)
  if (nameLength < 1 || nameLength > 40 || bytes.length !== emptyLength + nameLength) return null
  const holder = ({ 1: 'person', 2: 'company' } as const)[bytes.readUInt8(20)]
  const idLastFour = bytes.toString('latin1', 59, 63)
  const name = bytes.toString('utf8', 64, 64 + nameLength)
  if (!holder || !/^[0-9A-Z]{4}$/.test(idLastFour) || !Buffer.from(name).equals(bytes.subarray(64, 64 + nameLength))) return null
  return {
    issuer,
    issuerKey: bytes.readUInt8(3),
    certificateId: bytes.toString('base64url', 4, 20),
    holder,
    from: bytes.readUInt32BE(21),
    minutes: bytes.readUInt16BE(25),
    idLastFour,
    name,
    time: bytes.readUInt32BE(128 + nameLength)
  }
}

function forgery(prefix: string, bytes: Buffer, { issuer, issuerKey }: OfflineContent, issuers: IssuerKeys): string | null {
  const keys = issuers[issuer]
  if (!keys) return 'wrong_issuer'
  const key = keys[issuerKey]
  if (!key) return 'unknown_issuer_key'
  const certificateEnd = bytes.length - 64 - 4 - 64
  const certificate = bytes.subarray(0, certificateEnd)
  const certified = Buffer.concat([Buffer.from(`SFM-CERT${prefix}`), certificate])
  if (!holds(key, certified, bytes.subarray(certificateEnd, certificateEnd + 64))) return 'certificate_forged'
  const signed = Buffer.concat([Buffer.from(`SFM-CODE${prefix}`), bytes.subarray(0, -64)])
  return holds(bytes.toString('base64url', 27, 59), signed, bytes.subarray(-64)) ? null : 'code_forged'
}

const holds = (key: string, message: Buffer, signature: Buffer): boolean =>
  verify(null, message, createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: key }, format: 'jwk' }), signature)

function untimely({ from, minutes, time }: OfflineContent, now: number): string | null {
  if (minutes > longestMinutes) return 'certificate_too_long'
  if (time < from) return 'certificate_not_yet'
  if (time >= from + minutes * 60) return 'certificate_expired'
  if (now - time > driftSeconds) return 'code_expired'
  return time - now > driftSeconds ? 'clock_ahead' : null
}
