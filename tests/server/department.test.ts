import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { DispatchCase } from '../../contract/gateways/departments'
import type { MessageList } from '../../contract/messages'
import { accepted, applyFor, birthCert, foldsHold, founder, problemOf, single, steps, tellUs, withdrawAll, type Applied } from './cases'
import { api, deliverAll, finishAll, readCase } from './journey'
import { mother, startWorld, type World } from './world'

const resident = { kind: 'res', pre: 'n', one: 'n', fund: 'n' }

describe('部门回告', () => {
  let world: World
  before(async () => {
    world = await startWorld()
  })
  beforeEach(() => {
    world.outside.dispatched.length = 0
    world.outside.callbacksHold = true
  })
  after(async () => {
    await foldsHold(world)
    await world.close()
  })

  /** 一份退休（居民养老）提交：第一件已派到部门。 */
  const begin = async (): Promise<{ applied: Applied; sent: DispatchCase; caseId: string }> => {
    const applied = await applyFor(world, founder, 'retirement', resident)
    return { applied, sent: await applied.sent('res'), caseId: (await applied.caseOf('res')).id }
  }
  const end = ({ browser, submissionId }: Applied) => withdrawAll(browser, submissionId)
  const messages = async ({ browser }: Applied) => (await api<MessageList>(browser, 'GET', '/messages?limit=50')).messages

  test('同一个 eventId 再来，答复一样，什么也不变；消息也只有一条', async () => {
    const { applied, sent, caseId } = await begin()
    const event = { ...accepted(sent), eventId: randomUUID(), documentNo: '演示受理〔2026〕7号' }
    const replies = await Promise.all([tellUs(world, sent, event), tellUs(world, sent, event), tellUs(world, sent, event)])
    for (const reply of replies) assert.deepEqual([reply.statusCode, reply.json()], [200, { eventId: event.eventId }])
    const { timeline } = await readCase(applied.browser, caseId)
    assert.equal(timeline.filter(({ documentNo }) => documentNo === event.documentNo).length, 1)
    assert.equal((await messages(applied)).filter(({ body }) => body.includes(event.documentNo)).length, 1)
    await end(applied)
  })

  test('签名不对、别的部门、没有的办件、多余的字段、坏的时刻：各自拒收', async () => {
    const { applied, sent } = await begin()
    world.outside.callbacksHold = false
    problemOf(await tellUs(world, sent, accepted(sent)), 401, 'signature_invalid')
    problemOf(await tellUs(world, sent, { type: 'not-a-type' as never }), 401, 'signature_invalid')
    world.outside.callbacksHold = true
    problemOf(await tellUs(world, sent, { ...accepted(sent), departmentId: 'police' }), 403, 'forbidden')
    problemOf(await tellUs(world, sent, { ...accepted(sent), caseNo: '320281-20261119-999999' }), 404, 'not_found')
    for (const extra of [{ surprise: 1 }, { at: 'yesterday' }, { type: 'withdrawn' }, { extendDays: 11 }] as object[]) {
      const reply = await tellUs(world, sent, { ...accepted(sent), ...extra })
      assert.ok([400, 422].includes(reply.statusCode), `${JSON.stringify(extra)} ${reply.body}`)
    }
    const notJson = await world.app.inject({
      method: 'POST',
      url: '/api/v1/departments/callbacks',
      headers: { 'content-type': 'application/json' },
      payload: '{"eventId":'
    })
    problemOf(notJson, 400, 'bad_request')
    assert.equal((await applied.caseOf('res')).status, sent.acceptOnReceipt ? 'submitted' : 'preReview')
    await end(applied)
  })

  test('次序不对的退回 409，并说此刻该来什么', async () => {
    const { applied, sent } = await begin()
    const early = problemOf(await tellUs(world, sent, { type: 'decided', outcome: 'approve' }), 409, 'illegal_transition')
    assert.ok(early.allowedActions?.includes('accepted'), JSON.stringify(early))
    await steps(world, sent, accepted(sent))
    const twice = problemOf(await tellUs(world, sent, accepted(sent)), 409, 'illegal_transition')
    assert.ok(twice.allowedActions?.includes('examineStarted'))
    await steps(world, sent, { type: 'examineStarted' })
    problemOf(await tellUs(world, sent, { type: 'delivered' }), 409, 'illegal_transition')
    await end(applied)
    const late = problemOf(await tellUs(world, sent, { type: 'decided', outcome: 'approve' }), 409, 'illegal_transition')
    assert.deepEqual(late.allowedActions, [])
  })

  test('该写明的没写明：说缺什么，日志不动', async () => {
    const { applied, sent, caseId } = await begin()
    const refused = async (callback: object) => problemOf(await tellUs(world, sent, callback), 422, 'invalid_fields').errors?.[0]?.message
    assert.match((await refused({ type: 'rejected', reason: '不属于本机关' })) ?? '', /救济途径/)
    assert.match((await refused({ type: 'correctionRequested' })) ?? '', /逐条/)
    const stray = { kind: 'field', target: 'payeeAccountOfSomebody', problem: '不对', mend: '请改' }
    assert.match((await refused({ type: 'correctionRequested', items: [stray] })) ?? '', /本件没有/)
    await steps(world, sent, accepted(sent), { type: 'examineStarted' })
    assert.match((await refused({ type: 'specialProcedureStarted' })) ?? '', /特别程序/)
    assert.match((await refused({ type: 'extended', extendDays: 3 })) ?? '', /理由/)
    assert.match((await refused({ type: 'decided' })) ?? '', /准予还是不予/)
    assert.match((await refused({ type: 'decided', outcome: 'disapprove', reason: '不符合' })) ?? '', /救济途径/)
    assert.equal((await readCase(applied.browser, caseId)).timeline.at(-1)?.type, 'examineStarted')
    await end(applied)
  })

  test('证照要是本事项该出的那一种；该出证照的不能拿文书充数，该出文书的不能出证照', async () => {
    const applied = await applyFor(world, mother, 'newborn', single)
    const bc = await applied.sent('bc')
    await steps(world, bc, accepted(bc), { type: 'examineStarted' }, { type: 'decided', outcome: 'approve' })
    problemOf(await tellUs(world, bc, { type: 'issued', licence: { ...birthCert(bc), type: 'id-card' } }), 422, 'invalid_fields')
    problemOf(await tellUs(world, bc, { type: 'issued' }), 422, 'invalid_fields')
    problemOf(await tellUs(world, bc, { type: 'resultReady', document: { name: '回执', number: '1' } }), 422, 'invalid_fields')
    const unsound = { ...birthCert(bc), identifier: `${birthCert(bc).identifier}0` }
    const refused = problemOf(await tellUs(world, bc, { type: 'issued', licence: unsound }), 422, 'invalid_fields')
    assert.equal(refused.errors?.[0]?.pointer, '/licence/identifier')
    await steps(world, bc, { type: 'issued', licence: birthCert(bc) })
    await deliverAll(world)
    const fee = await applied.sent('fee')
    await steps(world, fee, accepted(fee), { type: 'examineStarted' }, { type: 'decided', outcome: 'approve' })
    problemOf(await tellUs(world, fee, { type: 'issued', licence: birthCert(fee) }), 422, 'invalid_fields')
    problemOf(await tellUs(world, fee, { type: 'resultReady' }), 422, 'invalid_fields')
    await end(applied)
  })

  test('特别程序停表：写明种类与预计天数，结束后接着走；延期合计不超过 10 个工作日', async () => {
    const { applied, sent, caseId } = await begin()
    const procedure = { kind: 'siteInspection', name: '现场踏勘', expectedDays: 3 }
    await steps(world, sent, accepted(sent), { type: 'examineStarted' }, { type: 'specialProcedureStarted', procedure })
    const paused = await readCase(applied.browser, caseId)
    assert.deepEqual([paused.status, paused.clock.state, paused.clock.paused?.reason], ['paused', 'paused', '现场踏勘'])
    problemOf(await tellUs(world, sent, { type: 'decided', outcome: 'approve' }), 409, 'illegal_transition')
    await steps(world, sent, { type: 'specialProcedureEnded' }, { type: 'extended', extendDays: 6, reason: '情况复杂' })
    problemOf(await tellUs(world, sent, { type: 'extended', extendDays: 5, reason: '还没完' }), 422, 'invalid_fields')
    const told = (await messages(applied)).map(({ title }) => title)
    for (const word of ['暂停计时', '恢复计时', '延长办理期限']) assert.equal(told.filter((title) => title.includes(word)).length, 1, word)
    await end(applied)
  })

  test('部门的钟慢了，日志里的时间也不倒流；快了，不算到将来', async () => {
    const { applied, sent, caseId } = await begin()
    await steps(world, sent, { ...accepted(sent), at: '2020-01-01T00:00:00Z' }, { type: 'examineStarted', at: '2030-01-01T00:00:00Z' })
    const times = (await readCase(applied.browser, caseId)).timeline.map(({ at }) => Date.parse(at))
    assert.deepEqual(
      times,
      [...times].sort((one, other) => one - other)
    )
    assert.ok(times.every((at) => at <= world.deps.now()))
    await end(applied)
  })

  test('每一步与我有关的都有一条消息，连着能打开它的地方', async () => {
    const applied = await applyFor(world, founder, 'retirement', resident)
    await finishAll(world)
    const res = await applied.caseOf('res')
    const told = (await messages(applied)).filter(({ target }) => target?.id === res.id || target?.id === applied.submissionId)
    const titles = told.map(({ title }) => title.split('：')[1])
    for (const word of ['已提交', '已受理', '已办结', '全部办好了'])
      assert.equal(titles.filter((title) => title === word).length, 1, `${word} ${titles.join()}`)
    assert.ok(!titles.some((title) => title?.includes('审查')), '部门内部的步骤不打扰人')
  })
})
