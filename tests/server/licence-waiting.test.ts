import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { beforeEach, describe, test } from 'node:test'
import type { LibraryLicence } from '../../contract/gateways/licence-library'
import type { LicenceGrantList, LicenceList } from '../../contract/licences'
import type { MessageList } from '../../contract/messages'
import { accepted, applyFor, birthCert, materialOf, single, steps, withCases, withdrawAll, type Applied } from './cases'
import { api, deliverAll, readCase } from './journey'
import { hukou, idCard, marriage } from './papers'
import { mother, type World } from './world'

describe('还没送到部门的办件所依据的证照有变', () => {
  let world: World
  let applied: Applied
  withCases((started) => void (world = started))
  beforeEach(async () => {
    world.outside.licences = [idCard(mother), hukou(mother), marriage(mother)]
    world.pass(11 * 60_000)
    applied = await applyFor(world, mother, 'newborn', single)
  })

  const changed = async (licence: LibraryLicence, reason: string | null = null) => {
    world.pass(1000)
    world.outside.licences = world.outside.licences.map((each) => (each.type === licence.type ? licence : each))
    const payload = { eventId: randomUUID(), at: new Date(world.deps.now()).toISOString(), licence, reason }
    const reply = await world.app.inject({ method: 'POST', url: '/api/v1/licences/changes', payload })
    assert.equal(reply.statusCode, 200, reply.body)
    await deliverAll(world)
  }
  const noted = async (key: string) => {
    const { timeline } = await readCase(applied.browser, (await applied.caseOf(key)).id)
    return timeline.filter(({ type }) => type === 'licenceChanged').map(({ detail }) => detail)
  }
  const bornNow = async () => {
    const sent = await applied.sent('bc')
    await steps(
      world,
      sent,
      accepted(sent),
      { type: 'examineStarted' },
      { type: 'decided', outcome: 'approve' },
      { type: 'issued', licence: birthCert(sent) }
    )
    await deliverAll(world)
  }
  const titles = async () => (await api<MessageList>(applied.browser, 'GET', '/messages?limit=50')).messages.map(({ title }) => title)

  test('时间线一条、消息一条；没用到它的不说；部门还没有这一件，不去打扰；送办时写明它怎么了，不给照面', async () => {
    await changed({ ...hukou(mother), status: 'suspended' }, '演示原因')
    assert.equal((await applied.caseOf('hk')).status, 'waiting')
    const [told, ...more] = await noted('hk')
    assert.deepEqual(more, [])
    assert.match(told ?? '', /^所依据的居民户口簿有变：已暂扣（.+，演示原因）。这一件还没送到部门，送办时按那时的来。$/)
    assert.deepEqual([await noted('bc'), await noted('vac')], [[], []])
    assert.equal((await titles()).filter((title) => title.endsWith('：所依据的证照有变')).length, 1)
    assert.deepEqual(world.outside.caseMessages.filter(({ message }) => message.kind === 'licence'), [])
    await bornNow()
    const { licence } = materialOf(await applied.sent('hk'), 'hk')
    const { type, identifier } = hukou(mother)
    assert.deepEqual(licence, { type, identifier, version: 1, face: {}, status: 'suspended' })
    const { licences } = await api<LicenceList>(applied.browser, 'GET', '/licences')
    const own = licences.find((each) => each.type === 'hukou' && each.claimedAt === null)
    const { grants } = await api<LicenceGrantList>(applied.browser, 'GET', `/licences/${own?.id}/grants`)
    assert.deepEqual(grants.filter(({ status }) => status === 'active'), [], '没有给出去，就没有授权')
    await withdrawAll(applied.browser, applied.submissionId)
    await changed(hukou(mother))
  })

  test('恢复了再送办：又说一次，照面照给，不写状态', async () => {
    await changed({ ...hukou(mother), status: 'suspended' })
    await changed(hukou(mother))
    assert.deepEqual((await noted('hk')).map((detail) => /已暂扣|已恢复有效/.exec(detail ?? '')?.[0]), ['已暂扣', '已恢复有效'])
    await bornNow()
    const { licence } = materialOf(await applied.sent('hk'), 'hk')
    assert.deepEqual([Object.keys(licence?.face ?? {}), licence?.status], [Object.keys(hukou(mother).face), undefined])
    await withdrawAll(applied.browser, applied.submissionId)
  })

  test('撤回了的、没用到这一类的，不说', async () => {
    await withdrawAll(applied.browser, applied.submissionId)
    await changed({ ...hukou(mother), status: 'suspended' })
    assert.deepEqual(await noted('hk'), [])
    await changed(hukou(mother))
  })
})
