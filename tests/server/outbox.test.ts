import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { Submission } from '../../contract/submissions'
import { tx } from '../../server/db/pool'
import { GatewayRefused } from '../../server/gateways/ports'
import {
  deliverLane,
  enqueue,
  outboxCounts,
  pendingLanes,
  redeliver,
  reviveLanes,
  type Deliverers,
  type OutboxMessage
} from '../../server/modules/outbox/service'
import { applyFor, foldsHold, founder, steps } from './cases'
import { api, deliverAll, readCase, startDraft, complete, signAndSubmit } from './journey'
import { signIn } from './sign-in'
import { startWorld, stranger, type World } from './world'

describe('待发箱：至少一次、同一条线按次序、从不丢', () => {
  let world: World
  let arrived: OutboxMessage[]
  let down: boolean
  before(async () => {
    world = await startWorld()
  })
  beforeEach(() => {
    arrived = []
    down = false
  })
  after(async () => {
    await foldsHold(world)
    await world.close()
  })

  const take = async (message: OutboxMessage) => {
    if (down) throw new Error('unreachable')
    arrived.push(message)
  }
  const to: Deliverers = {
    department: take,
    wechat: take,
    sms: take,
    invitation: take,
    objection: take,
    licence: take,
    rectification: take
  }
  const put = (lane: string, word: string) =>
    tx(world.deps.pool, (client) => enqueue(client, world.deps, { messageId: randomUUID(), lane, kind: 'sms', payload: { word } }))
  const words = () => arrived.map(({ payload }) => (payload as { word: string }).word)
  const row = async (lane: string) =>
    (
      await world.deps.pool.query<{
        attempts: number
        last_error: string | null
        delivered_at: Date | null
        payload_sealed: Buffer | null
      }>('select attempts, last_error, delivered_at, payload_sealed from outbox where lane = $1 order by id', [lane])
    ).rows

  test('按放进去的次序送，送过的不再送；存着的是密文', async () => {
    for (const word of ['一', '二', '三']) await put('line-a', word)
    assert.ok((await row('line-a')).every(({ payload_sealed: sealed }) => sealed && !sealed.toString('utf8').includes('word')))
    assert.equal(await deliverLane(world.deps, to, 'line-a'), 3)
    assert.equal(await deliverLane(world.deps, to, 'line-a'), 0)
    assert.deepEqual(words(), ['一', '二', '三'])
  })

  test('送到之后内容抹掉，编号、线、时刻和次数留着', async () => {
    await put('line-erased', '一')
    await deliverLane(world.deps, to, 'line-erased')
    const [kept] = await row('line-erased')
    assert.equal(kept?.payload_sealed, null)
    assert.deepEqual([kept?.attempts, kept?.delivered_at?.getTime()], [1, world.deps.now()])
    const { rows } = await world.deps.pool.query('select 1 from outbox where delivered_at is not null and payload_sealed is not null')
    assert.equal(rows.length, 0)
  })

  test('对方明确拒收：停放在一边并告警，后面的照送；放回去再送，还是同一个编号、同样的内容', async () => {
    for (const word of ['坏的', '好的']) await put('line-refused', word)
    const picky: Deliverers = {
      ...to,
      sms: async (message) => {
        if ((message.payload as { word: string }).word === '坏的') throw new GatewayRefused('短信网关', 422)
        await take(message)
      }
    }
    const before = await outboxCounts(world.deps.pool)
    assert.equal(await deliverLane(world.deps, picky, 'line-refused'), 1)
    assert.deepEqual(words(), ['好的'])
    const [refused] = await row('line-refused')
    assert.deepEqual([refused?.attempts, refused?.last_error, refused?.delivered_at], [1, 'status 422', null])
    assert.ok(refused?.payload_sealed)
    assert.equal(world.logged.filter((line) => line.includes('outbox_refused') && line.includes('line-refused')).length, 1)
    assert.ok(!world.logged.join().includes('坏的'), '告警里没有内容')
    assert.equal(await deliverLane(world.deps, picky, 'line-refused'), 0, '不会自己再试')
    const now = await outboxCounts(world.deps.pool)
    assert.deepEqual(now, { waiting: before.waiting - 2, refused: before.refused + 1 })
    const ready = await world.app.inject('/readyz')
    assert.deepEqual([ready.statusCode, ready.json<{ outbox: object }>().outbox], [200, now])

    world.lanes.length = 0
    assert.equal(await redeliver(world.deps), now.refused)
    assert.deepEqual(world.lanes, ['line-refused'])
    assert.equal(await deliverLane(world.deps, to, 'line-refused'), 1)
    assert.deepEqual(words(), ['好的', '坏的'])
    assert.equal((await outboxCounts(world.deps.pool)).refused, 0)
  })

  test('没人再试的线，五分钟后重新派人；有人在试的、拒收的，不重复派', async () => {
    await put('line-lost', '一')
    world.lanes.length = 0
    await reviveLanes(world.deps)
    assert.deepEqual(world.lanes, [])
    world.pass(5 * 60_000 + 1)
    await reviveLanes(world.deps)
    assert.deepEqual(world.lanes, ['line-lost'])
    down = true
    await assert.rejects(deliverLane(world.deps, to, 'line-lost'), /unreachable/)
    world.lanes.length = 0
    await reviveLanes(world.deps)
    assert.deepEqual(world.lanes, [], '刚刚有人试过')
    down = false
    await deliverLane(world.deps, to, 'line-lost')
    world.pass(5 * 60_000 + 1)
    await reviveLanes(world.deps)
    assert.deepEqual(world.lanes, [])
  })

  test('部门的系统拒收一件：申请人看到在处理、不用他做什么；放回去送到后照常', async () => {
    const { browser } = await signIn(world, stranger)
    const draft = await complete(browser, await startDraft(browser, 'retirement', { kind: 'res', pre: 'n', one: 'n', fund: 'n' }))
    world.outside.departmentsRefuse = true
    world.lanes.length = 0
    const { submissionId } = await signAndSubmit(world, browser, stranger, draft.id)
    await deliverAll(world)
    world.outside.departmentsRefuse = false
    const submission = () => api<Submission>(browser, 'GET', `/submissions/${submissionId}`)
    const trouble = '系统对接出了问题，我们在处理，你不用做什么。'
    const stuck = await submission()
    assert.equal(stuck.nextStep, trouble)
    const first = stuck.cases.find(({ status }) => status === 'submitted')
    assert.equal(first?.nextStep, trouble)
    assert.equal((await readCase(browser, first?.id ?? '')).nextStep, trouble)
    await redeliver(world.deps)
    await deliverAll(world)
    assert.ok(world.outside.dispatched.some(({ caseNo }) => caseNo === first?.caseNo))
    assert.ok(!JSON.stringify(await submission()).includes(trouble))
  })

  test('对方没收到就停在那一条：记下次数和原因，不越过去；别的线不受影响；重来还是同一个编号', async () => {
    for (const word of ['一', '二']) await put('line-b', word)
    await put('line-c', '别的线')
    down = true
    await assert.rejects(deliverLane(world.deps, to, 'line-b'), /unreachable/)
    await assert.rejects(deliverLane(world.deps, to, 'line-b'), /unreachable/)
    const [first, second] = await row('line-b')
    assert.deepEqual([first?.attempts, first?.last_error, first?.delivered_at, second?.attempts], [2, 'Error', null, 0])
    assert.deepEqual((await pendingLanes(world.deps.pool)).sort(), ['line-b', 'line-c'])
    down = false
    assert.equal(await deliverLane(world.deps, to, 'line-c'), 1)
    assert.equal(await deliverLane(world.deps, to, 'line-b'), 2)
    assert.deepEqual(words(), ['别的线', '一', '二'])
    assert.deepEqual(await pendingLanes(world.deps.pool), [])
  })

  test('送到了、还没记下就断了：再送一遍，编号不变', async () => {
    await put('line-d', '一')
    const breaking: Deliverers = {
      ...to,
      sms: async (message) => {
        await take(message)
        return async () => Promise.reject(new Error('crash'))
      }
    }
    await assert.rejects(deliverLane(world.deps, breaking, 'line-d'), /crash/)
    assert.equal(await deliverLane(world.deps, to, 'line-d'), 1)
    assert.equal(arrived.length, 2)
    assert.equal(arrived[0]?.messageId, arrived[1]?.messageId)
  })

  test('几个工人同走一条线：每条只送一次，次序不乱；刚被别人送走的那条，不再拿起来', async () => {
    const sent = Array.from({ length: 300 }, (_, index) => String(index))
    await tx(world.deps.pool, async (client) => {
      for (const word of sent) {
        await enqueue(client, world.deps, { messageId: randomUUID(), lane: 'line-e', kind: 'sms', payload: { word } })
      }
    })
    const worker = async () => {
      let count = 0
      while ((await pendingLanes(world.deps.pool)).includes('line-e')) count += await deliverLane(world.deps, to, 'line-e')
      return count
    }
    const counts = await Promise.all([1, 2, 3, 4].map(worker))
    assert.equal(
      counts.reduce((total, count) => total + count),
      sent.length
    )
    assert.deepEqual(words(), sent)
  })

  test('事务没成，什么也没放进去', async () => {
    const failing = tx(world.deps.pool, async (client) => {
      await enqueue(client, world.deps, { messageId: randomUUID(), lane: 'line-f', kind: 'sms', payload: {} })
      throw new Error('rolled back')
    })
    await assert.rejects(failing, /rolled back/)
    assert.deepEqual(await row('line-f'), [])
  })

  test('部门、微信、短信各走各的门：微信什么都带到，短信只带有期限的；里面没有内容', async () => {
    world.lanes.length = 0
    const applied = await applyFor(world, founder, 'retirement', { kind: 'res', pre: 'n', one: 'n', fund: 'n' })
    const { rows } = await world.deps.pool.query<{ account_id: string }>('select account_id from submission where id = $1', [
      applied.submissionId
    ])
    const openid = 'openid-of-founder'
    const index = world.deps.vault.blindIndex(openid, 'wechat_binding.openid')
    await world.deps.pool.query(
      'insert into wechat_binding (openid_index, openid_sealed, account_id, bound_at) values ($1, $2, $3, now())',
      [index, world.deps.vault.seal(openid, `wechat_binding.openid_sealed:${index.toString('hex')}`), rows[0]?.account_id]
    )
    const res = await applied.sent('res')
    const item = { kind: 'field', target: 'applicantPhone', problem: '打不通的号码', mend: '换一个' } as const
    world.outside.down.add('sms')
    await steps(world, res, { type: 'correctionRequested', items: [item] })
    await assert.rejects(deliverAll(world), /暂时连不上/)
    world.outside.down.clear()
    for (const lane of await pendingLanes(world.deps.pool)) world.lanes.push(lane)
    await deliverAll(world)
    assert.deepEqual(
      world.outside.texts.map(({ phone, template }) => [phone, template]),
      [[founder.phone, 'correction']]
    )
    assert.deepEqual(
      world.outside.subscribed.map((each) => [each.openid, each.template]),
      [[openid, 'correction']]
    )
    const out = JSON.stringify([world.outside.texts, world.outside.subscribed])
    for (const secret of [founder.name, founder.idNumber, '打不通的号码', '换一个']) assert.ok(!out.includes(secret), secret)
  })
})
