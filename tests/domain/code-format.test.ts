import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { decodeBase45, encodeBase45 } from '../../domain/code/base45'
import { utf8Bytes, utf8Text } from '../../domain/code/bytes'
import { decodeCode, encodeOffline, encodeOnline, longestName, tokenBytes, type Certificate } from '../../domain/code/format'
import { longestMinutes, offlineTimeRefusal, onlineRefusal } from '../../domain/code/freshness'

/** 二维码字母数字模式的 45 个字符（ISO/IEC 18004 表 5）。 */
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'
const plain = { noNullPrototype: true }
const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
const issuer = fc.integer({ min: 0, max: 999_999 }).map(code => String(code).padStart(6, '0'))
const name = fc.string({ unit: fc.constantFrom(...'林*𠮷·演A'), minLength: 1, maxLength: 10 })
const certificate: fc.Arbitrary<Certificate> = fc.record({
  issuerKey: fc.nat({ max: 255 }),
  id: bytes(16),
  holder: fc.constantFrom('person', 'company'),
  from: fc.nat({ max: 0xffff_ffff }),
  minutes: fc.nat({ max: 0xffff }),
  deviceKey: bytes(32),
  name,
  idLastFour: fc.string({ unit: fc.constantFrom(...'0123456789X'), minLength: 4, maxLength: 4 })
}, plain)
const offline = fc.record({
  form: fc.constant('offline' as const),
  issuer,
  certificate,
  certificateSignature: bytes(64),
  time: fc.nat({ max: 0xffff_ffff }),
  signature: bytes(64)
}, plain)
const online = fc.record({ form: fc.constant('online' as const), issuer, token: bytes(tokenBytes) }, plain)

describe('Base45（RFC 9285）', () => {
  const examples = { AB: 'BB8', 'Hello!!': '%69 VD92EX0', 'base-45': 'UJCLQE7W581', 'ietf!': 'QED8WEX0' }
  for (const [text, encoded] of Object.entries(examples)) {
    test(`标准的例子 ${text}`, () => {
      assert.equal(encodeBase45(Buffer.from(text)), encoded)
      assert.deepEqual(decodeBase45(encoded), new Uint8Array(Buffer.from(text)))
    })
  }

  test('数值过大、多出一个字符、不在字符集里：都不收', () => {
    for (const text of ['GGW', ':::', 'BB8A', '::', 'ab0', '汉字0']) assert.equal(decodeBase45(text), null, text)
    assert.deepEqual(decodeBase45('FGW'), Uint8Array.of(0xff, 0xff))
    assert.deepEqual(decodeBase45(''), new Uint8Array())
  })

  test('性质：来回不变；读得出的串，写回去是原样', () => {
    fc.assert(fc.property(fc.uint8Array(), value => assert.deepEqual(decodeBase45(encodeBase45(value)), value)))
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...alphabet), maxLength: 12 }), text => {
        const value = decodeBase45(text)
        return value === null || encodeBase45(value) === text
      })
    )
  })
})

test('UTF-8 与系统的一致；残缺与超长写法不收', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), text => assert.deepEqual(utf8Bytes(text), [...Buffer.from(text)])))
  for (const wrong of [[0xc0, 0x80], [0xe6, 0x9e], [0xed, 0xa0, 0x80], [0xff]]) assert.equal(utf8Text(Uint8Array.from(wrong)), null)
})

