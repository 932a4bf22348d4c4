import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { Draft } from '../../contract/drafts'
import type { DispatchedMaterial } from '../../contract/gateways/departments'
import type { LicenceGrantList, LicenceList } from '../../contract/licences'
import type { MessageList } from '../../contract/messages'
import type { InvitationSummary } from '../../contract/invitations'
import type { TraceList } from '../../contract/traces'
import { followed, foldsHold, materialOf, problemOf, single, withdrawAll, type Applied } from './cases'
import { api, complete, deliverAll, finishAll, readCase, signAndSubmit, startDraft } from './journey'
import { father, hukou, idCard, marriage } from './papers'
import { signIn, type Browser } from './sign-in'
import { mother, startWorld, type World } from './world'

const married = { ...single, wed: 'married' }

describe('办件里另一位持有人的材料', () => {
  let world: World
  before(async () => {
    world = await startWorld()
  })
  beforeEach(() => {
    world.outside.dispatched.length = 0
    world.outside.caseMessages.length = 0
  })
  after(async () => {
    await foldsHold(world)
    await world.close()
  })

  const begin = async () => {
    world.outside.licences = [idCard(mother), hukou(mother), marriage(mother), idCard(father)]
    world.pass(11 * 60_000)
    const { browser } = await signIn(world, mother)
    const draft = await startDraft(browser, 'newborn', married)
    const wish = { materialIds: ['idc-sp'], holderName: father.name, holderIdNumber: father.idNumber }
    const { id } = await api<InvitationSummary>(browser, 'POST', `/drafts/${draft.id}/invitations`, wish, 201)
    return { browser, draft, id, sibling: (await signIn(world, father)).browser }
  }
  const finish = async (browser: Browser, draft: Draft): Promise<Applied> => {
    const now = await complete(browser, await api<Draft>(browser, 'GET', `/drafts/${draft.id}`))
    const { submissionId } = await signAndSubmit(world, browser, mother, now.id)
    await finishAll(world)
    const applied = followed(world, browser, submissionId)
    assert.equal((await applied.read()).status, 'done')
    return applied
  }

  test('同意的：放出的字段只到要它的部门，两边都有足迹', async () => {
    const { browser, draft, id, sibling } = await begin()
    await api(sibling, 'POST', `/invitations/${id}/answer`, { answer: 'grant' })
    const applied = await finish(browser, draft)
    for (const { key } of (await applied.read()).cases) {
      const consented = (await applied.sent(key)).materials.filter(({ how }) => how === 'consent')
      const face = { 姓名: father.name, 公民身份号码: father.idNumber, 有效期: '2041-03-01' }
      assert.deepEqual(
        consented.map(({ id: material, licence }) => [material, licence?.face]),
        key === 'bc' ? [['idc-sp', face]] : [],
        key
      )
    }
    const { caseNo } = await applied.sent('bc')
    const { traces } = await api<TraceList>(sibling, 'GET', '/traces')
    const sent = traces.find(({ purpose }) => purpose.includes(caseNo))
    assert.deepEqual(
      sent?.fields,
      ['姓名', '公民身份号码', '有效期'].map((field) => `配偶/另一方居民身份证·${field}`)
    )
  })

  test('收回的同意不再送出', async () => {
    const { browser, draft, id, sibling } = await begin()
    await api(sibling, 'POST', `/invitations/${id}/answer`, { answer: 'grant' })
    const now = await complete(browser, await api<Draft>(browser, 'GET', `/drafts/${draft.id}`))
    await api(sibling, 'POST', `/invitations/${id}/answer`, { answer: 'revoke' })
    const { pending } = await api<{ pending: object[] }>(browser, 'GET', `/drafts/${now.id}/review`)
    assert.ok(pending.length > 0)
    await finish(browser, draft)
    assert.ok(world.outside.dispatched.every(({ materials }) => materials.every(({ how }) => how !== 'consent')))
  })

  const granted = async () => {
    const them = await begin()
    await api(them.sibling, 'POST', `/invitations/${them.id}/answer`, { answer: 'grant' })
    const now = await complete(them.browser, await api<Draft>(them.browser, 'GET', `/drafts/${them.draft.id}`))
    const { submissionId } = await signAndSubmit(world, them.browser, mother, now.id)
    await deliverAll(world)
    return { ...them, applied: followed(world, them.browser, submissionId) }
  }
  const grantsTo = async (browser: Browser, caseNo: string) => {
    const { licences } = await api<LicenceList>(browser, 'GET', '/licences')
    const url = `/licences/${licences.find(({ type }) => type === 'id-card')?.id}/grants`
    return (await api<LicenceGrantList>(browser, 'GET', url)).grants.filter(({ purpose }) => purpose.includes(caseNo))
  }
  const licenceNews = (caseNo: string) =>
    world.outside.caseMessages.filter(({ message }) => message.kind === 'licence' && message.caseNo === caseNo)

  test('送出以后收回同意：授权随之收回，部门、办件、申请人都听得到，足迹一条；再收拒绝', async () => {
    const { browser, id, sibling, applied } = await granted()
    const bc = await applied.sent('bc')
    const before = await grantsTo(sibling, bc.caseNo)
    assert.deepEqual(before.map(({ status, fields }) => [status, fields]), [['active', ['姓名', '公民身份号码', '有效期']]])
    await api(sibling, 'POST', `/invitations/${id}/answer`, { answer: 'revoke' })
    await deliverAll(world)
    assert.deepEqual((await grantsTo(sibling, bc.caseNo)).map(({ status, allowedActions }) => [status, allowedActions]), [['revoked', []]])
    const news = licenceNews(bc.caseNo).map(({ message }) => message.licence)
    assert.deepEqual(news.map((each) => [each?.type, each?.status]), [['id-card', 'grantRevoked']])
    const { timeline, status } = await readCase(browser, (await applied.caseOf('bc')).id)
    assert.equal(status, 'preReview')
    assert.equal(timeline.filter(({ type }) => type === 'licenceChanged').length, 1)
    const { messages } = await api<MessageList>(browser, 'GET', '/messages?limit=50')
    assert.ok(messages.some(({ title }) => title.endsWith('所依据的证照有变')))
    assert.match(messages.find(({ title }) => title === '对方收回了同意')?.body ?? '', /已经提交/)
    const { traces } = await api<TraceList>(sibling, 'GET', '/traces?limit=50')
    assert.equal(traces.filter(({ purpose }) => purpose.startsWith('收回居民身份证的授权')).length, 1)
    const again = await sibling.send({ method: 'POST', url: `/api/v1/invitations/${id}/answer`, payload: { answer: 'revoke' } })
    problemOf(again, 409, 'invitation_closed')
    await withdrawAll(browser, applied.submissionId)
  })

  test('同意以后、送办以前，对方的证照注销了：部门看得到它注销了，看不到照面', async () => {
    const { browser, draft, id, sibling } = await begin()
    await api(sibling, 'POST', `/invitations/${id}/answer`, { answer: 'grant' })
    const licence = { ...idCard(father), status: 'cancelled' as const }
    const change = { eventId: world.deps.newId(), at: new Date(world.deps.now()).toISOString(), licence, reason: '遗失' }
    assert.equal((await world.app.inject({ method: 'POST', url: '/api/v1/licences/changes', payload: change })).statusCode, 200)
    const now = await complete(browser, await api<Draft>(browser, 'GET', `/drafts/${draft.id}`))
    const { submissionId } = await signAndSubmit(world, browser, mother, now.id)
    await deliverAll(world)
    const sent = materialOf(await followed(world, browser, submissionId).sent('bc'), 'idc-sp')
    assert.deepEqual([sent.how, sent.licence?.status, sent.licence?.face], ['consent', 'cancelled', {}])
    await withdrawAll(browser, submissionId)
    world.pass(1000)
    const back = { ...change, eventId: world.deps.newId(), at: new Date(world.deps.now()).toISOString(), licence: idCard(father) }
    await world.app.inject({ method: 'POST', url: '/api/v1/licences/changes', payload: back })
  })

  test('办件结束以后收回同意：授权早已结束，不再打扰部门', async () => {
    const { browser, id, sibling, applied } = await granted()
    const bc = await applied.sent('bc')
    await withdrawAll(browser, applied.submissionId)
    await api(sibling, 'POST', `/invitations/${id}/answer`, { answer: 'revoke' })
    await deliverAll(world)
    assert.deepEqual(licenceNews(bc.caseNo), [])
    assert.deepEqual((await grantsTo(sibling, bc.caseNo)).filter(({ status }) => status === 'active'), [])
  })

  const ways: { told: string; how: DispatchedMaterial['how']; act: (them: Awaited<ReturnType<typeof begin>>) => Promise<unknown> }[] = [
    { told: '不同意', how: 'upload', act: ({ sibling, id }) => api(sibling, 'POST', `/invitations/${id}/answer`, { answer: 'decline' }) },
    {
      told: '联系不上',
      how: 'window',
      act: ({ browser, id }) => api(browser, 'POST', `/invitations/${id}/close`, { reason: 'unreachable' })
    },
    { told: '已故', how: 'waived', act: ({ browser, id }) => api(browser, 'POST', `/invitations/${id}/close`, { reason: 'deceased' }) },
    { told: '没有答复', how: 'upload', act: async () => world.pass(8 * 86_400_000) }
  ]
  for (const { told, how, act } of ways) {
    test(`${told}：往下有路，部门看得出是${how}，绝不拿申请人自己的证照顶替`, async () => {
      const them = await begin()
      await act(them)
      const { browser } = await signIn(world, mother)
      const applied = await finish(browser, them.draft)
      const material = materialOf(await applied.sent('bc'), 'idc-sp')
      assert.deepEqual([material.how, material.licence], [how, null])
      const { materials } = await readCase(browser, (await applied.caseOf('bc')).id)
      assert.ok(
        materials.every((each) => !/^[a-z]+$/.test(each.how)),
        JSON.stringify(materials)
      )
    })
  }
})
