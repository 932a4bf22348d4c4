import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { LibraryChange, LibraryLicence } from '../../contract/gateways/licence-library'
import type { Licence, LicenceCard, LicenceList } from '../../contract/licences'
import type { MessageList } from '../../contract/messages'
import { remindOfExpiry } from '../../server/modules/licence/expiry'
import { sweepChanges } from '../../server/modules/licence/receive-change'
import { applyFor, foldsHold, problemOf, resident, withdrawAll } from './cases'
import { api, deliverAll, readCase } from './journey'
import { father, hukou, idCard, paper } from './papers'
import { signIn, type Browser } from './sign-in'
import { mother, startWorld, stranger, type World } from './world'

const day = 86_400_000

describe('证照在源头有变', () => {
  let world: World
  let browser: Browser
  before(async () => {
    world = await startWorld()
  })
  beforeEach(async () => {
    world.outside.callbacksHold = true
    world.outside.licences = [idCard(mother), hukou(mother)]
    world.outside.caseMessages.length = 0
    world.pass(11 * 60_000)
    browser = (await signIn(world, mother)).browser
    await api(browser, 'POST', '/licences/claims', {})
  })
  after(async () => {
    await foldsHold(world)
    await world.close()
  })

  const change = (licence: LibraryLicence, rest: Partial<LibraryChange> = {}): LibraryChange => ({
    eventId: randomUUID(),
    at: new Date(world.deps.now()).toISOString(),
    licence,
    reason: null,
    ...rest
  })
  const push = (payload: object) => world.app.inject({ method: 'POST', url: '/api/v1/licences/changes', payload })
  const taken = async (payload: LibraryChange) => {
    const reply = await push(payload)
    assert.deepEqual([reply.statusCode, reply.json()], [200, { eventId: payload.eventId }], reply.body)
  }
  const cards = async (type: string, by = browser): Promise<LicenceCard[]> =>
    (await api<LicenceList>(by, 'GET', '/licences')).licences.filter((each) => each.type === type)
  const cardOf = async (type: string) => (await cards(type))[0] ?? assert.fail(`没有 ${type}`)
  const read = async (type: string) => api<Licence>(browser, 'GET', `/licences/${(await cardOf(type)).id}`)
  const messages = async (by = browser) =>
    (await api<MessageList>(by, 'GET', '/messages?limit=50')).messages.filter(({ kind }) => kind === 'licence')
  const counted = async (table: string) =>
    (await world.deps.pool.query<{ count: number }>(`select count(*) as count from ${table}`)).rows[0]?.count
  const fresh = (type: string, rest: Partial<LibraryLicence> = {}) =>
    paper(type, { ...mother, idNumber: mother.idNumber }, { 姓名: mother.name }, rest)

  /** 状态怎么来、怎么说、能不能用。 */
  const table: [LibraryLicence['status'], string, RegExp | null][] = [
    ['suspended', '居民身份证被暂扣', /被暂扣.*原因：演示原因/],
    ['valid', '居民身份证已恢复', null],
    ['cancelled', '居民身份证已注销', /已注销.*原因：演示原因/],
    ['revoked', '居民身份证已吊销', /已吊销.*原因：演示原因/],
    ['annulled', '居民身份证已撤销', /已撤销.*原因：演示原因/]
  ]

  test('暂扣、恢复、注销、吊销、撤销依次到卡包：状态、理由、能做什么、消息各一条', async () => {
    for (const [status, title, reason] of table) {
      world.pass(1000)
      await taken(change({ ...idCard(mother), status }, { reason: status === 'valid' ? null : '演示原因' }))
      const licence = await read('id-card')
      assert.equal(licence.status, status)
      const can = status === 'valid' ? ['present', 'pdf', 'rectify'] : status === 'suspended' ? ['rectify'] : []
      assert.deepEqual(licence.allowedActions, can)
      assert.equal(licence.reasons.length, reason ? 1 : 0)
      if (reason) assert.match(licence.reasons[0] ?? '', reason)
      assert.equal((await messages()).filter((each) => each.title === title).length, 1, title)
      assert.equal(licence.trustedUntil, new Date(world.deps.now() + day).toISOString(), '从得知算起')
    }
    const { rows } = await world.deps.pool.query<{ row: string }>('select l::text as row from licence l')
    assert.ok(rows.every(({ row }) => !row.includes('演示原因')), '理由是密文')
  })

  test('同一个 eventId 再来、同时来，答复一样，什么也不变', async () => {
    const before = (await messages()).length
    const event = change({ ...hukou(mother), status: 'suspended' }, { reason: '演示原因' })
    await Promise.all([taken(event), taken(event), taken(event)])
    await taken({ ...event, licence: { ...event.licence, status: 'revoked' } })
    assert.equal((await cardOf('hukou')).status, 'suspended')
    assert.equal((await messages()).length, before + 1)
    world.pass(1000)
    await taken(change(hukou(mother)))
  })

  test('来得晚的旧消息不算数；先查到、后收到的，补上理由，不再说一遍', async () => {
    const at = new Date(world.deps.now()).toISOString()
    world.pass(60_000)
    await taken(change({ ...hukou(mother), status: 'suspended' }))
    await taken(change(hukou(mother), { at }))
    assert.equal((await cardOf('hukou')).status, 'suspended')
    world.pass(60_000)
    await taken(change(hukou(mother)))
    const cancelledAt = new Date(world.deps.now()).toISOString()
    world.outside.licences = [idCard(mother), { ...hukou(mother), status: 'cancelled' }]
    world.pass(11 * 60_000)
    browser = (await signIn(world, mother)).browser
    assert.equal((await cardOf('hukou')).status, 'cancelled')
    const before = (await messages()).length
    await taken(change({ ...hukou(mother), status: 'cancelled' }, { at: cancelledAt, reason: '演示补记' }))
    assert.equal((await messages()).length, before)
    assert.match((await read('hukou')).reasons[0] ?? '', /演示补记/)
  })

  test('新签发的说可以领取；换发的跟着旧版，旧版说已换发', async () => {
    await taken(change(fresh('diploma')))
    world.outside.licences.push(fresh('diploma'))
    const [card] = await cards('diploma')
    assert.deepEqual([card?.claimedAt, card?.isNew], [null, true])
    assert.equal((await messages()).filter(({ title }) => title === '学历证书可以领取了').length, 1)
    await api(browser, 'POST', '/licences/claims', {})
    await taken(change(fresh('diploma', { version: 2 }), { reason: '到期换发' }))
    assert.deepEqual((await cards('diploma')).map(({ status, claimedAt }) => [status, claimedAt !== null]).sort(), [
      ['changed', true],
      ['valid', true]
    ])
    assert.ok((await messages()).some(({ title, body }) => title === '学历证书已换发' && body.includes('到期换发')))
  })

  test('再查时新列出来的也说一次；头一次查到的不算新闻', async () => {
    assert.ok(!(await messages()).some(({ title }) => title === '居民身份证可以领取了'))
    world.outside.licences.push(fresh('degree-cert'))
    world.pass(11 * 60_000)
    browser = (await signIn(world, mother)).browser
    await cards('degree-cert')
    world.pass(11 * 60_000)
    browser = (await signIn(world, mother)).browser
    await cards('degree-cert')
    assert.equal((await messages()).filter(({ title }) => title === '学位证书可以领取了').length, 1)
  })

  test('不认识的人照样答 200，什么也不留；目录里没有的种类、持证人种类不对的也是', async () => {
    const before = [await counted('licence'), await counted('licence_change'), await counted('subject')]
    const nobody = { ...mother, idNumber: '320281200001010018', name: '没演示' }
    await taken(change(idCard(nobody)))
    await taken(change(paper('no-such-type', mother, {})))
    await taken(change(paper('biz-licence', mother, {})))
    assert.deepEqual([await counted('licence'), await counted('licence_change'), await counted('subject')], before)
  })

  test('签名不对：401；标识不合规、多余的字段、坏的状态：422', async () => {
    const good = change(idCard(mother))
    const last = good.licence.identifier.endsWith('0') ? '1' : '0'
    const identifier = good.licence.identifier.slice(0, -1) + last
    problemOf(await push({ ...good, licence: { ...good.licence, identifier } }), 422, 'invalid_fields')
    assert.equal(world.logged.filter((line) => line.includes('"alert":"licence_withheld"') && line.includes('id-card')).length, 1)
    for (const bad of [{ surprise: 1 }, { at: 'yesterday' }, { licence: { ...good.licence, status: 'lost' } }, { eventId: 'x' }])
      assert.ok([400, 422].includes((await push({ ...good, ...bad })).statusCode), JSON.stringify(bad))
    world.outside.callbacksHold = false
    problemOf(await push(good), 401, 'signature_invalid')
  })

  test('半路出错：事件号与它的一切都没留下，再来一次照样办成', async () => {
    const event = change({ ...idCard(mother), status: 'suspended' }, { reason: '演示原因' })
    const status = (await cardOf('id-card')).status
    await world.deps.pool.query(
      `create function break_message() returns trigger language plpgsql as $$ begin raise exception 'broken'; end $$;
       create trigger break_message before insert on message for each row execute function break_message();`
    )
    const reply = await push(event)
    await world.deps.pool.query('drop trigger break_message on message; drop function break_message()')
    assert.equal(reply.statusCode, 500)
    assert.equal((await cardOf('id-card')).status, status)
    await taken(event)
    assert.equal((await cardOf('id-card')).status, 'suspended')
    world.pass(1000)
    await taken(change(idCard(mother)))
  })

  test('到期前 60、30、7 天各提醒一次，漏了一天也补上；过期说一次', async () => {
    world.outside.licences.push(fresh('driver-licence', { validTo: '2027-03-01' }))
    world.pass(11 * 60_000)
    browser = (await signIn(world, mother)).browser
    await cards('driver-licence')
    const titles = async () => (await messages()).map(({ title }) => title).filter((title) => /驾驶证.*到期/.test(title)).reverse()
    for (const on of ['2026-12-20', '2027-01-02', '2027-01-03', '2027-01-31', '2027-02-24', '2027-03-01', '2027-03-02', '2027-03-05']) {
      world.setNow(Date.parse(`${on}T08:03:00+08:00`))
      await remindOfExpiry(world.deps)
      await remindOfExpiry(world.deps)
    }
    browser = (await signIn(world, mother)).browser
    assert.deepEqual(await titles(), [
      '机动车驾驶证还有 58 天到期',
      '机动车驾驶证还有 29 天到期',
      '机动车驾驶证还有 5 天到期',
      '机动车驾驶证已到期'
    ])
  })

  test('在办的事听得到：事件、给部门的话、给申请人的消息各一条；办结的、别人的不动', async () => {
    world.outside.dispatched.length = 0
    const applied = await applyFor(world, mother, 'retirement', resident)
    const sent = world.outside.dispatched.find(({ materials }) => materials.some(({ licence }) => licence?.type === 'id-card'))
    assert.ok(sent, '这一件用了身份证')
    const id = (await applied.read()).cases.find(({ caseNo }) => caseNo === sent.caseNo)?.id ?? ''
    browser = applied.browser
    const { status } = await readCase(browser, id)
    const told = () => world.outside.caseMessages.filter(({ message }) => message.kind === 'licence' && message.caseNo === sent.caseNo)
    const event = change({ ...idCard(mother), status: 'cancelled' }, { reason: '遗失' })
    await taken(event)
    await taken(event)
    await deliverAll(world)
    const detail = await readCase(browser, id)
    assert.equal(detail.status, status, '办到哪里还在哪里')
    const [noted, ...rest] = detail.timeline.filter(({ type }) => type === 'licenceChanged')
    assert.deepEqual(rest, [])
    assert.match(noted?.detail ?? '', /^所依据的居民身份证有变：已注销（.+，遗失）。部门会收到通知。$/)
    assert.deepEqual(
      told().map(({ departmentId, message }) => [departmentId, message.licence]),
      [[sent.departmentId, { type: 'id-card', identifier: idCard(mother).identifier, status: 'cancelled' }]]
    )
    assert.ok((await api<MessageList>(browser, 'GET', '/messages')).messages.some(({ title }) => title.endsWith('所依据的证照有变')))
    await withdrawAll(browser, applied.submissionId)
    world.pass(1000)
    await taken(change({ ...idCard(mother), status: 'revoked' }))
    await deliverAll(world)
    assert.equal(told().length, 1)
    world.pass(1000)
    await taken(change(idCard(mother)))
  })

  test('到期也告诉在办的事', async () => {
    world.outside.licences = [idCard(stranger, { validTo: '2027-03-20' })]
    world.setNow(Date.parse('2027-03-10T10:00:00+08:00'))
    world.outside.dispatched.length = 0
    const applied = await applyFor(world, stranger, 'retirement', resident)
    world.setNow(Date.parse('2027-03-21T08:03:00+08:00'))
    await remindOfExpiry(world.deps)
    await deliverAll(world)
    const told = world.outside.caseMessages.filter(({ message }) => message.kind === 'licence')
    assert.ok(told.length > 0)
    assert.ok(told.every(({ message }) => message.licence?.status === 'expired'))
    const again = (await signIn(world, stranger)).browser
    await withdrawAll(again, applied.submissionId)
  })

  test('记着的事件号过了期就忘', async () => {
    assert.ok(Number(await counted('licence_change')) > 0)
    world.pass(91 * day)
    await sweepChanges(world.deps)
    assert.equal(await counted('licence_change'), 0)
  })

  test('别人的证照有变，与我无关', async () => {
    world.outside.licences = [idCard(father)]
    const { browser: other } = await signIn(world, father)
    await cards('id-card', other)
    browser = (await signIn(world, mother)).browser
    const before = (await messages()).length
    await taken(change({ ...idCard(father), status: 'suspended' }))
    assert.equal((await messages()).length, before)
    assert.ok((await messages(other)).some(({ title }) => title === '居民身份证被暂扣'))
  })
})
