import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { LibraryRectification } from '../../contract/gateways/licence-library'
import { enter } from './support/affair'
import { auditInBothModes, auditPage } from './support/audit'
import { withPhone } from './support/browser'
import { clippedText, layoutStands, overflows } from './support/measure'
import { counts, holds } from './support/until'
import { startWorld, type World } from './support/world'

const listPage = '/features/licence/list/index'
const inbox = '/mock/licence-library/rectifications'

let world: World
before(async () => {
  world = await startWorld({ script: false })
})
after(() => world.stop())

test('信息有误：没选没写的说清缺哪样；提了照面标「核对中」；发证机关更正，当场说明，新的一版进卡包', async (context) => {
  const { page } = await withPhone(context)
  await enter(world, page, /林演示/)
  await page.goto(world.origin + listPage)
  await page.getByRole('button', { name: '全部领取' }).click()
  await page.getByText(/^已领取 \d+ 本：/).waitFor()
  await page.getByRole('link', { name: /^居民身份证/ }).click()
  const sheet = page.getByRole('dialog', { name: '证照上的信息有误' })
  await page.getByRole('button', { name: /^信息有误？/ }).click()
  await sheet.getByRole('button', { name: '请发证机关核对' }).click()
  await sheet.getByText('错误：请选哪一格不对').waitFor()
  await sheet.getByText('错误：请写应该是什么').waitFor()
  await auditPage(page)
  await sheet.getByLabel('应该是什么').fill('江苏省江阴市演示路 2 号')
  await sheet.getByRole('button', { name: '关闭' }).click()
  await page.getByRole('button', { name: /^信息有误？/ }).click()
  await holds(sheet.getByLabel('应该是什么'), '江苏省江阴市演示路 2 号', 'closing loses nothing')
  await sheet.getByLabel('哪一格不对').selectOption('住址')
  await sheet.getByRole('button', { name: '请发证机关核对' }).click()
  await page.getByRole('heading', { name: '你说「住址」有误' }).waitFor()
  await page.getByText(/已送到发证机关。请它在.*答复/).waitFor()
  await counts(page.getByText('核对中', { exact: true }), 2, 'on the face and on what was said')
  await auditInBothModes(page, () => page.getByRole('heading', { name: '你说「住址」有误' }).waitFor())
  await page.evaluate(layoutStands)
  assert.deepEqual([await page.evaluate(overflows), await page.evaluate(clippedText)], [[], []])

  const [asked] = (await (await fetch(`${world.origin}${inbox}.json`)).json()) as LibraryRectification[]
  const answer = await fetch(`${world.origin}${inbox}/answer`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ rectificationId: asked?.rectificationId, outcome: 'corrected', text: '已照户籍更正' })
  })
  assert.equal(answer.status, 204)
  await page.getByText(/答复：已照户籍更正/).waitFor()
  await page.getByText('已更正', { exact: true }).waitFor()
  await page.goto(world.origin + listPage)
  await page.getByRole('link', { name: /^居民身份证.*有效/ }).click()
  await page.getByText(/第 2 版/).waitFor()
  await counts(page.getByText('核对中', { exact: true }), 0)
})
