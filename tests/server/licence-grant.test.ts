import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { Licence, LicenceGrant, LicenceGrantList, LicenceList } from '../../contract/licences'
import type { TraceList } from '../../contract/traces'
import { applyFor, foldsHold, problemOf, resident, withdrawAll, type Applied } from './cases'
import { api, deliverAll, readCase } from './journey'
import { idCard } from './papers'
import { signIn, type Browser } from './sign-in'
import { mother, startWorld, stranger, type World } from './world'

describe('用证授权', () => {
  let world: World
  let applied: Applied
  let browser: Browser
  before(async () => {
    world = await startWorld()
  })
  beforeEach(async () => {
    world.outside.licences = [idCard(mother)]
    world.outside.dispatched.length = 0
    world.outside.caseMessages.length = 0
    applied = await applyFor(world, mother, 'retirement', resident)
    browser = applied.browser
  })
  after(async () => {
    await foldsHold(world)
    await world.close()
  })

  const licence = async () => (await api<LicenceList>(browser, 'GET', '/licences')).licences[0]?.id ?? ''
  const grants = async () => (await api<LicenceGrantList>(browser, 'GET', `/licences/${await licence()}/grants`)).grants
  const active = async () => (await grants()).filter(({ status }) => status === 'active')
  const revoke = (id: string, by = browser) => by.send({ method: 'POST', url: `/api/v1/licence-grants/${id}/revocation` })
  const only = async () => (await active())[0] ?? assert.fail('没有在用的授权')
  const told = () => world.outside.caseMessages.filter(({ message }) => message.kind === 'licence')

  test('证照随办件送出，就记下给了谁、为什么、哪几格，到办结为止；不记值', async () => {
    const sent = world.outside.dispatched.find(({ materials }) => materials.some((each) => each.licence?.type === 'id-card'))
    const grant = await only()
    const given = sent?.materials.find((each) => each.licence?.type === 'id-card')?.licence
    assert.deepEqual(grant.fields, Object.keys(given?.face ?? {}))
    assert.equal(grant.purpose, `办理${sent?.matterName}（${sent?.caseNo}）`)
    assert.deepEqual([grant.until, grant.allowedActions], [null, ['revoke']])
    assert.equal((await readCase(browser, grant.caseId ?? '')).caseNo, sent?.caseNo)
    const { rows } = await world.deps.pool.query<{ row: string }>('select g::text as row from licence_grant g')
    assert.ok(rows.length > 0 && rows.every(({ row }) => !row.includes(mother.idNumber) && !row.includes(mother.name)))
    await withdrawAll(browser, applied.submissionId)
  })

  test('收回：办件记一笔、部门收到、足迹一条；再收一次答复一样；办到哪里还在哪里', async () => {
    const grant = await only()
    const { status } = await readCase(browser, grant.caseId ?? '')
    const [first, second] = await Promise.all([revoke(grant.id), revoke(grant.id)])
    for (const reply of [first, second, await revoke(grant.id)]) {
      const { status: now, allowedActions } = reply.json<LicenceGrant>()
      assert.deepEqual([reply.statusCode, now, allowedActions], [200, 'revoked', []], reply.body)
    }
    await deliverAll(world)
    assert.deepEqual(told().map(({ message }) => message.licence?.status), ['grantRevoked'])
    const detail = await readCase(browser, grant.caseId ?? '')
    assert.equal(detail.status, status)
    const noted = detail.timeline.filter(({ type }) => type === 'licenceChanged')
    assert.match(noted.map((each) => each.detail).join(), /^所依据的居民身份证有变：持证人收回了授权（.+）。部门会收到通知。$/)
    const { traces } = await api<TraceList>(browser, 'GET', '/traces?limit=50')
    assert.equal(traces.filter(({ purpose }) => purpose.startsWith('收回居民身份证的授权')).length, 1)
    await withdrawAll(browser, applied.submissionId)
  })

  test('收回以后证照再有变，不再说给这一件', async () => {
    await revoke((await only()).id)
    await deliverAll(world)
    const payload = {
      eventId: randomUUID(),
      at: new Date(world.deps.now()).toISOString(),
      licence: { ...idCard(mother), status: 'suspended' },
      reason: null
    }
    assert.equal((await world.app.inject({ method: 'POST', url: '/api/v1/licences/changes', payload })).statusCode, 200)
    await deliverAll(world)
    assert.equal(told().length, 1)
    world.pass(1000)
    const back = { ...payload, eventId: randomUUID(), at: new Date(world.deps.now()).toISOString(), licence: idCard(mother) }
    await world.app.inject({ method: 'POST', url: '/api/v1/licences/changes', payload: back })
    await withdrawAll(browser, applied.submissionId)
  })

  test('办件结束，授权随之结束，收不回了', async () => {
    const { id } = await only()
    await withdrawAll(browser, applied.submissionId)
    assert.deepEqual(await active(), [])
    assert.equal((await grants()).find((each) => each.id === id)?.status, 'ended')
    problemOf(await revoke(id), 409, 'illegal_transition')
  })

  test('证照注销，授权随之结束，办件听得到', async () => {
    const { id } = await only()
    const payload = {
      eventId: randomUUID(),
      at: new Date(world.deps.now()).toISOString(),
      licence: { ...idCard(mother), status: 'cancelled' },
      reason: '遗失'
    }
    await world.app.inject({ method: 'POST', url: '/api/v1/licences/changes', payload })
    await deliverAll(world)
    assert.equal((await grants()).find((each) => each.id === id)?.status, 'ended')
    assert.deepEqual(told().map(({ message }) => message.licence?.status), ['cancelled'])
    await withdrawAll(browser, applied.submissionId)
    world.pass(1000)
    const licenceNow = { ...payload, eventId: randomUUID(), at: new Date(world.deps.now()).toISOString(), licence: idCard(mother) }
    await world.app.inject({ method: 'POST', url: '/api/v1/licences/changes', payload: licenceNow })
  })

  test('持证人已故，授权随之结束，不能再出示', async () => {
    const { id } = await only()
    await api(browser, 'POST', '/licences/claims', {})
    const ofMother = `id = (select subject_id from licence_grant where id = '${id}')`
    await world.deps.pool.query(`update subject set deceased = true where ${ofMother}`)
    assert.equal((await grants()).find((each) => each.id === id)?.status, 'ended')
    const { allowedActions, reasons } = await api<Licence>(browser, 'GET', `/licences/${await licence()}`)
    assert.deepEqual([allowedActions, reasons], [[], ['持证人已故，这本证照不能再出示']])
    await world.deps.pool.query(`update subject set deceased = false where ${ofMother}`)
    await withdrawAll(browser, applied.submissionId)
  })

  test('别人的授权、没有的授权：404，什么也没变', async () => {
    const { id } = await only()
    const { browser: other } = await signIn(world, stranger)
    problemOf(await revoke(id, other), 404, 'not_found')
    problemOf(await revoke(world.deps.newId()), 404, 'not_found')
    problemOf(await other.send({ method: 'GET', url: `/api/v1/licences/${await licence()}/grants` }), 404, 'not_found')
    assert.equal((await only()).id, id)
    assert.equal(told().length, 0)
    await withdrawAll(browser, applied.submissionId)
  })
})
