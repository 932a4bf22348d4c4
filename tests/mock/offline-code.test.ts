import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { encodeBase45 } from '../../domain/code/base45'
import { readOffline as readByDomain } from '../../domain/code/offline'
import { readOffline } from '../../mock/readers/offline-code'
import { verifyEd25519 } from '../../server/modules/code/certificates'

interface Published {
  issuer: { code: string; key: number; publicKey: string }
  vectors: { name: string; text: string; readerTime: number; outcome: string; code?: object }[]
}
const folder = path.resolve(__dirname, '../../docs/code')
const { issuer, vectors } = JSON.parse(readFileSync(path.join(folder, 'vectors.json'), 'utf8')) as Published
const publicKey = Buffer.from(issuer.publicKey, 'hex')
const issuers = { [issuer.code]: { [issuer.key]: publicKey.toString('base64url') } }

function outcome(text: string, now: number): string {
  const answer = readOffline(text, issuers, now)
  return answer.ok ? 'ok' : answer.reason
}

/** 应用与服务端共用的那一份怎么说。 */
function outcomeByDomain(text: string, now: number): string {
  const answer = readByDomain(text, { issuers: { [issuer.code]: { [issuer.key]: publicKey } }, now, verify: verifyEd25519 })
  return answer.ok ? 'ok' : answer.reason
}

/** 核码端替身的验码只照 docs/code/format.md 写成，与应用、服务端没有一行相同的代码：别家照着写得成，读得对。 */
describe('另一家照公布的格式写的核码端', () => {
  for (const { name, text, readerTime, outcome: expected, code } of vectors) {
    test(`测试向量：${name} → ${expected}`, () => {
      const answer = readOffline(text, issuers, readerTime)
      assert.equal(answer.ok ? 'ok' : answer.reason, expected)
      if (!answer.ok) return
      const { certificateId, issuer: _issuer, issuerKey: _key, ...content } = answer.content
      assert.deepEqual({ ...content, certificateId: Buffer.from(certificateId, 'base64url').toString('hex') }, code)
    })
  }

  test('它只借 node:crypto', () => {
    const source = readFileSync(path.resolve(__dirname, '../../mock/readers/offline-code.ts'), 'utf8')
    assert.deepEqual([...source.matchAll(/from '([^']+)'/g)].map(([, from]) => from), ['node:crypto'])
  })

  const refusals = [...readFileSync(path.join(folder, 'format.md'), 'utf8').matchAll(/^\| (`[a-z_`, ]+`) \| /gm)]
  const written = refusals.flatMap(([, row]) => [...(row ?? '').matchAll(/`([a-z_]+)`/g)].map(([, reason]) => reason))

  test('文档里写的每一种答复都有向量，有向量的都写在文档里', () => {
    const told = new Set(vectors.map((vector) => vector.outcome).filter((each) => each !== 'ok'))
    assert.deepEqual([...told].sort(), [...written].sort())
  })

  const anyVector = fc.constantFrom(...vectors)
  const drift = fc.integer({ min: -200, max: 200 })
  const same = (text: string, now: number) => assert.equal(outcome(text, now), outcomeByDomain(text, now))

  test('性质：随便改哪里、读码器的钟随便差多少，两份代码的答复一样', () => {
    const character = fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:\nａa')
    fc.assert(
      fc.property(anyVector, drift, fc.nat(400), fc.nat(3), fc.array(character, { maxLength: 3 }), (vector, seconds, at, cut, put) => {
        const text = vector.text.slice(0, at) + put.join('') + vector.text.slice(at + cut)
        same(text, vector.readerTime + seconds)
      }),
      { numRuns: 2000 }
    )
  })

  test('性质：字节改了再写成码（版本、形式、长短、姓名、末四位），两份代码的答复一样', () => {
    const bytes = fc.uint8Array({ minLength: 190, maxLength: 240 })
    const head = fc.tuple(fc.constantFrom(0, 1, 2), fc.constantFrom(0, 1, 2, 3), fc.constantFrom(0, 1, 2))
    const lastFour = fc.constantFrom('0026', '001X', '00x6', '演0', '\u00000026')
    const name = fc.constantFrom('林*', '', '演示'.repeat(7), 'A'.repeat(40), '\u0000')
    fc.assert(
      fc.property(bytes, head, lastFour, name, fc.constantFrom(1, 2, 3), fc.boolean(), (noise, start, four, shown, holder, fits) => {
        const shownBytes = Buffer.from(shown)
        const body = Buffer.from(noise)
        Buffer.from(start).copy(body)
        body[3] = issuer.key
        body[20] = holder
        Buffer.from(four).copy(body, 59, 0, 4)
        body[63] = shownBytes.length
        shownBytes.copy(body, 64)
        const length = 196 + shownBytes.length
        const sized = fits ? Buffer.concat([body, Buffer.alloc(60)]).subarray(0, length) : body
        same(`SFM${issuer.code}:${encodeBase45(sized)}`, 0)
      }),
      { numRuns: 2000 }
    )
  })
})
