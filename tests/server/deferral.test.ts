import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { endOverdue } from '../../server/modules/case/rounds'
import { accepted, applyFor, founder, problemOf, resident, steps, withCases, withdrawAll } from './cases'
import { deliverAll, readCase, upload } from './journey'
import { signIn } from './sign-in'
import type { World } from './world'

describe('容缺', () => {
  let world: World
  withCases((started) => {
    world = started
  })

  test('先办后补：标明到哪天；补上送到部门；补过的、没欠的不收', async () => {
    const { applied, sent, caseId, deferred } = await deferring()
    assert.equal(sent.materials.find(({ id }) => id === deferred)?.how, 'deferred')
    const detail = await readCase(applied.browser, caseId)
    assert.deepEqual(
      detail.deferred.map(({ materialId, supplied }) => [materialId, supplied]),
      [[deferred, false]]
    )
    assert.ok(detail.allowedActions.includes('supplement'))
    const file = await upload(applied.browser)
    const bring = (materialId: string) =>
      applied.browser.send({ method: 'POST', url: `/api/v1/cases/${caseId}/supplement`, payload: { materialId, files: [file.id] } })
    problemOf(await bring('no-such-material'), 409, 'illegal_transition')
    assert.equal((await bring(deferred)).statusCode, 200)
    const twice = problemOf(await bring(deferred), 409, 'illegal_transition')
    assert.ok(!twice.allowedActions?.includes('supplement'))
    await deliverAll(world)
    const told = world.outside.caseMessages.filter(({ message }) => message.kind === 'supplement')
    assert.deepEqual(
      told.map(({ message }) => message.materials.map(({ id, how }) => [id, how])),
      [[[deferred, 'upload']]]
    )
    await withdrawAll(applied.browser, applied.submissionId)
  })

  test('到期没补：受理之后才终止', async () => {
    const { applied, sent, caseId, deferred } = await deferring()
    const {
      deferred: [owed]
    } = await readCase(applied.browser, caseId)
    assert.equal(owed?.materialId, deferred)
    await steps(world, sent, accepted(sent))
    const start = world.deps.now()
    world.setNow(Date.parse(`${owed?.until}T15:59:59Z`))
    await endOverdue(world.deps)
    const status = async () => {
      const { browser } = await signIn(world, founder)
      return (await readCase(browser, caseId)).status
    }
    assert.equal(await status(), 'accepted', '最后一天还可以补')
    world.setNow(Date.parse(`${owed?.until}T16:00:00Z`))
    await endOverdue(world.deps)
    assert.equal(await status(), 'terminated')
    world.setNow(start)
  })

  /** 眼下目录里的容缺只在孩子的证件照上，而它可以免交；所以在一版改过的目录里，让要上传的身份证可以容缺 5 个工作日。 */
  const deferring = async () => {
    const { revision, catalogue } = world.deps.catalogue.current()
    const changed = { revision: `${revision.slice(0, 4)}${randomUUID().slice(0, 8)}`, catalogue: structuredClone(catalogue) }
    const needed = changed.catalogue.matters['resident-pension']?.materials.find(({ id }) => id === 'idc')
    assert.ok(needed)
    needed.deferDays = 5
    await world.deps.pool.query('insert into catalogue_revision (revision, content, loaded_at) values ($1, $2, now())', [
      changed.revision,
      JSON.stringify(changed.catalogue)
    ])
    const { current } = world.deps.catalogue
    world.deps.catalogue.current = () => changed
    try {
      const applied = await applyFor(world, founder, 'retirement', resident)
      return { applied, sent: await applied.sent('res'), caseId: (await applied.caseOf('res')).id, deferred: 'idc' }
    } finally {
      world.deps.catalogue.current = current
    }
  }
})
