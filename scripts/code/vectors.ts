import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { decodeBase45, encodeBase45 } from '../../domain/code/base45'
import { certificateMessage, codeMessage, encodeOffline, encodeOnline, type Certificate, type OfflineCode } from '../../domain/code/format'
import type { OfflineRefusal } from '../../domain/code/offline'

/** One vector: what a reader sees, what its clock says (seconds since 1970), what an offline reader must answer. */
export interface Vector {
  name: string
  text: string
  readerTime: number
  outcome: 'ok' | OfflineRefusal
  code?: { certificateId: string; holder: string; name: string; idLastFour: string; from: number; minutes: number; time: number }
}

interface Key {
  seed: string
  publicKey: Uint8Array
  private: KeyObject
}

const issuer = '320281'
const issuerKeyNumber = 1
/** 2026-11-23 09:00:00, Beijing. */
const from = Date.parse('2026-11-23T01:00:00Z') / 1000
const time = from + 3600

/** Ed25519 keys of nobody: the seed is the SHA-256 of a published sentence. */
function keyOf(role: string): Key {
  const seed = createHash('sha256').update(`苏服码测试向量，不得用于真实签发：${role}`).digest()
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed])
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  const raw = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-32)
  return { seed: seed.toString('hex'), publicKey: new Uint8Array(raw), private: privateKey }
}

const issuing = keyOf('签发方')
const device = keyOf('设备')
const stranger = keyOf('旁人')

const person: Certificate = {
  issuerKey: issuerKeyNumber,
  id: Uint8Array.from({ length: 16 }, (_, at) => at + 1),
  holder: 'person',
  from,
  minutes: 1440,
  deviceKey: device.publicKey,
  name: '林*',
  idLastFour: '0026'
}
const company: Certificate = { ...person, holder: 'company', name: '江阴演示科技有限公司', idLastFour: '001X' }

const signed = (key: Key, message: Uint8Array) => new Uint8Array(sign(null, message, key.private))

function offline(change: { certificate?: Certificate; at?: number; issuer?: string; certifier?: Key; signer?: Key } = {}): OfflineCode {
  const certificate = change.certificate ?? person
  const where = change.issuer ?? issuer
  const certificateSignature = signed(change.certifier ?? issuing, certificateMessage(where, certificate))
  const unsigned = { issuer: where, certificate, certificateSignature, time: change.at ?? time }
  return { form: 'offline', ...unsigned, signature: signed(change.signer ?? device, codeMessage(unsigned)) }
}

/** The text with one of its bytes changed, or cut or lengthened. */
function altered(text: string, change: (bytes: number[]) => number[]): string {
  const at = text.indexOf(':') + 1
  return text.slice(0, at) + encodeBase45(Uint8Array.from(change([...(decodeBase45(text.slice(at)) ?? [])])))
}

const put = (at: number, value: number) => (bytes: number[]) => bytes.map((byte, index) => (index === at ? value : byte))

function good(name: string, code: OfflineCode, readerTime = code.time): Vector {
  const { id, holder, name: shown, idLastFour, minutes, from: start } = code.certificate
  const certificateId = Buffer.from(id).toString('hex')
  const read = { certificateId, holder, name: shown, idLastFour, from: start, minutes, time: code.time }
  return { name, text: encodeOffline(code), readerTime, outcome: 'ok', code: read }
}

const bad = (name: string, outcome: OfflineRefusal, text: string | OfflineCode, readerTime = time): Vector => ({
  name,
  text: typeof text === 'string' ? text : encodeOffline(text),
  readerTime,
  outcome
})

/** The published test vectors of the code (docs/code/vectors.json), always the same. */
export function codeVectors() {
  const plain = encodeOffline(offline())
  const last = from + 1440 * 60 - 1
  const online = encodeOnline({ issuer, token: Uint8Array.from({ length: 16 }, (_, at) => 255 - at) })
  const vectors: Vector[] = [
    good('个人的离线码', offline()),
    good('企业的离线码', offline({ certificate: company })),
    good('姓名 40 字节，最长', offline({ certificate: { ...company, name: `${'演'.repeat(13)}A` } })),
    good('读码器慢 90 秒', offline(), time - 90),
    good('读码器快 90 秒', offline(), time + 90),
    good('证书的第一秒', offline({ at: from })),
    good('证书的最后一秒', offline({ at: last })),
    bad('出码早了 91 秒', 'code_expired', plain, time + 91),
    bad('出码晚了 91 秒', 'clock_ahead', plain, time - 91),
    bad('证书还没生效', 'certificate_not_yet', offline({ at: from - 1 }), from - 1),
    bad('证书已经过期', 'certificate_expired', offline({ at: last + 1 }), last + 1),
    bad('证书长过 24 小时', 'certificate_too_long', offline({ certificate: { ...person, minutes: 1441 } })),
    bad('别处发的码', 'wrong_issuer', offline({ issuer: '320200' })),
    bad('把发码地改成别处', 'wrong_issuer', plain.replace(`SFM${issuer}:`, 'SFM320200:')),
    bad('没有的钥匙号', 'unknown_issuer_key', offline({ certificate: { ...person, issuerKey: 9 } })),
    bad('证书是旁人签的', 'certificate_forged', offline({ certifier: stranger })),
    bad('改了证书里的证件末四位', 'certificate_forged', altered(plain, put(3 + 56, 0x31))),
    bad('码是旁人的钥匙签的', 'code_forged', offline({ signer: stranger })),
    bad('改了出码时刻', 'code_forged', altered(plain, bytes => put(bytes.length - 65, (bytes.at(-65) ?? 0) ^ 1)(bytes))),
    bad('版本 2', 'unknown_version', altered(plain, put(0, 2))),
    bad('形式 3', 'unknown_form', altered(plain, put(1, 3))),
    bad('算法 2，留给 SM2', 'unknown_algorithm', altered(plain, put(2, 2))),
    bad('末尾少一个字节', 'damaged', altered(plain, bytes => bytes.slice(0, -1))),
    bad('末尾多一个字节', 'damaged', altered(plain, bytes => [...bytes, 0])),
    bad('有一个字符不在 Base45 里', 'damaged', `${plain.slice(0, -1)}a`),
    bad('只有开头', 'damaged', plain.slice(0, plain.indexOf(':') + 1)),
    bad('末尾多一个换行', 'damaged', `${plain}\n`),
    bad('证件末四位有小写字母', 'damaged', altered(plain, put(62, 0x78))),
    bad('持有人是 3', 'damaged', altered(plain, put(20, 3))),
    bad('不是苏服码', 'not_a_code', 'https://example.org/'),
    bad('在线码，离线读不了', 'not_offline', online)
  ]
  return {
    note: '测试向量：钥匙是公开的，不得用于真实签发。怎么读见同一文件夹的 format.md。',
    issuer: { code: issuer, key: issuerKeyNumber, seed: issuing.seed, publicKey: Buffer.from(issuing.publicKey).toString('hex') },
    device: { seed: device.seed, publicKey: Buffer.from(device.publicKey).toString('hex') },
    online: { text: online, token: Buffer.from(Uint8Array.from({ length: 16 }, (_, at) => 255 - at)).toString('hex') },
    vectors
  }
}
