import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { PlanReply } from '../../contract/bundles'
import type { Draft } from '../../contract/drafts'
import type { Me } from '../../contract/identity'
import { demoCreditCode, demoIdNumber } from '../../mock/numbers'
import type { Acting } from '../../server/deps'
import { recordSubject, relate, type NewSubject } from '../../server/modules/identity/subjects'
import { api, review } from './journey'
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
  /** 眼下登录的人还能替这一位办事：返回替他办事的请求头。 */
  const actingFor = async (subject: NewSubject, role: Acting['role']) => {
    const { accountId } = await api<Me>(browser, 'GET', '/identity/me')
    const id = await recordSubject(world.deps.pool, world.deps, subject)
    await relate(world.deps.pool, world.deps, accountId, id, role)
    return { 'x-acting-for': id }
  }
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

  test('孩子还没有身份证号：证件照在方案、草稿、核对里说的一样，没登录也一样', async () => {
    const wanted = (await anonymous('newborn', { answers })).json<PlanReply>().plan.materials.find(({ id }) => id === 'photo-ward')
    assert.deepEqual([wanted?.state, wanted?.canUpload, wanted?.canDefer?.workdays], ['upload', true, 10])
    assert.match(wanted?.reason ?? '', /^孩子还没有身份证号，共享数据里查不到，请上传「证件照（孩子的）」；也可先受理，.+前补交$/)
    const { plan } = await api<PlanReply>(browser, 'POST', '/bundles/newborn/plan', { answers })
    const draft = await api<Draft>(browser, 'POST', '/drafts', { bundleId: 'newborn', answers, restart: true }, 201)
    for (const { materials } of [plan, draft.plan])
      assert.deepEqual(
        materials.find(({ id }) => id === 'photo-ward'),
        wanted
      )
    const { pending } = await review(browser, draft.id)
    assert.ok(pending.some(({ id, say }) => id === 'photo-ward' && say === '「证件照（孩子的）」还没有上传，也可以选择容缺后补'))
  })

  test('替已有身份证号的孩子来办，就查孩子的；只有出生证明、还没有号的仍查不到', async () => {
    const asWard = async (idCode: string | null) => {
      const headers = await actingFor({ kind: 'natural_person', name: '林小演', idCode }, 'guardian')
      return stateOf(await api<PlanReply>(browser, 'POST', '/bundles/newborn/plan', { answers }, 200, headers), 'photo-ward')
    }
    assert.deepEqual([await asWard(demoIdNumber('2026-11-17', 7)), await asWard(null)], ['exempt', 'upload'])
  })

  test('新设的企业还没登记：代表名下另一家企业来办，也不去查那一家的', async () => {
    const starting = { type: 'ltd', site: 'own', seal: 'set', emp: 'y', inv: 'n', bank: 'n' }
    const headers = await actingFor({ kind: 'legal_person', name: '演示老店', idCode: demoCreditCode(77) }, 'legalRepresentative')
    const drafted = await api<Draft>(browser, 'POST', '/drafts', { bundleId: 'startup', answers: starting }, 201, headers)
    const plans = [
      (await anonymous('startup', { answers: starting })).json<PlanReply>().plan,
      (await api<PlanReply>(browser, 'POST', '/bundles/startup/plan', { answers: starting })).plan,
      (await api<PlanReply>(browser, 'POST', '/bundles/startup/plan', { answers: starting }, 200, headers)).plan,
      drafted.plan
    ]
    for (const { materials } of plans) {
      const [labor, site] = ['labor', 'site'].map((id) => materials.find((material) => material.id === id))
      assert.deepEqual([labor?.state, site?.state, site?.canPromise], ['upload', 'upload', true])
      assert.match(site?.reason ?? '', /^企业还没有登记，.*也可签告知承诺书代替$/)
    }
    const asked = await world.deps.pool.query("select 1 from trace where '人社劳动合同备案' = any(fields)")
    assert.equal(asked.rowCount, 0)
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
