import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { addWorkdays, receiptDay } from '../../domain/calendar/workday'
import { addDays, instantOf } from '../../domain/time'
import { endOverdue } from '../../server/modules/case/rounds'
import { accepted, applyFor, followed, foldsHold, problemOf, single, steps, withdrawAll, type Applied } from './cases'
import { approve, deliverAll, readCase, upload } from './journey'
import { hukou, idCard } from './papers'
import { signIn, type Browser } from './sign-in'
import { mother, startWorld, type World } from './world'

const DAY = 86_400_000
const photo = 'photo-ward'

describe('容缺：孩子的证件照先办后补', () => {
  let world: World
  before(async () => {
    world = await startWorld()
    world.outside.licences = [idCard(mother), hukou(mother)]
  })
  beforeEach(() => {
    world.outside.dispatched.length = 0
    world.outside.caseMessages.length = 0
  })
  after(async () => {
    await foldsHold(world)
    await world.close()
  })

  /** 提交了，社保卡那一件还在等落户。 */
  const begin = async () => {
    const applied = await applyFor(world, mother, 'newborn', single)
    return { applied, caseId: (await applied.caseOf('ssc')).id }
  }
  /** 出生证明、落户都办好，社保卡那一件送到了部门。 */
  const reachCard = async (applied: Applied) => {
    for (const key of ['bc', 'hk']) {
      await approve(world, await applied.sent(key))
      await deliverAll(world)
    }
    return applied.sent('ssc')
  }
  const bring = async (browser: Browser, caseId: string, materialId = photo) =>
    browser.send({
      method: 'POST',
      url: `/api/v1/cases/${caseId}/supplement`,
      payload: { materialId, files: [(await upload(browser)).id] }
    })
  const later = async (instant: number) => {
    world.setNow(instant)
    return (await signIn(world, mother)).browser
  }

  test('送到部门后补：标明到哪天；补上送到部门；补过的、没欠的不收', async () => {
    const { applied, caseId } = await begin()
    const sent = await reachCard(applied)
    assert.equal(sent.materials.find(({ id }) => id === photo)?.how, 'deferred')
    const detail = await readCase(applied.browser, caseId)
    assert.deepEqual(
      detail.deferred.map(({ materialId, supplied }) => [materialId, supplied]),
      [[photo, false]]
    )
    assert.ok(detail.allowedActions.includes('supplement'))
    const owed = (await applied.read()).waitingForMe.find(({ action }) => action === 'supplement')
    assert.deepEqual([owed?.caseId, owed?.say], [caseId, '社会保障卡申领：请补交证件照（孩子的）'])

    problemOf(await bring(applied.browser, caseId, 'no-such-material'), 409, 'illegal_transition')
    assert.equal((await bring(applied.browser, caseId)).statusCode, 200)
    const twice = problemOf(await bring(applied.browser, caseId), 409, 'illegal_transition')
    assert.ok(!twice.allowedActions?.includes('supplement'))
    await deliverAll(world)
    const told = world.outside.caseMessages.filter(({ message }) => message.kind === 'supplement')
    assert.deepEqual(
      told.map(({ message }) => message.materials.map(({ id, how, files }) => [id, how, files.length])),
      [[[photo, 'upload', 1]]]
    )
    assert.equal((await readCase(applied.browser, caseId)).materials.find(({ name }) => name.startsWith('证件照'))?.how, '已补交')
    await withdrawAll(applied.browser, applied.submissionId)
  })

  test('还在等前一步就可以补：先收下，轮到时一起送去，部门收到的就是照片', async () => {
    const { applied, caseId } = await begin()
    assert.equal((await bring(applied.browser, caseId)).statusCode, 200)
    assert.equal((await applied.caseOf('ssc')).status, 'waiting')
    problemOf(await bring(applied.browser, caseId), 409, 'illegal_transition')
    const { materials } = await reachCard(applied)
    const [brought] = materials.filter(({ id }) => id === photo)
    assert.deepEqual([brought?.how, brought?.files.length], ['upload', 1])
    assert.equal(world.outside.caseMessages.filter(({ message }) => message.kind === 'supplement').length, 0)
    await withdrawAll(applied.browser, applied.submissionId)
  })

  test('前一步办得久，补交期从送到部门那天重新起算，不会还没轮到就过期', async () => {
    const start = world.deps.now()
    const { applied, caseId } = await begin()
    const first = (await readCase(applied.browser, caseId)).deferred[0]?.until ?? ''
    const browser = await later(start + 40 * DAY)
    await endOverdue(world.deps)
    await reachCard(followed(world, browser, applied.submissionId))
    const { calendar } = world.deps
    const received = receiptDay(start + 40 * DAY, calendar, world.deps.catalogue.current().catalogue.clock.closing)
    const { deferred, status } = await readCase(browser, caseId)
    assert.deepEqual([deferred[0]?.until, status], [addWorkdays(received, 10, calendar), 'preReview'])
    assert.ok(first < (deferred[0]?.until ?? ''))
    await withdrawAll(browser, applied.submissionId)
    world.setNow(start)
  })

  test('到期没补：受理之后才终止，最后一天还可以补', async () => {
    const start = world.deps.now()
    const { applied, caseId } = await begin()
    const sent = await reachCard(applied)
    await steps(world, sent, accepted(sent))
    const until = (await readCase(applied.browser, caseId)).deferred[0]?.until ?? ''
    const lastMoment = instantOf(addDays(until, 1)) - 1
    const status = async (browser: Browser) => (await readCase(browser, caseId)).status
    let browser = await later(lastMoment)
    await endOverdue(world.deps)
    assert.equal(await status(browser), 'accepted')
    browser = await later(lastMoment + 1)
    await endOverdue(world.deps)
    assert.equal(await status(browser), 'terminated')
    problemOf(await bring(browser, caseId), 409, 'illegal_transition')
    world.setNow(start)
  })
})
