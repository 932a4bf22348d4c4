import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { MessageList } from '../../contract/messages'
import type { TraceList } from '../../contract/traces'
import { tx } from '../../server/db/pool'
import { deliverers } from '../../server/deliverers'
import { tell, type Telling } from '../../server/modules/message/service'
import { deliverLane } from '../../server/modules/outbox/service'
import { recordTrace } from '../../server/modules/trace/service'
import { arrive, openBrowser, passProvider, type Somebody } from './sign-in'
import { mother, startWorld, type World } from './world'

describe('消息与足迹', () => {
  let world: World
  let mine: Somebody
  before(async () => {
    world = await startWorld()
    mine = await arrive(world, mother)
  })
  after(async () => {
    await world.close()
  })
  beforeEach(async () => {
    await world.deps.pool.query('delete from message')
    await world.deps.pool.query('delete from outbox')
    world.lanes.length = 0
  })

  const say = (cause: string, more: Partial<Telling> = {}) =>
    tx(world.deps.pool, (client) =>
      tell(client, world.deps, {
        accountId: mine.me.accountId,
        subjectId: null,
        kind: 'case',
        title: `标题 ${cause}`,
        body: '正文',
        target: null,
        cause,
        ...more
      })
    )
  const inbox = async (query = '') => (await mine.browser.send({ method: 'GET', url: `/api/v1/messages${query}` })).json<MessageList>()
  const deliver = async () => {
    for (const lane of world.lanes.splice(0)) await deliverLane(world.deps, deliverers(world.deps), lane)
  }

  test('同一事由只有一条；内容在库里是密封的', async () => {
    await say('same')
    await say('same', { title: '另一个标题' })
    const { messages, unread } = await inbox()
    assert.deepEqual(
      messages.map(({ title }) => title),
      ['标题 same']
    )
    assert.equal(unread, 1)
    const { rows } = await world.deps.pool.query<{ row: string }>('select t::text as row from message t')
    assert.ok(!rows[0]?.row.includes(Buffer.from('标题').toString('hex')))
  })

  test('新的在前，按页取，不重不漏，页与页之间来了新的也不乱', async () => {
    for (const cause of ['1', '2', '3', '4', '5']) {
      world.pass(cause === '3' ? 0 : 1000)
      await say(cause)
    }
    const first = await inbox('?limit=2')
    await say('6')
    const second = await inbox(`?limit=2&cursor=${first.nextCursor}`)
    const third = await inbox(`?limit=2&cursor=${second.nextCursor}`)
    const titles = [first, second, third].flatMap(({ messages }) => messages.map(({ title }) => title.slice(-1)))
    assert.deepEqual([...titles].sort(), ['1', '2', '3', '4', '5'])
    assert.deepEqual([titles[0], titles[4]], ['5', '1'])
    assert.equal(third.nextCursor, null)
    assert.equal((await mine.browser.send({ method: 'GET', url: '/api/v1/messages?cursor=made-up' })).statusCode, 422)
  })

  test('读一条、全部已读；没有的消息是 404', async () => {
    await say('a', { target: { kind: 'case', id: world.deps.newId() } })
    await say('b')
    const { messages } = await inbox()
    assert.equal(messages.find(({ title }) => title.endsWith('a'))?.target?.kind, 'case')
    const read = (id: string) => mine.browser.send({ method: 'POST', url: `/api/v1/messages/${id}/read` })
    assert.equal((await read(messages[0]?.id ?? '')).statusCode, 204)
    assert.equal((await read(messages[0]?.id ?? '')).statusCode, 204)
    assert.equal((await inbox()).unread, 1)
    assert.equal((await read(world.deps.newId())).statusCode, 404)
    assert.equal((await mine.browser.send({ method: 'POST', url: '/api/v1/messages/read-all' })).statusCode, 204)
    assert.equal((await inbox()).unread, 0)
  })

  test('短信只发给有期限的事；绑定了微信的都发订阅消息；都经待发箱，收件箱的内容不出门', async () => {
    await say('no-wechat')
    await deliver()
    assert.deepEqual([world.outside.subscribed.length, world.outside.texts.length], [0, 0])
    const { bindUrl } = (await mine.browser.send({ method: 'POST', url: '/api/v1/identity/wechat', payload: { code: 'wx' } })).json<{
      bindUrl: string
    }>()
    await passProvider(world, openBrowser(world), mother, bindUrl)
    const caseId = world.deps.newId()
    await say('case', { target: { kind: 'case', id: caseId } })
    await say('correction', { kind: 'correction', title: '这一件需要补正材料，请在五个工作日内补齐全部内容' })
    await deliver()
    assert.deepEqual(
      world.outside.subscribed.map(({ openid, template }) => [openid, template]),
      [
        ['openid-of-wx', 'case'],
        ['openid-of-wx', 'correction']
      ]
    )
    assert.match(world.outside.subscribed[0]?.page ?? '', new RegExp(caseId))
    assert.equal(Array.from(world.outside.subscribed[1]?.data.thing1 ?? '').length, 20)
    assert.deepEqual(
      world.outside.texts.map(({ phone, template }) => [phone, template]),
      [[mother.phone, 'correction']]
    )
    assert.ok(!JSON.stringify([world.outside.subscribed, world.outside.texts]).includes('正文'))
  })

  test('事务撤销了，消息和外发都没有', async () => {
    await assert.rejects(
      tx(world.deps.pool, async (client) => {
        await tell(client, world.deps, {
          accountId: mine.me.accountId,
          subjectId: null,
          kind: 'correction',
          title: '标题',
          body: '正文',
          target: null,
          cause: 'rolled-back'
        })
        throw new Error('中途出错')
      })
    )
    assert.deepEqual((await inbox()).messages, [])
    assert.equal((await world.deps.pool.query('select 1 from outbox')).rowCount, 0)
  })

  test('足迹：谁、何时、为什么、哪些字段，新的在前，按页取；从不记值', async () => {
    await world.deps.pool.query('delete from trace')
    for (const purpose of ['一', '二', '三']) {
      world.pass(1000)
      await recordTrace(world.deps.pool, world.deps, {
        subjectId: mine.selfId,
        actor: '演示部门',
        actorKind: 'department',
        action: 'read',
        purpose,
        fields: ['姓名', '公民身份号码']
      })
    }
    const page = async (query: string) => (await mine.browser.send({ method: 'GET', url: `/api/v1/traces${query}` })).json<TraceList>()
    const first = await page('?limit=2')
    const second = await page(`?limit=2&cursor=${first.nextCursor}`)
    assert.deepEqual(
      [...first.traces, ...second.traces].map(({ purpose }) => purpose),
      ['三', '二', '一']
    )
    assert.equal(second.nextCursor, null)
    const [trace] = first.traces
    assert.deepEqual([trace?.actor, trace?.fields, trace?.maskedSubjectName], ['演示部门', ['姓名', '公民身份号码'], '林*'])
  })
})
