import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { withPhone } from './support/browser'
import {
  arrived, chooseByKeyboard, escapeFrom, focusComesTo, pressByKeyboard, selectByKeyboard, tabTo, toggleByKeyboard, typeByKeyboard
} from './support/keyboard'
import { becomes } from './support/until'
import { startWorld, type World } from './support/world'

/** 键盘办完一件事：不用鼠标，也不用手指。 */

let world: World
before(async () => {
  world = await startWorld()
})
after(() => world.stop())

/** A date or time has its parts in the order of the browser's own language: tries one way of typing it after the other. */
async function typeInParts(page: Page, label: string, wanted: string, ways: string[][]) {
  const target = page.getByLabel(label, { exact: true })
  await tabTo(page, target)
  for (const way of ways) {
    if ((await target.inputValue()) === wanted) return
    for (const part of way) await (part === 'ArrowRight' || part === 'ArrowLeft' ? page.keyboard.press(part) : page.keyboard.type(part))
    for (let part = 0; part < 3; part++) if ((await target.inputValue()) !== wanted) await page.keyboard.press('ArrowLeft')
  }
  assert.equal(await target.inputValue(), wanted)
}

/** Tab and Shift+Tab stay inside the open dialog; Escape closes it, and focus is where it was. */
async function dialogHoldsFocus(page: Page, opener: RegExp) {
  await pressByKeyboard(page, 'button', opener)
  await page.getByRole('dialog').waitFor()
  const stays = () =>
    becomes(() => page.evaluate(() => document.activeElement?.closest('[role=dialog]') !== null), true, 'focus stays in the dialog')
  for (const key of ['Tab', 'Tab', 'Tab', 'Tab', 'Shift+Tab', 'Shift+Tab', 'Shift+Tab', 'Shift+Tab', 'Shift+Tab']) {
    await stays()
    await page.keyboard.press(key)
  }
  await stays()
  await escapeFrom(page, page.getByRole('dialog'))
  const back = () => page.getByRole('button', { name: opener }).evaluate((button) => button === document.activeElement)
  await becomes(back, true, 'focus returns to what opened the dialog')
}

test('只用键盘，从首页走到进度：登录、回答、填表、材料、签名、提交', async (context) => {
  const { page } = await withPhone(context, { origin: world.origin })
  await page.goto(world.origin)
  await pressByKeyboard(page, 'link', '出生')
  await arrived(page, '出生一件事')
  await pressByKeyboard(page, 'button', '开始')
  await arrived(page, '先问几个问题')
  for (const [at, answer] of ['江阴市内医院', '江阴', '未婚或非婚生育', '无', '否'].entries()) {
    await page.getByText(`第 ${at + 1} 问`).first().waitFor()
    await chooseByKeyboard(page, answer)
    await pressByKeyboard(page, 'button', '下一步')
  }
  await page.getByText('核对一下，不对的点一下就能改。').waitFor()
  await pressByKeyboard(page, 'button', '看我的办理方案')
  await arrived(page, '你的办理方案')
  await pressByKeyboard(page, 'button', /登录后开始填写/)
  await arrived(page, '登录')
  await pressByKeyboard(page, 'button', '用江苏政务服务统一身份认证登录')
  await arrived(page, '隐私说明')
  for (const consent of ['我看完了，同意「隐私说明」', '我单独同意处理敏感个人信息', '我是监护人，单独同意处理孩子的信息']) {
    await toggleByKeyboard(page, consent)
  }
  await pressByKeyboard(page, 'button', '同意所选，去登录')
  await page.waitForURL(/\/mock\/identity\/interaction\//)
  await pressByKeyboard(page, 'button', /顾演示/)
  await pressByKeyboard(page, 'button', /^开始填写/)

  await arrived(page, '填写')
  await pressByKeyboard(page, 'button', '下一步：材料')
  await page.getByText(/有 \d+ 处要改一下/).waitFor()
  await focusComesTo(page, 'f-childName', 'focus is on the first faulty field')
  await typeByKeyboard(page, '宝宝姓名', '顾小𠮷')
  await chooseByKeyboard(page, '女')
  await typeInParts(page, '出生日期', '2026-11-01', [['11', '01', '2026'], ['2026', 'ArrowRight', '11', '01'], ['01', '11', '2026']])
  await typeInParts(page, '出生时刻', '08:30', [['08', '30', 'AM'], ['08', '30'], ['上午', '08', '30']])
  await typeByKeyboard(page, /^出生体重/, '3300')
  await dialogHoldsFocus(page, /你的姓名，这一项不对/)
  await chooseByKeyboard(page, '母亲')
  const address = page.getByRole('group', { name: /^落户地址/ })
  for (const [level, place] of Object.entries({ 省: '江苏省', 市: '无锡市', 区: '江阴市', 街道: /./ })) {
    const part = address.getByLabel(new RegExp(`^${level}`))
    await selectByKeyboard(page, part, place instanceof RegExp ? /^(?!请选择)/ : place)
  }
  await typeByKeyboard(page, '落户地址：详细地址', '演示路 1 号')
  await typeByKeyboard(page, '户主姓名', '顾演示')
  for (const [field, option] of [['宝宝与户主的关系', '女儿'], ['社保卡的制卡银行', '工商银行']] as const) {
    const select = page.getByRole('combobox', { name: field })
    if (await select.count()) await selectByKeyboard(page, select, option)
    else await chooseByKeyboard(page, option)
  }
  await chooseByKeyboard(page, '出生当年')
  await chooseByKeyboard(page, '只要电子证照')
  await pressByKeyboard(page, 'button', '下一步：材料')

  await arrived(page, '材料')
  await pressByKeyboard(page, 'button', '下一步：核对签名')
  await page.getByText(/还有 \d+ 份没着落/).waitFor()
  const photo = await sharp({ create: { width: 1200, height: 900, channels: 3, background: '#dde6ea' } }).jpeg().toBuffer()
  const choosing = page.waitForEvent('filechooser')
  await pressByKeyboard(page, 'button', '从相册选居民户口簿')
  await (await choosing).setFiles({ name: '户口簿.jpg', mimeType: 'image/jpeg', buffer: photo })
  await page.getByText('已上传').waitFor()
  await chooseByKeyboard(page, /^先办，.+前补/)
  await page.getByText('好了').nth(1).waitFor()
  await pressByKeyboard(page, 'button', '下一步：核对签名')

  await arrived(page, '核对签名')
  await page.getByText('请逐项阅读，同意的勾上').waitFor()
  const promises = page.getByRole('checkbox')
  for (let at = 0; at < (await promises.count()); at++) {
    await tabTo(page, promises.nth(at))
    await page.keyboard.press('Space')
    await becomes(() => promises.nth(at).isChecked(), true)
  }
  await pressByKeyboard(page, 'button', '确认是我本人')
  await page.waitForURL(/\/mock\/identity\/interaction\//)
  await pressByKeyboard(page, 'button', /确认本人操作/)
  await pressByKeyboard(page, 'button', '签名并提交')
  await arrived(page, '已提交')
  await pressByKeyboard(page, 'button', '看进度')
  await page.getByRole('heading', { name: '谁先谁后' }).waitFor()
  await page.waitForFunction(() => document.activeElement?.tagName === 'H1' && document.activeElement.checkVisibility())
})
