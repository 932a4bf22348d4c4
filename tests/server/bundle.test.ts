import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { PlanReply } from '../../contract/bundles'
import { api } from './journey'
import { hukou, idCard, marriage } from './papers'
import { signIn, signInOnly, type Browser } from './sign-in'
import { mother, startWorld, type World } from './world'

const answers = { born: 'here', hukou: 'jy', wed: 'married', ins: 'emp', sub: 'y' }

describe('一件事的方案', () => {
  let world: World
  let browser: Browser
  before(async () => {
    world = await startWorld()
  })
  beforeEach(async () => {
    world.outside.licences = [idCard(mother), hukou(mother), marriage(mother)]
    world.outside.down.clear()
    browser = (await signIn(world, mother)).browser
    world.pass(11 * 60_000)
    browser = (await signIn(world, mother)).browser
  })
  after(async () => {
    await world.close()
  })

  const anonymous = (bundleId: string, payload: object) =>
    world.app.inject({ method: 'POST', url: `/api/v1/bundles/${bundleId}/plan`, payload })
  const stateOf = ({ plan }: PlanReply, id: string) => plan.materials.find((material) => material.id === id)?.state
  const traces = async () =>
    (
      await world.deps.pool.query<{ fields: string[]; purpose: string }>(
        "select fields, purpose from trace where purpose like '查看「%' order by at"
      )
    ).rows

  test('没登录也能看：证照先按「登录后核验」算，并说没有查证照，也没有查', async () => {
    const before = (await traces()).length
    const reply = (await anonymous('newborn', { answers })).json<PlanReply>()
    assert.equal(reply.holdingsChecked, false)
    assert.equal(reply.plan.verdict, 'ready')
    assert.match(reply.plan.materials.find(({ id }) => id === 'hk')?.reason ?? '', /登录后/)
    assert.equal((await traces()).length, before)
  })

  test('登录后查本人的证照：有的免交，没有的要上传；查了什么留下足迹', async () => {
    world.outside.licences = [idCard(mother)]
    const reply = await api<PlanReply>(browser, 'POST', '/bundles/newborn/plan', { answers })
    assert.equal(reply.holdingsChecked, true)
    assert.deepEqual(
      ['idc', 'hk', 'marr', 'idc-sp'].map((id) => stateOf(reply, id)),
      ['exempt', 'upload', 'upload', 'consent']
    )
    const last = (await traces()).at(-1)
    assert.equal(last?.purpose, '查看「出生一件事」的方案')
    assert.ok(last.fields.includes('居民身份证') && last.fields.includes('居民户口簿'))
  })

  test('只查这件事用得到的证照', async () => {
    await api<PlanReply>(browser, 'POST', '/bundles/newborn/plan', { answers: { ...answers, wed: 'single' } })
    assert.ok(!(await traces()).at(-1)?.fields.includes('结婚证'))
  })

  test('证照库连不上、又从没查过：说没能查到，降级为上传，不报错', async () => {
    const fresh = await startWorld()
    const { browser: visitor } = await signIn(fresh, mother)
    fresh.outside.down.add('library')
    const reply = await api<PlanReply>(visitor, 'POST', '/bundles/newborn/plan', { answers })
    assert.equal(reply.holdingsChecked, false)
    assert.equal(stateOf(reply, 'hk'), 'upload')
    assert.match(reply.plan.materials.find(({ id }) => id === 'hk')?.reason ?? '', /本次未能取得/)
    await fresh.close()
  })

  test('没有单独同意使用敏感信息的，不去查证照', async () => {
    const shy = await signInOnly(world, { ...mother, idNumber: '320281199901010018' })
    const notice = (await shy.send({ method: 'GET', url: '/api/v1/identity/notice' })).json<{ version: string }>()
    await api(shy, 'POST', '/identity/consents', { version: notice.version, kinds: ['privacy'] })
    const before = (await traces()).length
    assert.equal((await api<PlanReply>(shy, 'POST', '/bundles/newborn/plan', { answers })).holdingsChecked, false)
    assert.equal((await traces()).length, before)
  })

  test('没答完的题点名，方案仍给出已经能定的部分', async () => {
    const { plan } = (await anonymous('newborn', { answers: { born: 'here' } })).json<PlanReply>()
    assert.equal(plan.verdict, 'incomplete')
    assert.ok(plan.missing.includes('hukou') && !plan.missing.includes('sub'))
  })

  for (const [what, payload, pointer] of [
    ['不存在的题', { answers: { ...answers, colour: 'red' } }, '/answers/colour'],
    ['不在选项里的答案', { answers: { ...answers, born: 'moon' } }, '/answers/born'],
    ['单选题给了一列', { answers: { ...answers, born: ['here'] } }, '/answers/born'],
    ['不能勾选的事项', { answers, picks: ['hk'] }, '/picks/0'],
    ['不认识的属性', { answers, evil: 1 }, '/evil'],
    ['类型不对', { answers: { born: 1 } }, '/answers/born']
  ] as const) {
    test(`${what}：拒绝并指明，不悄悄丢掉`, async () => {
      const reply = await anonymous('newborn', payload)
      assert.equal(reply.statusCode, 422)
      const { code, errors } = reply.json<{ code: string; errors: { pointer: string }[] }>()
      assert.equal(code, 'invalid_fields')
      assert.ok(
        errors.some((error) => error.pointer === pointer),
        JSON.stringify(errors)
      )
    })
  }

  test('没有这件事：404', async () => {
    assert.equal((await anonymous('no-such-bundle', { answers: {} })).statusCode, 404)
  })

  test('带了失效的登录凭证，如实说过期，不当作没登录', async () => {
    const reply = await world.app.inject({
      method: 'POST',
      url: '/api/v1/bundles/newborn/plan',
      payload: { answers },
      headers: { authorization: `Bearer ${'x'.repeat(43)}` }
    })
    assert.equal(reply.statusCode, 401)
  })

  test('代表不相干的主体：403', async () => {
    const reply = await browser.send({
      method: 'POST',
      url: '/api/v1/bundles/newborn/plan',
      payload: { answers },
      headers: { 'x-acting-for': world.deps.newId() }
    })
    assert.equal(reply.json<{ code: string }>().code, 'forbidden')
  })
})
