import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { Licence, LicenceList } from '../../contract/licences'
import type { MessageList } from '../../contract/messages'
import type { TraceList } from '../../contract/traces'
import { problemOf } from './cases'
import { api, deliverAll } from './journey'
import { hukou, idCard, paper } from './papers'
import { signIn, type Browser } from './sign-in'
import { mother, startWorld, stranger, type World } from './world'

const wrongAddress = { field: '住址', claim: '江苏省江阴市澄江街道演示路2号' }

describe('信息有误：请发证机关核对照面上的一格', () => {
  let world: World
  let browser: Browser
  let id: string
  before(async () => {
    world = await startWorld()
  })
  beforeEach(async () => {
    await deliverAll(world)
    await world.deps.pool.query('delete from rectification')
    world.outside.callbacksHold = true
    world.outside.rectifications.length = 0
    world.outside.licences = [idCard(mother), hukou(mother)]
    world.pass(11 * 60_000)
    browser = (await signIn(world, mother)).browser
    await api(browser, 'POST', '/licences/claims', {})
    id = (await card()).id
  })
  after(async () => {
    await world.close()
  })

  const card = async (type = 'id-card') =>
    (await api<LicenceList>(browser, 'GET', '/licences')).licences.find((each) => each.type === type) ?? assert.fail(`没有 ${type}`)
  const read = () => api<Licence>(browser, 'GET', `/licences/${id}`)
  const ask = (body: object = wrongAddress, by = browser, licence = id) =>
    by.send({ method: 'POST', url: `/api/v1/licences/${licence}/rectification`, payload: body })
  const asked = async (body: object = wrongAddress) => {
    const reply = await ask(body)
    assert.equal(reply.statusCode, 200, reply.body)
    return reply.json<Licence>()
  }
  const answer = (body: object, rectification = sent().rectificationId) =>
    world.app.inject({ method: 'POST', url: `/api/v1/licences/rectifications/${rectification}/answer`, payload: body })
  const sent = () => world.outside.rectifications[0] ?? assert.fail('没有送出')
  const told = async (text: string) => {
    const { messages } = await api<MessageList>(browser, 'GET', '/messages?limit=50')
    return messages.flatMap(({ title, body }) => (body.includes(text) ? [title] : []))
  }

  test('提了：照面标「核对中」，按工作日算好答复期限，送到证照库；不带姓名和号码；自己的足迹里有', async () => {
    assert.deepEqual([(await read()).rectification, (await card()).inRectification], [null, false])
    const licence = await asked({ ...wrongAddress, claim: `  ${wrongAddress.claim}  ` })
    // 11 月 19 日是周四，五个工作日后是下周四。
    const { rectification } = licence
    assert.deepEqual(
      [rectification?.field, rectification?.claim, rectification?.answerBy, rectification?.deliveredAt, rectification?.outcome],
      ['住址', wrongAddress.claim, '2026-11-26', null, null]
    )
    assert.deepEqual([licence.inRectification, (await card()).inRectification, licence.rectificationDays], [true, true, 5])
    assert.deepEqual(licence.allowedActions, ['present', 'pdf'], '核对中照样能亮，不能再提')
    await deliverAll(world)
    assert.deepEqual(world.outside.rectifications, [
      { rectificationId: sent().rectificationId, type: 'id-card', identifier: licence.identifier, version: 1, ...wrongAddress }
    ])
    assert.ok(![mother.name, mother.idNumber].some((text) => JSON.stringify(sent()).includes(text)))
    assert.notEqual((await read()).rectification?.deliveredAt, null)
    const { traces } = await api<TraceList>(browser, 'GET', '/traces')
    const trace = traces.find(({ action }) => action === 'send')
    assert.deepEqual([trace?.actor, trace?.fields], ['本人', ['住址']])
    assert.match(trace?.purpose ?? '', /居民身份证的信息有误，请.*核对/)
  })

  test('同样的再提、同时提，只有一条；答复以前另提一格，说清哪一格正在核对；写的、答的在库里是密封的', async () => {
    const both = await Promise.all([asked(), asked(), asked()])
    assert.equal(new Set(both.map(({ rectification }) => rectification?.at)).size, 1)
    const other = await ask({ field: '姓名', claim: '林演' })
    problemOf(other, 409, 'illegal_transition')
    assert.match(other.body, /「住址」正在核对/)
    await deliverAll(world)
    assert.equal(world.outside.rectifications.length, 1)
    assert.equal((await answer({ outcome: 'upheld', text: '密封的答复' })).statusCode, 204)
    const { rows } = await world.deps.pool.query<{ row: string }>(
      'select r::text as row from rectification r union all select o::text from outbox o'
    )
    for (const text of [wrongAddress.claim, '密封的答复'])
      assert.ok(rows.every(({ row }) => !row.includes(text) && !row.includes(Buffer.from(text).toString('hex'))))
  })

  test('证照库连不上就一直送；期间照实说还没送到', async () => {
    await asked()
    world.outside.down.add('library')
    const lanes = [...world.lanes]
    await assert.rejects(deliverAll(world))
    assert.equal((await read()).rectification?.deliveredAt, null)
    world.outside.down.clear()
    world.lanes.push(...lanes)
    await deliverAll(world)
    assert.equal(world.outside.rectifications.length, 1)
    assert.notEqual((await read()).rectification?.deliveredAt, null)
  })

  test('答复：记一次，告诉能看这本证照的人；一样的再来不多说，另一种答复不收；答了以后能再提', async () => {
    for (const [outcome, title] of [
      ['upheld', '居民身份证的「住址」核对过了，没有改'],
      ['corrected', '居民身份证的「住址」已更正']
    ]) {
      world.outside.rectifications.length = 0
      world.pass(1000)
      await asked()
      await deliverAll(world)
      const text = `演示答复 ${outcome}`
      assert.equal((await answer({ outcome, text })).statusCode, 204)
      assert.equal((await answer({ outcome, text })).statusCode, 204)
      problemOf(await answer({ outcome, text: '另一种' }), 409, 'illegal_transition')
      const { rectification, inRectification, allowedActions } = await read()
      assert.deepEqual([rectification?.outcome, rectification?.answer, inRectification], [outcome, text, false])
      assert.deepEqual(allowedActions, ['present', 'pdf', 'rectify'])
      assert.deepEqual(await told(text), [title])
    }
  })

  test('没登录 401，别人 404，没领的、照面上没有的格、空的、太长的、已注销的，各有各的说法；什么也没记下', async () => {
    const url = `/api/v1/licences/${id}/rectification`
    assert.equal((await world.app.inject({ method: 'POST', url, payload: wrongAddress })).statusCode, 401)
    const other = (await signIn(world, stranger)).browser
    problemOf(await ask(wrongAddress, other), 404, 'not_found')
    const strange = await ask({ field: '没有这一格', claim: '随便' })
    problemOf(strange, 422, 'invalid_fields')
    assert.match(strange.body, /没有「没有这一格」，请从照面上选一格/)
    for (const claim of ['', '   ', '长'.repeat(201)])
      problemOf(await ask({ ...wrongAddress, claim }), 422, 'invalid_fields')
    const diploma = paper('diploma', mother, { 姓名: mother.name })
    world.outside.licences = [idCard(mother, { status: 'cancelled' }), hukou(mother), diploma]
    world.pass(11 * 60_000)
    browser = (await signIn(world, mother)).browser
    problemOf(await ask({ field: '姓名', claim: '林演' }, browser, (await card('diploma')).id), 409, 'licence_unclaimed')
    problemOf(await ask(), 409, 'illegal_transition')
    assert.equal((await world.deps.pool.query('select 1 from rectification')).rowCount, 0)
  })

  test('答复要证照库的签名；不认识的编号 404', async () => {
    await asked()
    await deliverAll(world)
    problemOf(await answer({ outcome: 'upheld', text: '有' }, world.deps.newId()), 404, 'not_found')
    world.outside.callbacksHold = false
    assert.equal((await answer({ outcome: 'upheld', text: '有' })).statusCode, 401)
    assert.equal((await read()).rectification?.outcome, null)
  })
})