describe('苏服码的写法', () => {
  test('性质：来回不变', () => {
    fc.assert(fc.property(offline, code => assert.deepEqual(decodeCode(encodeOffline(code)), { ok: true, code })))
    fc.assert(fc.property(online, code => assert.deepEqual(decodeCode(encodeOnline(code)), { ok: true, code })))
  })

  test('性质：在线码改动任一字符，要么读不出，要么是另一个令牌或另一个发码地', () => {
    const change = fc.tuple(online, fc.nat(), fc.constantFrom(...alphabet))
    fc.assert(
      fc.property(change, ([code, seed, character]) => {
        const text = encodeOnline(code)
        const at = seed % text.length
        fc.pre(text.charAt(at) !== character)
        const decoded = decodeCode(text.slice(0, at) + character + text.slice(at + 1))
        if (decoded.ok) assert.notDeepEqual(decoded.code, code)
      }),
      { numRuns: 1000 }
    )
  })

  test('最长的离线码装得进二维码版本 11、纠错 M：字母数字 366 个字符', () => {
    // ISO/IEC 18004：11-M 有 254 个数据码字；去掉模式 4 位、计数 11 位，每两个字符 11 位。
    const capacity = Math.floor(((254 * 8 - 4 - 11) * 2) / 11)
    assert.equal(capacity, 366)
    const sign = new Uint8Array(64).fill(255)
    const longest: Certificate = {
      issuerKey: 255, id: new Uint8Array(16), holder: 'company', from: 0xffff_ffff, minutes: longestMinutes,
      deviceKey: new Uint8Array(32).fill(255), name: 'A'.repeat(longestName), idLastFour: '001X'
    }
    const text = encodeOffline({ issuer: '320281', certificate: longest, certificateSignature: sign, time: 0xffff_ffff, signature: sign })
    assert.ok(text.length <= capacity, `${text.length}`)
    assert.ok([...text].every(character => alphabet.includes(character)))
    const short = encodeOnline({ issuer: '320281', token: new Uint8Array(tokenBytes) })
    assert.ok(short.length <= 61, `在线码装得进版本 3、纠错 M：${short.length}`)
  })

  test('写不进去的当场拒绝：名字太长或为空、末四位不对、长度不对、发码地不对', () => {
    const base = { issuer: '320281', certificateSignature: new Uint8Array(64), time: 1, signature: new Uint8Array(64) }
    const good: Certificate = {
      issuerKey: 1, id: new Uint8Array(16), holder: 'person', from: 0, minutes: 1, deviceKey: new Uint8Array(32), name: '林*',
      idLastFour: '0026'
    }
    assert.ok(encodeOffline({ ...base, certificate: good }))
    const wrong: Partial<Certificate>[] = [
      { name: '' }, { name: '演'.repeat(14) }, { idLastFour: '26' }, { idLastFour: '002x' }, { id: new Uint8Array(15) }, { issuerKey: 256 },
      { minutes: -1 }, { from: 1.5 }, { deviceKey: new Uint8Array(33) }
    ]
    for (const part of wrong) {
      assert.throws(() => encodeOffline({ ...base, certificate: { ...good, ...part } }), RangeError, JSON.stringify(part))
    }
    assert.throws(() => encodeOnline({ issuer: '32028', token: new Uint8Array(tokenBytes) }), RangeError)
    assert.throws(() => encodeOnline({ issuer: '320281', token: new Uint8Array(tokenBytes - 1) }), RangeError)
  })
})

describe('新旧', () => {
  const issuedAt = 1_000_000_000
  const rows: [string, number, boolean, string | null][] = [
    ['刚发出', 0, false, null],
    ['60 秒加 5 秒', 65_000, false, null],
    ['过了 65 秒', 65_001, false, 'code_expired'],
    ['截屏 66 秒后', 66_000, false, 'code_expired'],
    ['另一台服务器的钟慢 5 秒', -5_000, false, null],
    ['发码时刻在将来', -5_001, false, 'code_expired'],
    ['用过', 1_000, true, 'code_used'],
    ['用过又过期', 99_000, true, 'code_used']
  ]
  for (const [title, elapsed, used, outcome] of rows) {
    test(`在线码：${title} → ${outcome ?? '收'}`, () => assert.equal(onlineRefusal({ issuedAt, used }, issuedAt + elapsed), outcome))
  }

  const day = 86_400
  const from = 1_000_000
  const offlineRows: [string, { time: number; minutes?: number; now?: number }, string | null][] = [
    ['证书第一秒', { time: from }, null],
    ['证书最后一秒', { time: from + day - 1 }, null],
    ['证书前一秒', { time: from - 1 }, 'certificate_not_yet'],
    ['证书后一秒', { time: from + day }, 'certificate_expired'],
    ['证书 24 小时零 1 分', { time: from + 60, minutes: longestMinutes + 1 }, 'certificate_too_long'],
    ['出码 90 秒后读', { time: from + 60, now: from + 150 }, null],
    ['出码 91 秒后读', { time: from + 60, now: from + 151 }, 'code_expired'],
    ['差了 2 分钟', { time: from + 60, now: from + 180 }, 'code_expired'],
    ['手机快 90 秒', { time: from + 150, now: from + 60 }, null],
    ['手机快 91 秒', { time: from + 151, now: from + 60 }, 'clock_ahead']
  ]
  for (const [title, { time, minutes = longestMinutes, now = time }, outcome] of offlineRows) {
    test(`离线码：${title} → ${outcome ?? '收'}`, () => assert.equal(offlineTimeRefusal({ from, minutes, time }, now), outcome))
  }
})
