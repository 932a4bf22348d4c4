import assert from 'node:assert/strict'
import { createHash, createPublicKey, verify, type JsonWebKey } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import canonicalize from 'canonicalize'
import type { Receipt, ReceiptCheck } from '../../contract/receipts'
import type { TraceList } from '../../contract/traces'
import { applyFor, foldsHold, founder, problemOf, type Applied } from './cases'
import { api } from './journey'
import { openBrowser, signIn } from './sign-in'
import { startWorld, stranger, type World } from './world'

type Stored = { content_sealed: Buffer; content_hash: Buffer; signature: Buffer; submitted_at: Date }

describe('回执', () => {
  let world: World
  let applied: Applied
  let code: string
  before(async () => {
    world = await startWorld()
    applied = await applyFor(world, founder, 'retirement', { kind: 'res', pre: 'n', one: 'n', fund: 'n' })
    code = (await applied.read()).receiptCode
  })
  after(async () => {
    await foldsHold(world)
    await world.close()
  })

  const check = () => api<ReceiptCheck>(openBrowser(world), 'GET', `/receipts/${code}`)

  test('谁都可以核验：真的，只有打码的姓名和事项，没有别的个人信息', async () => {
    const seen = await check()
    assert.deepEqual([seen.verdict, seen.maskedApplicantName], ['genuine', '高*'])
    assert.deepEqual(
      seen.matterNames,
      (await applied.read()).cases.map(({ matterName }) => matterName)
    )
    for (const secret of [founder.name, founder.idNumber, founder.phone ?? '']) assert.ok(!JSON.stringify(seen).includes(secret))
  })

  test('没有的编号说没有；不成样子的编号也是', async () => {
    problemOf(await world.app.inject({ method: 'GET', url: `/api/v1/receipts/${'A'.repeat(22)}` }), 404, 'not_found')
    problemOf(await world.app.inject({ method: 'GET', url: '/api/v1/receipts/short' }), 404, 'not_found')
  })

  test('本人下载的回执，只凭它自己就能离线核验；公钥与公开的一致；留下足迹', async () => {
    const receipt = await api<Receipt>(applied.browser, 'GET', `/submissions/${applied.submissionId}/receipt`)
    const bytes = Buffer.from(canonicalize(receipt.content) ?? '')
    const key = createPublicKey({ key: receipt.publicKeyJwk as JsonWebKey, format: 'jwk' })
    assert.equal(createHash('sha256').update(bytes).digest('hex'), receipt.contentHash)
    assert.ok(verify(null, bytes, key, Buffer.from(receipt.signature, 'base64url')))
    const forged = Buffer.from(canonicalize({ ...(receipt.content as object), subjectId: 'somebody-else' }) ?? '')
    assert.ok(!verify(null, forged, key, Buffer.from(receipt.signature, 'base64url')))
    const { keys } = await api<{ keys: { kid: string; x: string }[] }>(openBrowser(world), 'GET', '/.well-known/jwks.json')
    assert.equal(keys.find(({ kid }) => kid === receipt.keyId)?.x, (receipt.publicKeyJwk as JsonWebKey).x)
    assert.equal(receipt.contentHash, (await check()).contentHash)
    assert.ok(receipt.verifyUrl.includes(code))
    const { traces } = await api<TraceList>(applied.browser, 'GET', '/traces')
    assert.ok(traces.some(({ action, actor }) => action === 'export' && actor === '本人'))
    const { browser } = await signIn(world, stranger)
    problemOf(await browser.send({ method: 'GET', url: `/api/v1/submissions/${applied.submissionId}/receipt` }), 404, 'not_found')
  })

  const recordedLater = (days: number) =>
    world.deps.pool.query("update submission set submitted_at = submitted_at + $2 * interval '1 day' where id = $1", [
      applied.submissionId,
      days
    ])

  test('签名的时刻在被签的内容里：改动它签名就对不上；核验页、回执上的时间都取自那里', async () => {
    const receipt = await api<Receipt>(applied.browser, 'GET', `/submissions/${applied.submissionId}/receipt`)
    const { signedAt } = receipt.content as { signedAt: string }
    assert.equal(signedAt, new Date(world.deps.now()).toISOString())
    assert.equal(receipt.signedAt, signedAt)
    const key = createPublicKey({ key: receipt.publicKeyJwk as JsonWebKey, format: 'jwk' })
    const moved = canonicalize({ ...(receipt.content as object), signedAt: new Date(world.deps.now() + 1).toISOString() }) ?? ''
    assert.ok(!verify(null, Buffer.from(moved), key, Buffer.from(receipt.signature, 'base64url')))
    await recordedLater(-1)
    assert.equal((await check()).submittedAt, signedAt)
    assert.equal((await api<Receipt>(applied.browser, 'GET', `/submissions/${applied.submissionId}/receipt`)).signedAt, signedAt)
    await recordedLater(1)
  })

  test('用不认识的公钥签的：说清楚不能认定为真，不是系统出错', async () => {
    const sign = (keyId: string) => world.deps.pool.query('update submission set key_id = $2 where id = $1', [applied.submissionId, keyId])
    await sign('key-of-nobody')
    const problem = problemOf(await openBrowser(world).send({ method: 'GET', url: `/api/v1/receipts/${code}` }), 409, 'receipt_key_unknown')
    assert.match(`${problem.title}${problem.detail}`, /不能认定为真.*key-of-nobody.*无法核验/)
    const own = await applied.browser.send({ method: 'GET', url: `/api/v1/submissions/${applied.submissionId}/receipt` })
    problemOf(own, 409, 'receipt_key_unknown')
    await sign(world.deps.keys.platformSigning.keyId)
    assert.equal((await check()).verdict, 'genuine')
  })

  const id = 'u.id = $1'
  const tampering: { what: string; sql: string }[] = [
    {
      what: '内容',
      sql: `update submission u set content_sealed = set_byte(content_sealed, 60, (get_byte(content_sealed, 60) + 1) % 256) where ${id}`
    },
    { what: '内容整个换掉', sql: `update submission u set content_sealed = '' where ${id}` },
    {
      what: '摘要',
      sql: `update submission u set content_hash = set_byte(content_hash, 0, (get_byte(content_hash, 0) + 1) % 256) where ${id}`
    },
    { what: '提交时间', sql: `update submission u set submitted_at = submitted_at - interval '1 day' where ${id}` },
    { what: '签名', sql: `update submission u set signature = set_byte(signature, 9, (get_byte(signature, 9) + 1) % 256) where ${id}` }
  ]
  for (const { what, sql } of tampering) {
    test(`库里的${what}被改过：说被改过`, async () => {
      const row = 'select content_sealed, content_hash, signature, submitted_at from submission where id = $1'
      const { rows } = await world.deps.pool.query<Stored>(row, [applied.submissionId])
      await world.deps.pool.query(sql, [applied.submissionId])
      assert.equal((await check()).verdict, 'tampered')
      const [was] = rows
      const mend = 'update submission set content_sealed = $2, content_hash = $3, signature = $4, submitted_at = $5 where id = $1'
      await world.deps.pool.query(mend, [applied.submissionId, was?.content_sealed, was?.content_hash, was?.signature, was?.submitted_at])
      assert.equal((await check()).verdict, 'genuine')
    })
  }

  test('别处的内容换到这一行，也算被改过', async () => {
    const other = await applyFor(world, stranger, 'retirement', { kind: 'res', pre: 'n', one: 'n', fund: 'n' })
    const swap = 'update submission u set content_sealed = o.content_sealed from submission o where u.id = $1 and o.id = $2'
    await world.deps.pool.query(swap, [applied.submissionId, other.submissionId])
    assert.equal((await check()).verdict, 'tampered')
    problemOf(await applied.browser.send({ method: 'GET', url: `/api/v1/submissions/${applied.submissionId}/receipt` }), 500, 'internal')
  })
})
