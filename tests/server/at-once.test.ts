import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import type { CodeIssuer, DeviceCertificate } from '../../contract/codes'
import type { Delegation } from '../../contract/delegations'
import type { OfflineReported } from '../../contract/gateways/readers'
import type { Me } from '../../contract/identity'
import type { LicenceList } from '../../contract/licences'
import type { MessageList } from '../../contract/messages'
import { tx } from '../../server/db/pool'
import { refresh } from '../../server/modules/licence/refresh'
import { licenceForDispatch } from '../../server/modules/licence/service'
import { resident, single } from './cases'
import { startCodeWorld, type CodeWorld } from './codes'
import { daughter, delegate, elder, offer } from './delegating'
import { certify, newDevice } from './device'
import { answers as married, wish } from './inviting'
import { api, complete, review, startDraft } from './journey'
import { father, hukou, idCard, marriage } from './papers'
import { actingFor, arrive, confirmAgain, openBrowser, signIn, signInOnly, type Browser, type Reply } from './sign-in'
import { mother, stranger, type World } from './world'

/** 两件事撞在同一瞬间：先扣住一把锁，等两件都走到一半再放开。谁也不许出错，也不许谁也没看见谁。 */
describe('同一瞬间的两件事', () => {
  let codes: CodeWorld
  let world: World
  before(async () => {
    codes = await startCodeWorld()
    ;({ world } = codes)
  })
  after(async () => {
    await world.close()
  })

  /** Holds what the statement locks until it is let go. */
  async function hold(statement: string, values: unknown[] = []): Promise<() => Promise<void>> {
    const client = await world.deps.pool.connect()
    await client.query('begin')
    await client.query(statement, values)
    return async () => {
      await client.query('commit')
      client.release()
    }
  }

  /** Until so many requests wait for a lock (PostgreSQL's own workers are none), or `over` has ended. */
  async function waiting(count: number, over: Promise<unknown> = new Promise(() => undefined)): Promise<void> {
    let isOver = false
    const end = () => (isOver = true)
    over.then(end, end)
    const text = `select 1 from pg_stat_activity
      where datname = current_database() and backend_type = 'client backend' and wait_event_type = 'Lock'`
    while (!isOver && ((await world.deps.pool.query(text)).rowCount ?? 0) < count);
  }

  async function answered(asking: Promise<Reply>[], expected: number[]): Promise<void> {
    const replies = await Promise.all(asking)
    assert.deepEqual(replies.map(({ statusCode }) => statusCode), expected, replies.map(({ body }) => body).join('\n'))
  }

  const post = (by: Browser, url: string, payload: object) =>
    by.send({ method: 'POST', url: `/api/v1${url}`, payload, headers: { 'idempotency-key': randomUUID() } })
  async function reviewed(by: Browser, draftId: string) {
    const { version, contentHash, commitments } = await review(by, draftId)
    return { version, contentHash, commitments: commitments.map(({ id }) => id) }
  }

  test('一台设备上提交，另一台上登录：两边都成', async () => {
    const { browser } = await signIn(world, mother)
    const draft = await complete(browser, await startDraft(browser, 'newborn', single))
    const body = await reviewed(browser, draft.id)
    await confirmAgain(world, browser, mother)
    const letGo = await hold('select 1 from draft where id = $1 for update', [draft.id])
    const submitting = post(browser, `/drafts/${draft.id}/submission`, body)
    await waiting(1)
    const signingIn = signInOnly(world, mother)
    await waiting(2)
    await letGo()
    const [reply] = await Promise.all([submitting, signingIn])
    assert.equal(reply.statusCode, 201, reply.body)
  })

  test('女儿正在提交，老人正在收回授权：两边都成', async () => {
    const [giver, helper] = [await arrive(world, elder), await arrive(world, daughter)]
    const { id } = await delegate(world, giver, helper, { bundles: ['retirement'] })
    const asElder = actingFor(helper.browser, giver.selfId)
    const draft = await complete(asElder, await startDraft(asElder, 'retirement', resident))
    const body = await reviewed(asElder, draft.id)
    await confirmAgain(world, helper.browser, daughter)
    const letGo = await hold('lock table submission in share mode')
    const submitting = post(asElder, `/drafts/${draft.id}/submission`, body)
    await waiting(1)
    const ending = post(giver.browser, `/delegations/${id}/end`, { action: 'revoke' })
    await waiting(2)
    await letGo()
    await answered([submitting, ending], [201, 200])
  })

  test('女儿正在接受新的授权，老人正在收回旧的：两边都成，新的生效', async () => {
    const [giver, helper] = [await arrive(world, elder), await arrive(world, daughter)]
    const { id } = await delegate(world, giver, helper, { scenes: ['queue'] })
    const { code, delegation } = await offer(world, giver, { scenes: ['queue'] })
    const letGo = await hold('select 1 from delegation where id = $1 for update', [delegation.id])
    const accepting = post(helper.browser, '/delegations/offers/accept', { code })
    await waiting(1)
    const ending = post(giver.browser, `/delegations/${id}/end`, { action: 'revoke' })
    await waiting(2, ending)
    await letGo()
    await answered([accepting, ending], [200, 200])
    assert.equal((await api<Delegation>(helper.browser, 'GET', `/delegations/${delegation.id}`)).status, 'active')
  })

  test('五个码同时被拒：数得出五次，锁上，也告诉了本人', async () => {
    const { browser } = await signIn(world, stranger)
    const scan = (code: string) => codes.ask({ code, scene: 'queue' })
    const texts: string[] = []
    while (texts.length < 5) {
      const { text } = await codes.issue(browser)
      assert.equal((await scan(text)).statusCode, 200)
      texts.push(text)
    }
    const letGo = await hold('lock table code_failure in share mode')
    const scanning = texts.map(scan)
    await waiting(5, Promise.all(scanning))
    await letGo()
    assert.deepEqual((await Promise.all(scanning)).map(({ statusCode }) => statusCode), Array(5).fill(409))
    assert.equal((await post(browser, '/codes', {})).statusCode, 409)
    const { messages } = await api<MessageList>(browser, 'GET', '/messages')
    assert.deepEqual(messages.map(({ title }) => title).filter((title) => title.includes('锁定')), ['苏服码锁定 15 分钟'])
  })

  test('一次登录同时为两把钥匙要证书：只有一张留着', async () => {
    const { browser } = await signIn(world, mother)
    const ask = () => api<DeviceCertificate>(browser, 'POST', '/codes/certificates', newDevice().request(world.deps.now()), 201)
    const letGo = await hold('select 1 from session where ended_at is null for update')
    const asking = [ask(), ask()]
    await waiting(2)
    await letGo()
    const ids = (await Promise.all(asking)).map(({ id }) => id)
    const { revokedCertificates } = (await openBrowser(world).send({ url: '/api/v1/codes/issuer' })).json<CodeIssuer>()
    assert.equal(ids.filter((id) => !revokedCertificates.includes(id)).length, 1)
  })

  const close = (by: Browser) => post(by, '/identity/account/close', { confirm: '注销账号' })
  const relationOf = 'select 1 from relation where account_id = $1 and subject_id = $2 for update'

  test('女儿正在放弃授权，老人正在注销：两边都成', async () => {
    const [giver, helper] = [await arrive(world, elder), await arrive(world, daughter)]
    const { id } = await delegate(world, giver, helper, { scenes: ['queue'] })
    const letGo = await hold(relationOf, [helper.me.accountId, giver.selfId])
    const ending = post(helper.browser, `/delegations/${id}/end`, { action: 'resign' })
    await waiting(1)
    const closing = close(giver.browser)
    await waiting(2)
    await letGo()
    await answered([ending, closing], [200, 204])
  })

  test('女儿正在接受新的授权，老人正在注销：两边都成，注销后一份也不剩', async () => {
    const [giver, helper] = [await arrive(world, elder), await arrive(world, daughter)]
    await delegate(world, giver, helper, { scenes: ['queue'] })
    const { code, delegation } = await offer(world, giver, { scenes: ['queue'] })
    const letGo = await hold('select 1 from delegation where id = $1 for update', [delegation.id])
    const accepting = post(helper.browser, '/delegations/offers/accept', { code })
    await waiting(1)
    const closing = close(giver.browser)
    await waiting(2)
    await letGo()
    await answered([accepting, closing], [200, 204])
    assert.equal((await api<Delegation>(helper.browser, 'GET', `/delegations/${delegation.id}`)).status, 'revoked')
  })

  test('核码端正在补报没通过的离线码，本人正在注销：两边都成', async () => {
    const { browser } = await arrive(world, elder)
    const device = newDevice()
    const code = device.code(await certify(world, device, browser), world.deps.now())
    world.pass(5 * 60_000)
    const readings = [{ code, scene: 'queue', at: new Date(world.deps.now()).toISOString() }]
    const letGo = await hold('lock table offline_reading in share mode')
    const reporting = world.app.inject({
      method: 'POST', url: '/api/v1/codes/readings/offline', payload: { readings }, headers: { 'x-reader': 'hall-desk' }
    })
    await waiting(1)
    const closing = close(browser)
    await waiting(2)
    await letGo()
    const [reported, closed] = await Promise.all([reporting, closing])
    assert.deepEqual(reported.json<OfflineReported>().results, [{ outcome: 'refused', reason: 'code_expired' }])
    assert.equal(closed.statusCode, 204, closed.body)
  })

  test('正在注销，另一台设备上登录：登录的是新的账号，不是正在关掉的那个', async () => {
    const { browser, me, selfId } = await arrive(world, elder)
    const letGo = await hold(relationOf, [me.accountId, selfId])
    const closing = close(browser)
    await waiting(1)
    const signingIn = signInOnly(world, elder)
    await waiting(2)
    await letGo()
    assert.equal((await closing).statusCode, 204)
    assert.notEqual((await api<Me>(await signingIn, 'GET', '/identity/me')).accountId, me.accountId)
  })

  test('正在写草稿的邀请，正在注销：两边都成，邀请跟着草稿没了', async () => {
    world.outside.licences = [idCard(stranger), marriage(stranger)]
    const { browser } = await arrive(world, stranger)
    const draft = await startDraft(browser, 'newborn', married)
    const letGo = await hold('lock table outbox in share mode')
    const inviting = post(browser, `/drafts/${draft.id}/invitations`, wish)
    await waiting(1)
    const closing = close(browser)
    await waiting(2)
    await letGo()
    await answered([inviting, closing], [201, 204])
    assert.equal((await world.deps.pool.query('select 1 from invitation where draft_id = $1', [draft.id])).rowCount, 0)
  })

  /** 证照库核对到一半：改过户口簿，等着结婚证，还没改身份证。 */
  async function halfRefreshed() {
    world.pass(11 * 60_000)
    world.outside.licences = [idCard(father), hukou(father), marriage(father)]
    const { browser, selfId } = await arrive(world, father)
    const { licences } = await api<LicenceList>(browser, 'GET', '/licences')
    const idOf = (type: string) => licences.find((each) => each.type === type)?.id ?? assert.fail(`没有 ${type}`)
    world.outside.licences = [hukou(father), marriage(father), idCard(father)]
    const letGo = await hold('select 1 from licence where id = $1 for update', [idOf('marriage-cert')])
    const refreshing = refresh(world.deps, { subjectId: selfId, types: ['hukou', 'marriage-cert', 'id-card'], purpose: '查看我的证照' })
    await waiting(1)
    return { browser, selfId, ids: [idOf('id-card'), idOf('hukou')], refreshing, letGo }
  }

  test('证照库正在核对，正在领证：两边都成', async () => {
    const { browser, ids, refreshing, letGo } = await halfRefreshed()
    const claiming = post(browser, '/licences/claims', { ids })
    await waiting(2)
    await letGo()
    const [, claimed] = await Promise.all([refreshing, claiming])
    assert.equal(claimed.statusCode, 200, claimed.body)
  })

  test('证照库正在核对，正要把证照送给部门：两边都成', async () => {
    const { selfId, refreshing, letGo } = await halfRefreshed()
    const sending = tx(world.deps.pool, async (client) => {
      const found = []
      for (const type of ['id-card', 'hukou']) {
        found.push(await licenceForDispatch(client, world.deps, { type, subjectId: selfId, caseIds: null, fields: null }))
      }
      return found
    })
    await waiting(2)
    await letGo()
    const [, sent] = await Promise.all([refreshing, sending])
    assert.deepEqual(sent.map((licence) => licence?.type), ['id-card', 'hukou'])
  })
})
