import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { QueryConfig } from 'pg'
import type { IssuedCode } from '../../contract/codes'
import type { MessageList } from '../../contract/messages'
import type { Problem } from '../../contract/problems'
import type { Trace, TraceList } from '../../contract/traces'
import { demoCreditCode, demoIdNumber } from '../../mock/numbers'
import { deliverers } from '../../server/deliverers'
import { recordSubject, relate } from '../../server/modules/identity/subjects'
import { deliverLane } from '../../server/modules/outbox/service'
import { actorOf } from '../../server/modules/trace/actor'
import { announceTrace, recordTrace, type TraceEntry } from '../../server/modules/trace/service'
import { api } from './journey'
import { arrive, signIn, type Browser, type Reply, type Somebody } from './sign-in'
import { mother, startWorld, stranger, type World } from './world'

describe('足迹：异议与说明', () => {
  let world: World
  let mine: Somebody
  let other: Browser
  before(async () => {
    world = await startWorld()
    mine = await arrive(world, mother)
    other = (await signIn(world, stranger)).browser
  })
  after(async () => {
    await world.close()
  })
  beforeEach(async () => {
    for (const table of ['objection', 'trace', 'message', 'outbox']) await world.deps.pool.query(`delete from ${table}`)
    world.outside.objections.length = 0
    world.lanes.length = 0
    world.outside.down.clear()
  })

  async function leave(entry: Partial<TraceEntry> = {}): Promise<Trace> {
    world.pass(1000)
    const defaults = { subjectId: mine.selfId, actor: '演示图书馆借阅台', actorKind: 'reader', readerId: 'library-desk', action: 'read' } as const
    await recordTrace(world.deps.pool, world.deps, { ...defaults, purpose: '借书（借阅）', fields: ['姓名（打码）'], ...entry })
    const whose = entry.subjectId && { 'x-acting-for': entry.subjectId }
    const { traces } = await api<TraceList>(mine.browser, 'GET', '/traces?limit=1', undefined, 200, { ...whose })
    return traces[0] ?? assert.fail('没有留下足迹')
  }
  const object = (id: string, text?: string, by = mine.browser) =>
    by.send({ method: 'POST', url: `/api/v1/traces/${id}/objection`, payload: text === undefined ? {} : { text } })
  const objected = async (id: string, text?: string) => {
    const reply = await object(id, text)
    assert.equal(reply.statusCode, 200, reply.body)
    return reply.json<Trace>()
  }
  const problemOf = (reply: Reply) => [reply.statusCode, reply.json<Problem>().code]
  const deliver = async () => {
    for (const lane of world.lanes.splice(0)) await deliverLane(world.deps, deliverers(world.deps), lane)
  }
  const answer = (id: string, text: string, reader = 'library-desk') =>
    world.app.inject({
      method: 'POST',
      url: `/api/v1/traces/objections/${id}/answer`,
      payload: { text },
      headers: reader ? { 'x-reader': reader } : {}
    })
  const sent = () => world.outside.objections[0] ?? assert.fail('没有送出')

  test('提异议：记下、按工作日算好答复期限、送到核码端；不说是谁提的', async () => {
    const trace = await leave()
    assert.deepEqual([trace.objectable, trace.explainedBy, trace.objection], [true, 'reader', null])
    const { objection } = await objected(trace.id, '  我没去过图书馆  ')
    // 11 月 19 日是周四，五个工作日后是下周四。
    assert.deepEqual([objection?.text, objection?.answerBy, objection?.deliveredAt], ['我没去过图书馆', '2026-11-26', null])
    await deliver()
    assert.deepEqual(world.outside.objections, [
      {
        objectionId: sent().objectionId,
        readerId: 'library-desk',
        concerns: { kind: 'reader', name: '演示图书馆借阅台' },
        at: trace.at,
        purpose: '借书（借阅）',
        refused: false,
        fields: ['姓名（打码）'],
        text: '我没去过图书馆'
      }
    ])
    assert.ok(!JSON.stringify(sent()).includes(mother.name))
    const seen = await api<Trace>(mine.browser, 'GET', `/traces/${trace.id}`)
    assert.notEqual(seen.objection?.deliveredAt, null)
  })

  test('同一条再提，答复一样，只送一次；不写也能提；写的话在库里是密封的', async () => {
    const trace = await leave()
    const first = await objected(trace.id)
    world.pass(60_000)
    assert.deepEqual(await objected(trace.id, '再写一遍'), first)
    assert.equal(first.objection?.text, null)
    const { id } = await leave()
    const [one, same] = await Promise.all([objected(id, '密封的话'), objected(id, '密封的话')])
    assert.deepEqual(one, same)
    await deliver()
    assert.equal(world.outside.objections.length, 2)
    const { rows } = await world.deps.pool.query<{ row: string }>(
      'select t::text as row from objection t union all select o::text from outbox o'
    )
    assert.ok(rows.every(({ row }) => !row.includes(Buffer.from('密封').toString('hex'))))
  })

  test('送不到就一直送，至少一次；期间照实说还没送到', async () => {
    const trace = await leave()
    await objected(trace.id)
    world.outside.down.add('readers')
    const lanes = [...world.lanes]
    await assert.rejects(deliver())
    assert.equal((await api<Trace>(mine.browser, 'GET', `/traces/${trace.id}`)).objection?.deliveredAt, null)
    world.outside.down.clear()
    world.lanes.push(...lanes)
    await deliver()
    assert.equal(world.outside.objections.length, 1)
    assert.notEqual((await api<Trace>(mine.browser, 'GET', `/traces/${trace.id}`)).objection?.deliveredAt, null)
  })

  test('没登录 401，别人 404；自己看的不能提；没有的 404；太长 422', async () => {
    const trace = await leave()
    assert.equal((await world.app.inject({ method: 'POST', url: `/api/v1/traces/${trace.id}/objection`, payload: {} })).statusCode, 401)
    assert.deepEqual(problemOf(await object(trace.id, undefined, other)), [404, 'not_found'])
    assert.deepEqual(problemOf(await other.send({ method: 'GET', url: `/api/v1/traces/${trace.id}` })), [404, 'not_found'])
    const own = await leave({ actor: '本人', actorKind: 'self', readerId: undefined })
    assert.deepEqual([own.objectable, own.explainedBy], [false, null])
    assert.deepEqual(problemOf(await object(own.id)), [409, 'illegal_transition'])
    assert.deepEqual(problemOf(await object(world.deps.newId())), [404, 'not_found'])
    assert.deepEqual(problemOf(await object(trace.id, '长'.repeat(201))), [422, 'invalid_fields'])
    assert.equal((await world.deps.pool.query('select 1 from objection')).rowCount, 0)
  })

  test('被监护人的足迹：能代表时能提，关系没了就看不到、提不了，别人代办的也不行', async () => {
    const { pool } = world.deps
    const childId = await recordSubject(pool, world.deps, { kind: 'natural_person', name: '林小演', idCode: demoIdNumber('2024-01-02', 3) })
    await relate(pool, world.deps, mine.me.accountId, childId, 'guardian')
    const trace = await leave({ subjectId: childId })
    assert.notEqual((await objected(trace.id)).objection, null)
    await pool.query('update relation set until = $2 where subject_id = $1', [childId, new Date(world.deps.now())])
    assert.deepEqual(problemOf(await object(trace.id)), [404, 'not_found'])
    assert.deepEqual(problemOf(await mine.browser.send({ method: 'GET', url: `/api/v1/traces/${trace.id}` })), [404, 'not_found'])
  })

  test('监护人自己看的孩子的证照不能提；换一位监护人看的能提，打码后同名分不清也能提', async () => {
    const { pool } = world.deps
    const childId = await recordSubject(pool, world.deps, { kind: 'natural_person', name: '林小演', idCode: demoIdNumber('2024-02-03', 5) })
    await relate(pool, world.deps, mine.me.accountId, childId, 'guardian')
    const looked = async (person: Somebody) =>
      leave({ subjectId: childId, readerId: undefined, ...(await actorOf(pool, world.deps, { ...person, role: 'self' }, childId)) })
    const own = await looked(mine)
    assert.deepEqual([own.actorKind, own.objectable, own.explainedBy], ['proxy', false, null])
    assert.deepEqual(problemOf(await object(own.id)), [409, 'illegal_transition'])
    const guardian = async (name: string, serial: number) => {
      const one = await arrive(world, { ...stranger, name, idNumber: demoIdNumber('1990-01-02', serial) })
      await relate(pool, world.deps, one.me.accountId, childId, 'guardian')
      return one
    }
    const theirs = await looked(await guardian('陈演示', 7))
    assert.deepEqual([theirs.objectable, theirs.explainedBy], [true, 'complaints'])
    assert.equal((await api<Trace>(mine.browser, 'GET', `/traces/${own.id}`)).objectable, false)
    const alike = await looked(await guardian(`${mother.name.slice(0, 1)}演示`, 9))
    assert.deepEqual([alike.actor === own.actor, alike.objectable], [true, true])
  })

  test('凭授权替企业办的，经办人用自己的身份也读不到企业的足迹、提不了异议，屏幕上不响；法定代表人照旧', async () => {
    const { pool } = world.deps
    const companyId = await recordSubject(pool, world.deps, { kind: 'legal_person', name: '江阴市演示有限公司', idCode: demoCreditCode(7) })
    await relate(pool, world.deps, mine.me.accountId, companyId, 'legalRepresentative')
    const clerk = await arrive(world, stranger)
    await relate(pool, world.deps, clerk.me.accountId, companyId, 'operator')
    const trace = await leave({ subjectId: companyId })
    for (const reply of [await other.send({ method: 'GET', url: `/api/v1/traces/${trace.id}` }), await object(trace.id, undefined, other)])
      assert.deepEqual(problemOf(reply), [404, 'not_found'])
    assert.notEqual((await objected(trace.id)).objection, null)
    const told: unknown[] = []
    const query = (asked: QueryConfig) => (asked.name === 'announce' ? told.push(...(asked.values ?? [])) : pool.query(asked))
    await announceTrace({ query } as unknown as typeof pool, companyId, trace.id)
    assert.deepEqual(told, ['live', JSON.stringify({ accountIds: [mine.me.accountId], event: { kind: 'trace', id: trace.id } })])
  })

  test('答复：只收被反对的那一个的，只收一次；提的人收到消息，足迹上看得到', async () => {
    const trace = await leave()
    await objected(trace.id, '为什么看我的')
    await deliver()
    const { objectionId } = sent()
    assert.deepEqual(problemOf(await answer(objectionId, '不是我们', 'hall-desk')), [404, 'not_found'])
    assert.deepEqual(problemOf(await answer(objectionId, '不是我们', 'complaints')), [404, 'not_found'])
    assert.deepEqual(problemOf(await answer(world.deps.newId(), '没有这一条')), [404, 'not_found'])
    world.outside.callbacksHold = false
    assert.deepEqual(problemOf(await answer(objectionId, '没有签名')), [401, 'signature_invalid'])
    world.outside.callbacksHold = true
    assert.deepEqual(problemOf(await answer(objectionId, '')), [422, 'invalid_fields'])
    assert.equal((await api<Trace>(mine.browser, 'GET', `/traces/${trace.id}`)).objection?.answer, null)

    assert.equal((await answer(objectionId, '你当时在借阅台借书')).statusCode, 204)
    assert.equal((await answer(objectionId, '你当时在借阅台借书')).statusCode, 204, '重发的同一个答复')
    assert.deepEqual(problemOf(await answer(objectionId, '改口')), [409, 'illegal_transition'])
    const { objection } = await api<Trace>(mine.browser, 'GET', `/traces/${trace.id}`)
    assert.equal(objection?.answer, '你当时在借阅台借书')
    const { messages } = await api<MessageList>(mine.browser, 'GET', '/messages')
    assert.deepEqual(messages.map(({ kind, target }) => [kind, target]), [['code', { kind: 'trace', id: trace.id }]])
    assert.match(messages[0]?.body ?? '', /演示图书馆借阅台：你当时在借阅台借书/)
    const { rows } = await world.deps.pool.query<{ row: string }>('select t::text as row from objection t')
    assert.ok(!rows[0]?.row.includes(Buffer.from('借阅台').toString('hex')))
  })

  test('部门、平台、代办人留下的：交投诉受理，由它答复', async () => {
    for (const actorKind of ['department', 'system', 'proxy'] as const) {
      const { id, explainedBy } = await leave({ actorKind, actor: '演示单位', readerId: undefined })
      assert.equal(explainedBy, 'complaints')
      await objected(id)
    }
    await deliver()
    assert.deepEqual(world.outside.objections.map(({ readerId, concerns }) => [readerId, concerns.kind]), [
      ['complaints', 'department'],
      ['complaints', 'system'],
      ['complaints', 'proxy']
    ])
    assert.deepEqual(problemOf(await answer(sent().objectionId, '不归我', 'library-desk')), [404, 'not_found'])
    assert.equal((await answer(sent().objectionId, '已请有关单位核对', 'complaints')).statusCode, 204)
    assert.equal((await api<MessageList>(mine.browser, 'GET', '/messages')).messages[0]?.kind, 'account')
  })

  test('真读一次码：足迹记下是哪个核码端，被拒的也是；没登记的交投诉受理', async () => {
    const { text } = await api<IssuedCode>(mine.browser, 'POST', '/codes', undefined, 201)
    const payload = { code: text, scene: 'queue' }
    for (const reader of ['nobody', 'hall-desk', 'hall-desk']) {
      world.pass(1000)
      await world.app.inject({ method: 'POST', url: '/api/v1/codes/readings', payload, headers: { 'x-reader': reader } })
    }
    let traces: TraceList['traces'] = []
    // 没登记的那一次，足迹在答复之后才记下。
    while (traces.length < 3) ({ traces } = await api<TraceList>(mine.browser, 'GET', '/traces?of=reader'))
    assert.deepEqual(traces.map(({ action }) => action), ['refused', 'read', 'refused'])
    for (const { id } of traces) await objected(id)
    await deliver()
    assert.deepEqual(world.outside.objections.map(({ readerId }) => readerId), ['hall-desk', 'hall-desk', 'complaints'])
  })

  test('筛：核码、部门、代办、被拒绝的各看各的，分页不串', async () => {
    await leave({ purpose: '核码' })
    await leave({ purpose: '核码没成', action: 'refused', fields: [] })
    await leave({ purpose: '部门', actorKind: 'department', readerId: undefined })
    await leave({ purpose: '代办', actorKind: 'proxy', readerId: undefined })
    await leave({ purpose: '代办没成', actorKind: 'proxy', action: 'refused', readerId: undefined })
    const list = (query: string) => api<TraceList>(mine.browser, 'GET', `/traces?${query}`)
    const purposes = async (of: string) => (await list(`of=${of}`)).traces.map(({ purpose }) => purpose)
    assert.deepEqual(await purposes('reader'), ['核码没成', '核码'])
    assert.deepEqual(await purposes('department'), ['部门'])
    assert.deepEqual(await purposes('proxy'), ['代办没成', '代办'])
    assert.deepEqual(await purposes('refused'), ['代办没成', '核码没成'])
    const first = await list('of=reader&limit=1')
    const second = await list(`of=reader&limit=1&cursor=${first.nextCursor}`)
    assert.deepEqual([...first.traces, ...second.traces].map(({ purpose }) => purpose), ['核码没成', '核码'])
    assert.equal(second.nextCursor, null)
    assert.equal((await mine.browser.send({ method: 'GET', url: '/api/v1/traces?of=everything' })).statusCode, 422)
  })

  test('提得太多要等一等', async () => {
    const { id } = await leave()
    const someone = (await signIn(world, { ...stranger, name: '许演示', idNumber: demoIdNumber('1980-05-06', 5) })).browser
    const replies: number[] = []
    for (let tries = 0; tries < 31; tries++) replies.push((await object(id, undefined, someone)).statusCode)
    assert.deepEqual([replies[29], replies[30]], [404, 429])
  })
})
