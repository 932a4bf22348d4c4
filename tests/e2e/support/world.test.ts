import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startWorld } from './world'
import { withPhone } from './browser'

test('整套系统起得来，被强行杀掉后原样再起，停得干净', async (context) => {
  const world = await startWorld()
  context.after(() => world.stop())
  const status = (path: string) => fetch(world.origin + path).then((reply) => reply.status, () => 0)
  assert.equal(await status('/readyz'), 200)
  const { page } = await withPhone(context, { origin: world.origin })
  await page.goto(world.origin)
  await page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' })
  assert.match(await (await fetch(`${world.origin}/mock`)).text(), /模拟/)
  await page.goto('about:blank')
  await world.killServer()
  assert.equal(await status('/readyz'), 0)
  await world.restartServer()
  assert.equal(await status('/readyz'), 200)
  await world.killStandIns()
  assert.equal(await status('/healthz'), 200)
  await world.restartStandIns()
  await world.stop()
  assert.equal(await status('/healthz'), 0)
})
