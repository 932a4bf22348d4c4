import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { MessageList } from '../../contract/messages'
import { accepted, applyFor, founder, single, steps, withCases } from './cases'
import { api, approve, deliverAll, finishAll, readCase } from './journey'
import { mother, type World } from './world'

const remedy = '可在 60 日内申请行政复议'

describe('部门不办', () => {
  let world: World
  withCases((started) => {
    world = started
  })

  test('不予办理写明理由与救济途径，只锁住依赖它的，其余照办', async () => {
    const applied = await applyFor(world, mother, 'newborn', single)
    const bc = await applied.sent('bc')
    await approve(world, bc)
    await deliverAll(world)
    const hk = await applied.sent('hk')
    await steps(
      world,
      hk,
      accepted(hk),
      { type: 'examineStarted' },
      { type: 'decided', outcome: 'disapprove', reason: '户口不在本地', remedy }
    )
    const cases = new Map((await applied.read()).cases.map((each) => [each.key, each]))
    for (const key of ['med', 'ssc', 'child']) {
      assert.equal(cases.get(key)?.status, 'blocked', key)
      assert.equal(cases.get(key)?.blockedBy, cases.get('hk')?.matterName)
    }
    const detail = await readCase(applied.browser, cases.get('hk')?.id ?? '')
    assert.deepEqual(detail.refusal, { reason: '户口不在本地', remedy })
    await steps(world, hk, { type: 'delivered' })
    await finishAll(world, bc, hk)
    const done = await applied.read()
    assert.equal(done.status, 'partial')
    assert.deepEqual(
      done.cases
        .filter(({ status }) => status === 'done')
        .map(({ key }) => key)
        .sort(),
      ['allow', 'bc', 'fee', 'hk', 'vac']
    )
    assert.equal((await applied.caseOf('hk')).statusText, '不予办理')
    const { messages: told } = await api<MessageList>(applied.browser, 'GET', '/messages?limit=50')
    assert.equal(told.filter(({ title }) => title.endsWith('办不了')).length, 3)
    assert.equal(told.filter(({ title }) => title.includes('能办的都办好了')).length, 1)
  })

  test('设立登记不予受理：整件停下，没派出去的都办不了', async () => {
    const answers = { type: 'ltd', site: 'own', seal: 'set', emp: 'y', inv: 'y', bank: 'y' }
    const applied = await applyFor(world, founder, 'startup', answers)
    await approve(world, await applied.sent('name'))
    await deliverAll(world)
    const reg = await applied.sent('reg')
    await steps(world, reg, { type: 'rejected', reason: '不属于', remedy })
    const { cases, status } = await applied.read()
    assert.equal(status, 'partial')
    assert.deepEqual(cases.filter((each) => each.status === 'blocked').length, cases.length - 2)
    await deliverAll(world)
    assert.deepEqual((await applied.sentKeys()).sort(), ['name', 'reg'])
  })
})
