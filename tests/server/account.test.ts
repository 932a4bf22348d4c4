import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { LibraryLicence } from '../../contract/gateways/licence-library'
import { licenceIdentifier } from '../../mock/numbers'
import { readReachability } from '../../server/modules/identity/subjects'
import { announce } from '../../server/modules/live/service'
import { openBrowser, refresh, signIn, signInOnly, type Browser } from './sign-in'
import { mother, startWorld, stranger, type World } from './world'

const founder = { ...mother, name: '沈演示', idNumber: '320281198808080059', phone: '16000000005' }
const company: LibraryLicence = {
  identifier: licenceIdentifier('biz-licence', '1', 1),
  type: 'biz-licence',
  version: 1,
  holderName: '江阴演示科技有限公司',
  holderIdCode: '91320281000000001X',
  issuer: '行政审批局',
  issuedOn: '2024-01-01',
  validTo: null,
  status: 'valid',
  face: { 名称: '江阴演示科技有限公司', 统一社会信用代码: '91320281000000001X', 法定代表人: '沈演示' }
}

describe('账号：我是谁、同意、注销', () => {
  let world: World
  before(async () => {
    world = await startWorld()
  })
  after(async () => {
    await world.close()
  })

  const get = (browser: Browser, path: string) => browser.send({ method: 'GET', url: `/api/v1${path}` })
  const post = (browser: Browser, path: string, payload?: object) => browser.send({ method: 'POST', url: `/api/v1${path}`, payload })
  const rows = async (table: string) =>
    (await world.deps.pool.query<{ count: number }>(`select count(*) as count from ${table}`)).rows[0]?.count

  test('年龄按北京时间的生日算', async () => {
    const browser = await signInOnly(world, stranger)
    const age = async () => (await get(browser, '/identity/me')).json<{ age: number }>().age
    assert.equal(await age(), 36)
    world.setNow(Date.parse('2027-09-08T15:59:59Z'))
    await world.deps.pool.query("update access_token set expires_at = '2030-01-01'")
    await world.deps.pool.query("update session set expires_at = '2030-01-01'")
    assert.equal(await age(), 36)
    world.pass(1000)
    assert.equal(await age(), 37)
    world.setNow(Date.parse('2026-11-19T02:00:00Z'))
  })

  test('没有同意隐私说明，只能看自己是谁、同意或离开；旧版本、跳过隐私说明都不收', async () => {
    const browser = await signInOnly(world, mother)
    const blocked = await get(browser, '/messages')
    assert.deepEqual([blocked.statusCode, blocked.json<{ code: string }>().code], [403, 'consent_required'])
    for (const payload of [
      { version: '2020-01', kinds: ['privacy'] },
      { version: '2026-11', kinds: ['sensitive'] }
    ]) {
      const reply = await post(browser, '/identity/consents', payload)
      assert.deepEqual([reply.statusCode, reply.json<{ code: string }>().code], [422, 'invalid_fields'])
    }
    assert.equal((await post(browser, '/identity/consents', { version: '2026-11', kinds: ['privacy'] })).statusCode, 200)
    assert.equal((await get(browser, '/messages')).statusCode, 200)
    const more = (await post(browser, '/identity/consents', { version: '2026-11', kinds: ['minor'] })).json<{
      consents: { kind: string }[]
    }>()
    assert.deepEqual(more.consents.map(({ kind }) => kind).sort(), ['minor', 'privacy'])
    const fewer = (await post(browser, '/identity/consents/withdraw', { kinds: ['minor', 'privacy'] })).json<{ consents: object[] }>()
    assert.deepEqual(fewer.consents, [])
    assert.equal((await get(browser, '/messages')).statusCode, 403)
  })

  test('不同意：登录时得到的全部删除，一行不留；同意过的要走注销', async () => {
    const tables = ['subject', 'account', 'relation', 'session', 'access_token', 'refresh_token', 'trace', 'consent']
    const counts = async () => Promise.all(tables.map(rows))
    const before = await counts()
    const newcomer = { ...stranger, idNumber: '320281199009090052' }
    const browser = await signInOnly(world, newcomer)
    assert.notDeepEqual(await counts(), before)
    assert.equal((await post(browser, '/identity/consents/decline')).statusCode, 204)
    assert.deepEqual(await counts(), before)
    assert.equal((await get(browser, '/identity/me')).statusCode, 401)
    const { browser: agreed } = await signIn(world, newcomer)
    assert.equal((await post(agreed, '/identity/consents/decline')).statusCode, 409)
  })

  test('同意之后才向证照库核对企业；营业执照上的法定代表人可以代表企业；证照库连不上也能登录', async () => {
    world.outside.licences = [
      company,
      {
        ...company,
        holderIdCode: '913202810000000028',
        status: 'revoked',
        face: { ...company.face, 统一社会信用代码: '913202810000000028' }
      }
    ]
    const early = await signInOnly(world, founder)
    assert.equal((await get(early, '/identity/me')).json<{ subjects: object[] }>().subjects.length, 1)
    world.outside.down.add('library')
    await signIn(world, founder)
    world.outside.down.clear()
    const { me } = await signIn(world, founder)
    assert.deepEqual(
      me.subjects.map(({ kind, role, maskedName }) => [kind, role, maskedName]),
      [
        ['natural_person', 'self', '沈*'],
        ['legal_person', 'legalRepresentative', '江阴演示科技有限公司']
      ]
    )
    assert.equal((await signIn(world, founder)).me.subjects.length, 2)
  })

  test('注销前看清删什么、留什么；还有没办完的事不能注销', async () => {
    const { browser, me } = await signIn(world, founder)
    const preview = (await get(browser, '/identity/account/close-preview')).json<{
      erased: string[]
      kept: { why: string }[]
      openCases: number
    }>()
    assert.equal(preview.openCases, 0)
    assert.ok(preview.erased.length > 3 && preview.kept.every(({ why }) => why.length > 10))
    await insertSubmission(me.accountId, me.subjects[0]?.id ?? '')
    assert.equal((await get(browser, '/identity/account/close-preview')).json<{ openCases: number }>().openCases, 1)
    const refused = await post(browser, '/identity/account/close', { confirm: '注销账号' })
    assert.deepEqual([refused.statusCode, refused.json<{ code: string }>().code], [409, 'account_has_cases'])
    assert.equal((await get(browser, '/identity/me')).statusCode, 200)
    await world.deps.pool.query('update submission set closed_at = now()')
  })

  test('注销要写明「注销账号」；之后登录、消息、电话、关系都没有了，再登录是新的账号', async () => {
    const { browser, me } = await signIn(world, founder)
    const elsewhere = await signInOnly(world, founder)
    assert.equal((await post(browser, '/identity/account/close', { confirm: '好' })).statusCode, 422)
    assert.equal((await post(browser, '/identity/account/close', { confirm: '注销账号' })).statusCode, 204)
    for (const gone of [browser, elsewhere]) assert.equal((await get(gone, '/identity/me')).statusCode, 401)
    const renewal = await elsewhere.send({
      method: 'POST',
      url: '/api/v1/identity/refresh',
      headers: { 'x-csrf-token': 'fetch' },
      payload: {}
    })
    assert.equal(renewal.statusCode, 401)
    assert.deepEqual(await readReachability(world.deps.pool, world.deps, me.accountId), { phone: null, openid: null })
    const { rows: relations } = await world.deps.pool.query('select 1 from relation where account_id = $1 and until is null', [
      me.accountId
    ])
    assert.deepEqual(relations, [])
    await announce(world.deps.pool, [me.accountId], { kind: 'message', id: me.accountId })
    const anew = await signIn(world, founder)
    assert.notEqual(anew.me.accountId, me.accountId)
    assert.equal(anew.me.consents.length, 3)
  })

  test('注销后换新令牌的 cookie 也清掉；重新登录照常', async () => {
    const { browser } = await signIn(world, stranger)
    await post(browser, '/identity/account/close', { confirm: '注销账号' })
    assert.equal(browser.cookies.has('zsb_refresh'), false)
    const again = openBrowser(world)
    again.cookies = (await signInOnly(world, stranger)).cookies
    assert.ok((await refresh(again)).accessToken)
  })

  async function insertSubmission(accountId: string, subjectId: string): Promise<void> {
    const { deps } = world
    const draft = deps.newId()
    const { revision } = deps.catalogue.current()
    const sealed = deps.vault.seal('{}', 'test')
    await deps.pool.query(
      `insert into draft (id, bundle_id, account_id, subject_id, revision, version, step, content_sealed, filled, total, status,
         created_at, updated_at, expires_at)
       values ($1, 'startup', $2, $3, $4, 1, 'sign', $5, 0, 0, 'submitted', now(), now(), now())`,
      [draft, accountId, subjectId, revision, sealed]
    )
    await deps.pool.query(
      `insert into submission (id, draft_id, bundle_id, revision, account_id, subject_id, status, plan, content_sealed, content_hash,
         signature, key_id, receipt_code, submitted_at)
       values ($1, $2, 'startup', $3, $4, $5, 'running', '{}', $6, $6, $6, 'k', 'r', now())`,
      [deps.newId(), draft, revision, accountId, subjectId, sealed]
    )
  }
})
