import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import type { CodeIssuer, DeviceCertificate } from '../../contract/codes'
import type { Delegation } from '../../contract/delegations'
import type { MessageList } from '../../contract/messages'
import { resident, single } from './cases'
import { startCodeWorld, type CodeWorld } from './codes'
import { daughter, delegate, elder, offer } from './delegating'
import { newDevice } from './device'
import { api, complete, review, startDraft } from './journey'
import { actingFor, arrive, confirmAgain, openBrowser, signIn, signInOnly, type Browser } from './sign-in'
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
    const replies = await Promise.all([submitting, ending])
    assert.deepEqual(replies.map(({ statusCode }) => statusCode), [201, 200], replies.map(({ body: text }) => text).join('\n'))
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
    const replies = await Promise.all([accepting, ending])
    assert.deepEqual(replies.map(({ statusCode }) => statusCode), [200, 200], replies.map(({ body }) => body).join('\n'))
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
})
