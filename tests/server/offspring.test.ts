import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { Me } from '../../contract/identity'
import type { LicenceList } from '../../contract/licences'
import {
  accepted,
  applyFor,
  birthCert,
  foldsHold,
  followed,
  founder,
  problemOf,
  single,
  steps,
  tellUs,
  withdrawAll,
  type Applied
} from './cases'
import { api, approve, complete, deliverAll, finishAll, signAndSubmit, startDraft } from './journey'
import { hukou, idCard } from './papers'
import { actingFor } from './sign-in'
import { mother, startWorld, stranger, type World } from './world'

describe('办件带来的新主体：孩子与企业', () => {
  let world: World
  before(async () => {
    world = await startWorld()
    world.outside.licences = [idCard(mother), hukou(mother)]
  })
  beforeEach(() => {
    world.outside.dispatched.length = 0
  })
  after(async () => {
    await foldsHold(world)
    await world.close()
  })

  test('落户给孩子证件号，证照归到孩子名下；同一个号码再给别的孩子就退回，不出错', async () => {
    const one = await applyFor(world, mother, 'newborn', single)
    await approve(world, await one.sent('bc'))
    await deliverAll(world)
    await approve(world, await one.sent('hk'))
    const { ward } = await one.read()
    const { subjects } = await api<Me>(one.browser, 'GET', '/identity/me')
    assert.equal(subjects.find(({ id }) => id === ward?.subjectId)?.role, 'guardian')
    const { licences } = await api<LicenceList>(one.browser, 'GET', '/licences')
    const own = licences.filter(({ subjectId }) => subjectId === ward?.subjectId).map(({ type }) => type)
    assert.deepEqual(own.sort(), ['birth-cert', 'hukou'])

    const first = await one.sent('hk')
    const other = await applyFor(world, stranger, 'newborn', single)
    await approve(world, await other.sent('bc'))
    await deliverAll(world)
    const hk = await other.sent('hk')
    await steps(world, hk, accepted(hk), { type: 'examineStarted' }, { type: 'decided', outcome: 'approve' })
    const { rows } = await world.deps.pool.query<{ id: string }>("select id from licence where type = 'hukou' and case_id is not null")
    const issued = (number: string) => ({
      type: 'issued' as const,
      licence: { ...birthCert(hk), type: 'hukou', face: { 公民身份号码: number } }
    })
    const taken = await numberOf(one)
    const refusal = problemOf(await tellUs(world, hk, issued(taken)), 422, 'invalid_fields')
    assert.equal(refusal.errors?.[0]?.pointer, '/licence/face/公民身份号码')
    problemOf(await tellUs(world, hk, issued('320281202611170010')), 422, 'invalid_fields')
    const after = await world.deps.pool.query("select id from licence where type = 'hukou' and case_id is not null")
    assert.equal(after.rowCount, rows.length, '退回的什么也没留下')
    assert.equal((await other.caseOf('hk')).status, 'decided')
    assert.notEqual(first.caseNo, hk.caseNo)
    await withdrawAll(one.browser, one.submissionId)
    await withdrawAll(other.browser, other.submissionId)
  })

  test('正替大孩子办事的母亲，给新生的孩子办出生：证照归新孩子，不落到大孩子头上', async () => {
    const one = await applyFor(world, mother, 'newborn', single)
    await approve(world, await one.sent('bc'))
    const { ward: elder } = await one.read()
    assert.ok(elder)
    const acting = actingFor(one.browser, elder.subjectId)
    const draft = await complete(acting, await startDraft(acting, 'newborn', single))
    const { submissionId } = await signAndSubmit(world, acting, mother, draft.id)
    await deliverAll(world)
    const other = followed(world, acting, submissionId)
    assert.equal((await other.read()).ward, null)
    await approve(world, await other.sent('bc'))
    const { ward: younger } = await other.read()
    assert.ok(younger && younger.subjectId !== elder.subjectId)
    await deliverAll(world)
    await withdrawAll(acting, submissionId)
    await withdrawAll(one.browser, one.submissionId)
  })

  test('执照让企业成为主体，创业者是其法定代表人，后续的证照归企业；代码不对的退回', async () => {
    const applied = await applyFor(world, founder, 'startup', { type: 'ltd', site: 'own', seal: 'set', emp: 'n', inv: 'n', bank: 'n' })
    await approve(world, await applied.sent('name'))
    await deliverAll(world)
    const reg = await applied.sent('reg')
    await steps(world, reg, accepted(reg), { type: 'examineStarted' }, { type: 'decided', outcome: 'approve' })
    const wrong = { ...birthCert(reg), type: 'biz-licence', face: { 统一社会信用代码: '91320281MA1MTEST06' } }
    problemOf(await tellUs(world, reg, { type: 'issued', licence: wrong }), 422, 'invalid_fields')
    const code = '91320281000000002T'
    await steps(world, reg, { type: 'issued', licence: { ...wrong, face: { 统一社会信用代码: code } } }, { type: 'delivered' })
    await finishAll(world, await applied.sent('name'), reg)
    const { subjects } = await api<Me>(applied.browser, 'GET', '/identity/me')
    const company = subjects.find(({ maskedIdCode }) => maskedIdCode === code)
    assert.equal(company?.role, 'legalRepresentative')
    const { licences } = await api<LicenceList>(applied.browser, 'GET', '/licences')
    assert.ok(
      licences.every(({ subjectId }) => subjectId !== company?.id),
      '本人身份下看不到企业的'
    )
    const asCompany = await applied.browser.send({ method: 'GET', url: '/api/v1/licences', headers: { 'x-acting-for': company?.id ?? '' } })
    assert.deepEqual(
      asCompany
        .json<LicenceList>()
        .licences.map(({ type }) => type)
        .sort(),
      ['biz-licence', 'e-seal']
    )
  })

  async function numberOf({ submissionId }: Applied): Promise<string> {
    const { rows } = await world.deps.pool.query<{ id: string; id_code_sealed: Buffer }>(
      'select s.id, s.id_code_sealed from subject s join submission u on u.ward_id = s.id where u.id = $1',
      [submissionId]
    )
    return world.deps.vault.open(rows[0]?.id_code_sealed ?? Buffer.alloc(0), `subject.id_code_sealed:${rows[0]?.id}`)
  }
})
