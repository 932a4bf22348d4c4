import assert from 'node:assert/strict'
import { createPrivateKey, createPublicKey, verify as verifySignature } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { encodeBase45 } from '../../domain/code/base45'
import { decodeCode } from '../../domain/code/format'
import { offlineTimeRefusal } from '../../domain/code/freshness'
import { readOffline, ReplayList, type VerifySignature } from '../../domain/code/offline'
import { codeVectors } from '../../scripts/code/vectors'

type Vectors = ReturnType<typeof codeVectors>
const published = JSON.parse(readFileSync('docs/code/vectors.json', 'utf8')) as Vectors
const { issuer, device, online, vectors } = published

/** RFC 8410 的公钥外壳，后接 32 字节。 */
const keyObject = (raw: Uint8Array) =>
  createPublicKey({ key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw]), format: 'der', type: 'spki' })
const verify: VerifySignature = (key, message, signature) => verifySignature(null, message, keyObject(key), signature)
const issuers = { [issuer.code]: { [issuer.key]: Buffer.from(issuer.publicKey, 'hex') } }
const read = (text: string, now: number) => readOffline(text, { issuers, now, verify })

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'

/** 前缀之后的字节：三个字符两个字节，两个字符一个字节，低位在前。 */
function bytesOf(text: string): Buffer {
  const groups = text.slice(10).match(/.{1,3}/g) ?? []
  const hex = groups.map(group => {
    const value = [...group].reduceRight((sum, character) => sum * 45 + alphabet.indexOf(character), 0)
    return value.toString(16).padStart(group.length === 3 ? 4 : 2, '0')
  })
  return Buffer.from(hex.join(''), 'hex')
}

/** 只照 docs/code/format.md 写的读码器：不借用被测代码，真假由 node:crypto 判。只认写法完好的码。 */
function independent(text: string) {
  const prefix = text.slice(0, 10)
  const body = bytesOf(text)
  const nameLength = body.readUInt8(63)
  const end = 64 + nameLength
  const signedBy = (key: Buffer, context: string, message: Buffer, signature: Buffer) =>
    verifySignature(null, Buffer.concat([Buffer.from(context + prefix), message]), keyObject(key), signature)
  return {
    sound:
      signedBy(Buffer.from(issuer.publicKey, 'hex'), 'SFM-CERT', body.subarray(0, end), body.subarray(end, end + 64)) &&
      signedBy(body.subarray(27, 59), 'SFM-CODE', body.subarray(0, end + 68), body.subarray(end + 68)),
    code: {
      certificateId: body.toString('hex', 4, 20),
      holder: body.readUInt8(20) === 1 ? 'person' : 'company',
      name: body.toString('utf8', 64, end),
      idLastFour: body.toString('ascii', 59, 63),
      from: body.readUInt32BE(21),
      minutes: body.readUInt16BE(25),
      time: body.readUInt32BE(end + 64)
    }
  }
}

describe('苏服码的测试向量（docs/code/vectors.json）', () => {
  test('与生成脚本此刻生成的一字不差', () => {
    assert.deepEqual(published, JSON.parse(JSON.stringify(codeVectors())))
  })

  test('公钥就是那两个种子的公钥', () => {
    for (const { seed, publicKey } of [issuer, device]) {
      const der = Buffer.from(`302e020100300506032b657004220420${seed}`, 'hex')
      const derived = createPublicKey(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }))
      assert.equal(derived.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex'), publicKey)
    }
  })

  test('在线码读得出令牌', () => {
    const decoded = decodeCode(online.text)
    assert.deepEqual(decoded, {
      ok: true,
      code: { form: 'online', issuer: issuer.code, token: new Uint8Array(Buffer.from(online.token, 'hex')) }
    })
  })

  for (const { name, text, readerTime, outcome, code } of vectors) {
    test(`${name} → ${outcome}`, () => {
      const answer = read(text, readerTime)
      assert.equal(answer.ok ? 'ok' : answer.reason, outcome)
      if (!answer.ok) return
      const { certificate, time } = answer.code
      const { id, holder, name: shown, idLastFour, from, minutes } = certificate
      assert.deepEqual({ certificateId: Buffer.from(id).toString('hex'), holder, name: shown, idLastFour, from, minutes, time }, code)
      assert.deepEqual(independent(text), { sound: true, code }, '只照文档写的读码器也读得出、验得过')
    })
  }

  test('每一种拒绝的缘由都有向量', () => {
    const reasons = [
      'not_a_code', 'damaged', 'unknown_version', 'unknown_form', 'unknown_algorithm', 'not_offline', 'wrong_issuer',
      'unknown_issuer_key',
      'certificate_forged', 'code_forged', 'certificate_too_long', 'certificate_not_yet', 'certificate_expired', 'code_expired',
      'clock_ahead'
    ]
    assert.deepEqual(new Set(vectors.map(({ outcome }) => outcome)), new Set(['ok', ...reasons]))
  })

  const [first] = vectors
  assert.ok(first)
  const { text, readerTime } = first

  test('读过的不再收；同一人下一分钟的码照收；到码本身过期，一直记着', () => {
    const decoded = decodeCode(text)
    assert.ok(decoded.ok && decoded.code.form === 'offline')
    const { code } = decoded
    const seen = new ReplayList()
    assert.deepEqual(
      [seen.admit(code, code.time - 90), seen.admit(code, code.time + 90), seen.admit({ ...code, time: code.time + 60 }, code.time + 60)],
      [true, false, true]
    )
    assert.equal(offlineTimeRefusal({ ...code.certificate, time: code.time }, code.time + 91), 'code_expired')
  })

  test('穷举：改动任一字节，一律不收', () => {
    const body = bytesOf(text)
    for (let at = 0; at < body.length; at += 1) {
      for (const flip of [0x01, 0x80]) {
        const changed = Buffer.from(body)
        changed[at] = (changed[at] ?? 0) ^ flip
        assert.equal(read(text.slice(0, 10) + encodeBase45(changed), readerTime).ok, false, `第 ${at} 字节`)
      }
    }
  })

  test('性质：改动任一字符，一律不收', () => {
    fc.assert(
      fc.property(fc.nat({ max: text.length - 1 }), fc.constantFrom(...alphabet), (at, character) => {
        fc.pre(text.charAt(at) !== character)
        return !read(text.slice(0, at) + character + text.slice(at + 1), readerTime).ok
      }),
      { numRuns: 500 }
    )
  })
})
