import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { SubmissionList } from '../../contract/submissions'
import { listedIdentities, identityByKey } from '../../mock/identities'
import { seedDemo } from '../../server/db/seed'
import { seedCases } from '../../server/db/seed-cases'
import { foldsHold, followed, problemOf } from './cases'
import { api, readCase } from './journey'
import { idCard } from './papers'
import { signIn, signInOnly } from './sign-in'
import { START, startWorld, type World } from './world'

describe('演示的旧办件', () => {
  let world: World
  before(async () => {
    world = await startWorld()
    world.outside.licences = listedIdentities().map(({ idNumber, displayName }) =>
      idCard({ name: displayName.split('（')[0] ?? '', idNumber, phone: null, realNameLevel: 4, authenticatedAt: START })
    )
    const ofElder = world.outside.licences.find(({ holderIdCode }) => holderIdCode === identityByKey('elder')?.idNumber)
    Object.assign(ofElder?.face ?? {}, { 性别: '女', 出生日期: '1948-04-04' })
  })
  after(async () => {
    await foldsHold(world)
    await world.close()
  })

  const claims = (key: string) => ({ ...(identityByKey(key) ?? assert.fail(key)), authenticatedAt: START })

  test('每份都由真的服务办完，日子在过去；什么也没发到外面；再来一遍什么也不做', async () => {
    assert.deepEqual(
      await seedDemo(world.deps, listedIdentities()),
      seedCases.map(({ identity }) => identity)
    )
    assert.deepEqual(await seedDemo(world.deps, listedIdentities()), [])
    assert.deepEqual([world.outside.dispatched, world.outside.caseMessages, world.outside.texts, world.lanes], [[], [], [], []])
    const { rows } = await world.deps.pool.query('select 1 from outbox where delivered_at is null')
    assert.equal(rows.length, 0)
  })

  for (const { identity, daysAgo } of seedCases) {
    test(`${identity}：第一次登录仍要先同意，同意后看得到办完的旧事和时间线`, async () => {
      const fresh = await signInOnly(world, claims(identity))
      problemOf(await fresh.send({ method: 'GET', url: '/api/v1/submissions' }), 403, 'consent_required')
      const { browser } = await signIn(world, claims(identity))
      const { submissions } = await api<SubmissionList>(browser, 'GET', '/submissions')
      assert.deepEqual(
        submissions.map(({ status }) => status),
        ['done']
      )
      const id = submissions[0]?.id ?? ''
      const age = (world.deps.now() - Date.parse(submissions[0]?.submittedAt ?? '')) / 86_400_000
      assert.ok(age > daysAgo - 10 && age <= daysAgo, String(age))
      const { cases } = await followed(world, browser, id).read()
      for (const each of cases) {
        const { timeline } = await readCase(browser, each.id)
        assert.equal(timeline.at(-1)?.type, 'delivered')
        assert.ok(timeline.every(({ at }) => Date.parse(at) < world.deps.now() - 20 * 86_400_000))
        assert.ok(!each.allowedActions.includes('rate'), '评价的期限早过了')
      }
    })
  }
})
