import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Answers } from '../../domain/condition/types'
import type { IdentityClaims } from '../../server/gateways/ports'
import { complete, finishAll, readSubmission, signAndSubmit, startDraft } from './journey'
import { signIn } from './sign-in'
import { mother, START, startWorld, type World } from './world'

const retiree: IdentityClaims = {
  name: '沈演示',
  idNumber: '320281196611200014',
  phone: '16000000004',
  realNameLevel: 4,
  authenticatedAt: START
}
const founder: IdentityClaims = {
  name: '高演示',
  idNumber: '320281198805050053',
  phone: '16000000005',
  realNameLevel: 4,
  authenticatedAt: START
}

const journeys: { bundleId: string; person: IdentityClaims; answers: Answers }[] = [
  { bundleId: 'newborn', person: mother, answers: { born: 'here', hukou: 'jy', wed: 'single', ins: 'emp', sub: 'y' } },
  { bundleId: 'newborn', person: mother, answers: { born: 'home', hukou: 'later', wed: 'single', ins: 'none' } },
  { bundleId: 'retirement', person: retiree, answers: { kind: 'emp', mode: 'sp', pre: 'y', one: 'y', fund: 'y' } },
  { bundleId: 'retirement', person: retiree, answers: { kind: 'res', pre: 'n', one: 'n', fund: 'n' } },
  { bundleId: 'startup', person: founder, answers: { type: 'ltd', site: 'rent', seal: 'set', emp: 'y', inv: 'y', bank: 'y' } },
  { bundleId: 'startup', person: founder, answers: { type: 'ind', site: 'own', seal: 'e', emp: 'n', inv: 'n', bank: 'n' } }
]

describe('三件「一件事」各自走到最后一个结果，只靠目录数据', () => {
  let world: World
  before(async () => {
    world = await startWorld()
  })
  after(() => world.close())

  for (const { bundleId, person, answers } of journeys) {
    test(`${bundleId}：${Object.values(answers).join(' ')}`, async () => {
      const { browser } = await signIn(world, person)
      const draft = await complete(browser, await startDraft(browser, bundleId, answers))
      const { submissionId } = await signAndSubmit(world, browser, person, draft.id)
      world.outside.dispatched.length = 0
      await finishAll(world)
      const submission = await readSubmission(browser, submissionId)
      assert.equal(submission.status, 'done')
      assert.equal(submission.cases.length, draft.plan.matters.length)
      for (const each of submission.cases) {
        assert.equal(each.status, 'done', each.matterName)
        assert.ok(each.result, each.matterName)
      }
    })
  }
})
