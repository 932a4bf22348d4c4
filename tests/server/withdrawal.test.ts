import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { MessageList } from '../../contract/messages'
import { accepted, applyFor, founder, problemOf, single, steps, withCases, withdrawAll } from './cases'
import { api, approve, deliverAll, finishAll, readCase } from './journey'
import { mother, type World } from './world'

describe('撤回', () => {
  let world: World
  withCases((started) => {
    world = started
  })

  test('撤回一件：部门知道，只有等它的办不了，其余照办；给一条撤回的回执', async () => {
    const applied = await applyFor(world, mother, 'newborn', single)
    const bc = await applied.sent('bc')
    await approve(world, bc)
    await deliverAll(world)
    const hk = await applied.caseOf('hk')
    await api(applied.browser, 'POST', `/cases/${hk.id}/withdraw`, { reason: '先不落户' })
    await deliverAll(world)
    assert.deepEqual(
      world.outside.caseMessages.map(({ message }) => [message.kind, message.caseNo, message.note]),
      [['withdrawal', hk.caseNo, '先不落户']]
    )
    const { cases, status } = await applied.read()
    assert.equal(status, 'running')
    assert.deepEqual(
      cases
        .filter((each) => each.status === 'blocked')
        .map(({ key }) => key)
        .sort(),
      ['child', 'med', 'ssc']
    )
    const { messages } = await api<MessageList>(applied.browser, 'GET', '/messages?limit=50')
    assert.equal(messages.filter(({ title }) => title === `${hk.matterName}：已撤回`).length, 1)
    problemOf(
      await applied.browser.send({ method: 'POST', url: `/api/v1/cases/${hk.id}/withdraw`, payload: {} }),
      409,
      'illegal_transition'
    )
    await finishAll(world, bc, await applied.sent('hk'))
    assert.equal((await applied.read()).status, 'partial')
  })

  test('补正中的也能撤回；还没派出去的撤回，不惊动部门', async () => {
    const applied = await applyFor(world, founder, 'retirement', { kind: 'res', pre: 'n', one: 'n', fund: 'n' })
    const res = await applied.sent('res')
    const item = { kind: 'field', target: 'applicantPhone', problem: '打不通', mend: '请换一个' } as const
    await steps(world, res, { type: 'correctionRequested', items: [item] })
    const soc = await applied.caseOf('soc')
    await api(applied.browser, 'POST', `/cases/${soc.id}/withdraw`, {})
    await deliverAll(world)
    assert.deepEqual(world.outside.caseMessages, [])
    const { id } = await applied.caseOf('res')
    const detail = await api<{ status: string; correction: unknown }>(applied.browser, 'POST', `/cases/${id}/withdraw`, {})
    assert.deepEqual([detail.status, detail.correction], ['withdrawn', null])
    assert.equal((await applied.read()).status, 'withdrawn')
  })

  test('整件撤回：还没决定的都终止；都没得撤了就说没有', async () => {
    const applied = await applyFor(world, mother, 'newborn', single)
    const bc = await applied.sent('bc')
    await steps(world, bc, accepted(bc), { type: 'examineStarted' }, { type: 'decided', outcome: 'approve' })
    const decided = await applied.caseOf('bc')
    assert.ok(!decided.allowedActions.includes('withdraw'), '决定作出后不能撤')
    problemOf(
      await applied.browser.send({ method: 'POST', url: `/api/v1/cases/${decided.id}/withdraw`, payload: {} }),
      409,
      'illegal_transition'
    )
    assert.deepEqual((await applied.read()).allowedActions, ['withdraw'])
    await withdrawAll(applied.browser, applied.submissionId)
    const { cases, allowedActions } = await applied.read()
    assert.deepEqual(
      cases.map(({ key, status }) => [key, status]).filter(([, status]) => status !== 'withdrawn'),
      [['bc', 'decided']]
    )
    assert.deepEqual(allowedActions, [])
    const none = await applied.browser.send({ method: 'POST', url: `/api/v1/submissions/${applied.submissionId}/withdraw`, payload: {} })
    problemOf(none, 409, 'illegal_transition')
    assert.equal((await readCase(applied.browser, decided.id)).status, 'decided')
  })
})
