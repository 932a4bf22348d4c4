import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sweepSessions } from '../../server/modules/identity/sweep'
import { confirmAgain, refresh, signInOnly } from './sign-in'
import { mother, startWorld } from './world'

const DAY = 86_400_000

test('会话打扫：还用得着的留着，换过很久的令牌、半年前结束的会话删掉', async () => {
  const world = await startWorld()
  const count = async (table: string) =>
    (await world.deps.pool.query<{ count: number }>(`select count(*) as count from ${table}`)).rows[0]?.count
  const counts = () => Promise.all(['session', 'refresh_token', 'access_token', 'login_attempt'].map(count))

  const old = await signInOnly(world, mother)
  await confirmAgain(world, old, mother)
  await old.send({ method: 'POST', url: '/api/v1/identity/logout' })
  world.pass(100 * DAY)
  const current = await signInOnly(world, mother)
  await sweepSessions(world.deps)
  assert.deepEqual((await counts()).slice(0, 3), [2, 3, 2], '三个月前退出的会话还在；它换过的令牌已删')

  world.pass(20 * DAY)
  await refresh(current)
  world.pass(11 * DAY)
  await sweepSessions(world.deps)
  await refresh(current)
  assert.equal((await current.send({ method: 'GET', url: '/api/v1/identity/me' })).statusCode, 200)

  for (let month = 0; month < 4; month++) {
    world.pass(25 * DAY)
    await refresh(current)
  }
  await sweepSessions(world.deps)
  assert.equal((await counts())[0], 1, '半年多前退出的会话已删')
  await refresh(current)
  await world.close()
})
