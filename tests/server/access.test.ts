import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { Type } from 'typebox'
import { acting, guardRoutes, requireFresh } from '../../server/access'
import { holdRoutesToRules } from '../../server/http/routes'
import { createServer, type App } from '../../server/http/server'
import { relate } from '../../server/modules/identity/subjects'
import { sweepSessions } from '../../server/modules/identity/sweep'
import { confirmAgain, signIn, type Browser } from './sign-in'
import { mother, startWorld, stranger, type World } from './world'

const schema = { tags: ['测试'], summary: '测试', response: { 200: Type.Object({ subjectId: Type.String(), role: Type.String() }) } }

describe('谁在调用、代表谁', () => {
  let world: World
  let probe: App
  let browser: Browser
  let own: string
  let other: string
  before(async () => {
    world = await startWorld()
    probe = createServer(world.deps)
    holdRoutesToRules(probe)
    guardRoutes(probe, world.deps)
    probe.get('/who', { config: { access: 'session' }, schema }, async (request) => {
      const { subjectId, role } = acting(request)
      return { subjectId, role }
    })
    probe.get('/fresh', { config: { access: 'session' }, schema }, async (request) => {
      requireFresh(request, world.deps.now())
      return { subjectId: '', role: '' }
    })
    probe.get('/open', { config: { access: 'public' }, schema }, async (request) => {
      assert.throws(() => acting(request), /not a route with a session/)
      return { subjectId: '', role: '' }
    })
    const signedIn = await signIn(world, mother)
    browser = signedIn.browser
    own = signedIn.me.subjects[0]?.id ?? ''
    other = (await signIn(world, stranger)).me.subjects[0]?.id ?? ''
  })
  after(async () => {
    await probe.close()
    await world.close()
  })

  const ask = (url: string, headers: Record<string, string> = {}) =>
    probe.inject({ method: 'GET', url, headers: { authorization: `Bearer ${browser.accessToken}`, ...headers } })
  const refusal = async (url: string, headers: Record<string, string>) => {
    const reply = await ask(url, headers)
    return [reply.statusCode, reply.json<{ code: string }>().code]
  }

  test('缺省代表本人', async () => {
    assert.deepEqual((await ask('/who')).json(), { subjectId: own, role: 'self' })
    assert.deepEqual((await ask('/who', { 'x-acting-for': own.toUpperCase() })).json(), { subjectId: own, role: 'self' })
  })

  test('没有令牌、令牌写法不对、瞎编的令牌：未登录', async () => {
    for (const authorization of ['', 'Bearer', 'Bearer 短', 'Basic YTpi', `Bearer ${'x'.repeat(43)}`]) {
      assert.deepEqual(await refusal('/who', { authorization }), [401, 'unauthenticated'], authorization)
    }
  })

  test('代表不相干的人被拒绝，并在那个人的足迹里留下一条；不存在的主体一样拒绝，什么也不留', async () => {
    const traces = async () =>
      (
        await world.deps.pool.query<{ subject_id: string; action: string; actor: string }>(
          "select subject_id, action, actor from trace where action = 'refused'"
        )
      ).rows
    assert.deepEqual(await refusal('/who', { 'x-acting-for': other }), [403, 'forbidden'])
    assert.deepEqual(await traces(), [{ subject_id: other, action: 'refused', actor: '未获授权的账号' }])
    for (const subject of ['00000000-0000-4000-8000-000000000000', 'not-a-uuid']) {
      assert.deepEqual(await refusal('/who', { 'x-acting-for': subject }), [403, 'forbidden'])
    }
    assert.equal((await traces()).length, 1)
  })

  test('反复试图代表同一个人：一分钟一条足迹，刷不满；另一个账号试，另有一条；过后不留谁试过', async () => {
    const { deps } = world
    const count = async () => (await deps.pool.query("select 1 from trace where action = 'refused'")).rowCount ?? 0
    const storm = () => Promise.all(Array.from({ length: 15 }, () => refusal('/who', { 'x-acting-for': other })))
    world.pass(60_000)
    const before = await count()
    for (const reply of [...(await storm()), ...(await storm())]) assert.deepEqual(reply, [403, 'forbidden'])
    assert.equal(await count(), before + 1)
    world.pass(59_999)
    await storm()
    assert.equal(await count(), before + 1)
    world.pass(1)
    await storm()
    assert.equal(await count(), before + 2)
    const { browser: another } = await signIn(world, { ...stranger, name: '齐演示', idNumber: '320281199808080010' })
    const headers = { authorization: `Bearer ${another.accessToken}`, 'x-acting-for': other }
    assert.deepEqual(await refusal('/who', headers), [403, 'forbidden'])
    assert.equal(await count(), before + 3)
    world.pass(25 * 3_600_000)
    await sweepSessions(deps)
    assert.equal((await deps.pool.query('select 1 from refusal')).rowCount, 0)
    browser = (await signIn(world, mother)).browser
  })

  test('关系在每次请求时核对：有关系可以代表，关系结束就不行', async () => {
    const { accountId } = (await browser.send({ method: 'GET', url: '/api/v1/identity/me' })).json<{ accountId: string }>()
    await relate(world.deps.pool, world.deps, accountId, other, 'guardian')
    assert.deepEqual((await ask('/who', { 'x-acting-for': other })).json(), { subjectId: other, role: 'guardian' })
    await world.deps.pool.query('update relation set until = now() where account_id = $1 and subject_id = $2', [accountId, other])
    assert.deepEqual(await refusal('/who', { 'x-acting-for': other }), [403, 'forbidden'])
  })

  test('要签名的事：没有再确认过不行，5 分钟内行，过了又不行', async () => {
    assert.deepEqual(await refusal('/fresh', {}), [403, 'reauthentication_required'])
    await confirmAgain(world, browser, mother)
    world.pass(5 * 60_000)
    assert.equal((await ask('/fresh')).statusCode, 200)
    world.pass(1)
    assert.deepEqual(await refusal('/fresh', {}), [403, 'reauthentication_required'])
  })

  test('最近使用时间一分钟记一次', async () => {
    const seen = async () =>
      (await world.deps.pool.query<{ at: Date }>('select max(last_seen_at) as at from session')).rows[0]?.at.getTime()
    world.pass(60_001)
    await ask('/who')
    assert.equal(await seen(), world.deps.now())
    world.pass(59_000)
    await ask('/who')
    assert.equal(await seen(), world.deps.now() - 59_000)
  })

  test('公开的路由不认识任何人', async () => {
    assert.equal((await ask('/open')).statusCode, 200)
  })

  test('没有声明 access、没有说明文字的路由，注册时就失败', () => {
    const probe = createServer(world.deps)
    holdRoutesToRules(probe)
    assert.throws(() => probe.get('/a', { schema }, async () => ({ subjectId: '', role: '' })), /\/a 没有声明 config\.access/)
    assert.throws(() => probe.get('/b', { config: { access: 'public' } }, async () => ''), /\/b 缺少 schema 的 summary、tags 或 response/)
  })
})
