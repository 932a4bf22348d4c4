import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { LicenceGrant, LicenceGrantList } from '../../contract/licences'
import type { PresentationStatus } from '../../contract/presentations'
import type { TraceList } from '../../contract/traces'
import { sweep } from '../../server/modules/presentation/sweep'
import { problemOf } from './cases'
import { api } from './journey'
import { fullIdCard, licenceId, present, tokenOf, verify } from './presenting'
import { signIn, type Browser } from './sign-in'
import { mother, startWorld, stranger, type World } from './world'

describe('亮证在用证记录里', () => {
  let world: World
  let browser: Browser
  let id: string
  before(async () => {
    world = await startWorld()
  })
  beforeEach(async () => {
    world.outside.licences = [fullIdCard()]
    world.pass(11 * 60_000)
    browser = (await signIn(world, mother)).browser
    id = await licenceId(browser, 'id-card')
    await world.deps.pool.query('delete from licence_grant')
  })
  after(async () => {
    await world.close()
  })

  const grants = async () => (await api<LicenceGrantList>(browser, 'GET', `/licences/${id}/grants`)).grants
  const only = async () => {
    const [grant, ...more] = await grants()
    assert.equal(more.length, 0)
    return grant ?? assert.fail('没有记下')
  }
  const end = (grantId: string, by = browser) => by.send({ method: 'POST', url: `/api/v1/licence-grants/${grantId}/revocation` })

  test('亮着：给谁、为什么、哪几格、到何时，能收回；没有哪一件办件', async () => {
    const shown = await present(browser, id, { fields: ['姓名', '性别'], predicates: ['adult'], purpose: '租房' })
    const grant = await only()
    assert.deepEqual(
      { ...grant, id: '' },
      {
        id: '',
        to: '当面核验的人',
        purpose: '租房',
        fields: ['姓名', '性别', '已满 18 周岁'],
        since: shown.issuedAt,
        until: shown.expiresAt,
        status: 'active',
        caseId: null,
        allowedActions: ['revoke']
      }
    )
  })

  test('收回：码立刻作废，像用过的一样答；记录是已收回，足迹一条；再收一次答复一样', async () => {
    const shown = await present(browser, id)
    const grant = await only()
    for (const reply of [await end(grant.id), await end(grant.id)]) {
      assert.equal(reply.statusCode, 200, reply.body)
      const { status, allowedActions } = reply.json<LicenceGrant>()
      assert.deepEqual([status, allowedActions], ['revoked', []])
    }
    assert.equal((await verify(world, tokenOf(shown))).result, 'spent')
    assert.equal((await verify(world, shown.code)).result, 'spent')
    assert.equal((await api<PresentationStatus>(browser, 'GET', `/presentations/${shown.id}`)).status, 'expired')
    assert.equal((await only()).status, 'revoked')
    const { traces } = await api<TraceList>(browser, 'GET', '/traces?limit=50')
    assert.equal(traces.filter(({ purpose }) => purpose === '收回居民身份证的授权：租房').length, 1)
    assert.equal(traces.filter(({ purpose }) => purpose.startsWith('核验了')).length, 0, '没有给人看到')
  })

  test('核验过：留下一条已结束的，收不回', async () => {
    const shown = await present(browser, id)
    assert.equal((await verify(world, tokenOf(shown))).result, 'valid')
    const grant = await only()
    assert.deepEqual([grant.status, grant.allowedActions], ['ended', []])
    problemOf(await end(grant.id), 409, 'illegal_transition')
  })

  test('一分钟过了、另容的 5 秒里：还核得到，就还在记录里、还收得回', async () => {
    const [seen, taken] = [await present(browser, id), await present(browser, id)]
    world.pass(65_000)
    assert.deepEqual(
      (await grants()).map(({ status, allowedActions }) => [status, allowedActions]),
      [
        ['active', ['revoke']],
        ['active', ['revoke']]
      ]
    )
    assert.equal((await verify(world, tokenOf(seen))).result, 'valid')
    const open = (await grants()).find(({ status }) => status === 'active') ?? assert.fail('收不回')
    assert.equal((await end(open.id)).statusCode, 200)
    assert.equal((await verify(world, tokenOf(taken))).result, 'spent')
  })

  test('没人核就过期的：谁也没看到，不在记录里，也收不回；扫过以后不留', async () => {
    await present(browser, id)
    const { id: grantId } = await only()
    world.pass(65_001)
    assert.deepEqual(await grants(), [])
    problemOf(await end(grantId), 409, 'illegal_transition')
    world.pass(25 * 3_600_000)
    await sweep(world.deps)
    assert.equal((await world.deps.pool.query('select 1 from licence_grant')).rowCount, 0)
  })

  test('收回过的、核验过的，扫过以后还在', async () => {
    const taken = await present(browser, id, { purpose: '收回的' })
    await end((await only()).id)
    const seen = await present(browser, id, { purpose: '看过的' })
    await verify(world, tokenOf(seen))
    world.pass(25 * 3_600_000)
    await sweep(world.deps)
    const { rows } = await world.deps.pool.query<{ purpose: string }>('select purpose from licence_grant order by since, id')
    assert.deepEqual(rows.map(({ purpose }) => purpose), ['收回的', '看过的'])
    assert.equal((await verify(world, tokenOf(taken))).result, 'not_genuine')
  })

  test('收回与核验在同一瞬间：只有一个成', async () => {
    for (let round = 0; round < 6; round++) {
      await world.deps.pool.query('delete from licence_grant')
      const shown = await present(browser, id)
      const grant = await only()
      const [verified, ended] = await Promise.all([verify(world, tokenOf(shown)), end(grant.id)])
      assert.deepEqual([verified.result, ended.statusCode, (await only()).status], verified.result === 'valid'
        ? ['valid', 409, 'ended']
        : ['spent', 200, 'revoked'])
    }
  })

  test('证照注销：亮着的随之结束', async () => {
    await present(browser, id)
    const { id: grantId } = await only()
    const payload = {
      eventId: world.deps.newId(),
      at: new Date(world.deps.now()).toISOString(),
      licence: { ...fullIdCard(), status: 'cancelled' },
      reason: '遗失'
    }
    await world.app.inject({ method: 'POST', url: '/api/v1/licences/changes', payload })
    assert.equal((await only()).status, 'ended')
    problemOf(await end(grantId), 409, 'illegal_transition')
    world.pass(1000)
    const back = { ...payload, eventId: world.deps.newId(), at: new Date(world.deps.now()).toISOString(), licence: fullIdCard() }
    await world.app.inject({ method: 'POST', url: '/api/v1/licences/changes', payload: back })
  })

  test('别人的收不回', async () => {
    await present(browser, id)
    const { id: grantId } = await only()
    const { browser: other } = await signIn(world, stranger)
    problemOf(await end(grantId, other), 404, 'not_found')
    assert.equal((await only()).status, 'active')
  })
})
