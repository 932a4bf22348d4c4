import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { auditPage } from './support/audit'
import { withPhone } from './support/browser'
import { focusComesTo } from './support/keyboard'
import { confirmIdentity, signInAs } from './support/signin'
import { becomes, counts, holds } from './support/until'
import { startWorld, type World } from './support/world'

let world: World
before(async () => {
  world = await startWorld({ script: false })
})
after(() => world.stop())

const answers = ['江阴市内医院', '江阴', '已婚', '母亲职工医保', '是']
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click()
const pick = (page: Page, question: string, option: string) =>
  page.getByRole('radiogroup', { name: question }).getByRole('radio', { name: option, exact: true }).check()

/** 两种模式各查一遍；中间重新载入，所以也证明刷新不丢东西。 */
async function auditBoth(page: Page, landmark: () => Promise<void>) {
  await landmark()
  await auditPage(page)
  for (const elder of [true, false]) {
    await page.evaluate((on) => localStorage.setItem('zsb.elder', String(on)), elder)
    await page.reload()
    await landmark()
    if (elder) await auditPage(page, { elder })
  }
}

const showsButton = (page: Page, name: string | RegExp) => () => page.getByRole('button', { name }).waitFor()

test('出生一件事：妈妈从介绍走到提交，爸爸在自己的手机上同意', async (context) => {
  const { page } = await withPhone(context)
  await page.goto(`${world.origin}/features/bundle/intro/index?id=newborn`)
  await auditBoth(page, showsButton(page, '开始'))
  await page.getByText('一起办，最多能省').waitFor()
  await press(page, '开始')

  for (const [at, answer] of answers.entries()) {
    await page.getByText(`第 ${at + 1} 问`).first().waitFor()
    if (at === 1) await auditBoth(page, showsButton(page, '上一问'))
    await page.getByRole('radio', { name: answer, exact: true }).check()
    await press(page, '下一步')
  }
  await auditBoth(page, showsButton(page, '看我的办理方案'))
  await press(page, '看我的办理方案')

  await auditBoth(page, showsButton(page, /^登录后开始填写/))
  await page.getByRole('heading', { name: '登录后看看哪些免交' }).waitFor()
  await signInAs(page, world.origin, /林演示/, { path: '/features/bundle/plan/index?id=newborn' })
  await auditBoth(page, showsButton(page, /^开始填写/))
  await counts(page.getByRole('heading', { name: '登录后看看哪些免交' }), 0)
  await press(page, /^开始填写/)

  await fillForm(page)
  await inviteFather(page)
  await consentAsFather(context)
  await page.getByText('已同意', { exact: true }).waitFor()
  await auditBoth(page, showsButton(page, '下一步：核对签名'))
  await press(page, '下一步：核对签名')
  await sign(page)
})

async function fillForm(page: Page) {
  await page.getByRole('button', { name: '下一步：材料' }).waitFor()
  await page.getByText('来自 结婚证').first().waitFor()
  await press(page, '下一步：材料')
  await page.getByText(/有 \d+ 处要改一下/).waitFor()
  await focusComesTo(page, 'f-childName')

  await page.getByLabel('宝宝姓名').fill('林小😀')
  await page.getByLabel('宝宝姓名').blur()
  await page.getByText(/姓名只能有汉字和间隔号/).waitFor()
  await page.getByLabel('宝宝姓名').fill('林𠮷')
  await pick(page, '你是宝宝的', '母亲')
  const home = page.getByRole('group', { name: '落户地址' })
  await home.getByLabel('省（自治区、直辖市）').selectOption({ label: '江苏省' })
  await home.getByLabel('市', { exact: true }).selectOption({ label: '无锡市' })
  await home.getByLabel('区（县、市）').selectOption({ label: '江阴市' })
  await home.getByLabel('街道（镇）').selectOption({ label: '澄江街道' })
  await page.getByLabel('落户地址：详细地址').fill('演示路 1 号')
  await page.getByLabel('宝宝与户主的关系').selectOption({ label: '女儿' })
  await pick(page, '从哪一年开始参加医保', '出生当年')
  await pick(page, '社保卡的制卡银行', '江阴农商银行')
  await pick(page, '怎么拿结果', '只要电子证照')
  await page.getByText('已保存').waitFor()
  await auditBoth(page, showsButton(page, /^下一(步：材料|组)$/))
  await holds(page.getByLabel('宝宝姓名'), '林𠮷')
  await holds(page.getByLabel('落户地址：详细地址'), '演示路 1 号')
  await press(page, '下一步：材料')
}

async function inviteFather(page: Page) {
  await page.getByRole('heading', { name: '请另一方同意' }).waitFor()
  await page.getByText('来自你填的表单').first().waitFor()
  await holds(page.getByLabel('对方姓名'), '陈演示')
  await auditBoth(page, showsButton(page, '发出邀请'))
  await press(page, '下一步：核对签名')
  await page.getByText(/还有 2 份没着落/).waitFor()
  await uploadPhoto(page)
  await press(page, '发出邀请')
  await page.getByText('等对方答复', { exact: true }).waitFor()
}

/** 孩子还没有身份证号，证件照查不到：当场传一张。 */
async function uploadPhoto(page: Page) {
  await page.getByText(/^孩子还没有身份证号，共享数据里查不到/).waitFor()
  await page.getByRole('radio', { name: /^现在拍照上传/ }).check()
  const choosing = page.waitForEvent('filechooser')
  await press(page, '从相册选证件照（孩子的）')
  await (await choosing).setFiles({ name: '宝宝.png', mimeType: 'image/png', buffer: await photo() })
  await page.getByText('已上传').waitFor()
}

const photo = () => sharp({ create: { width: 358, height: 441, channels: 3, background: '#dde6ea' } }).png().toBuffer()

async function consentAsFather(context: Parameters<typeof withPhone>[0]) {
  const { page } = await withPhone(context)
  await signInAs(page, world.origin, /陈演示/, { path: '/features/invitation/list/index' })
  await auditBoth(page, async () => page.getByRole('link', { name: /林\* 请你同意/ }).waitFor())
  await page.getByRole('link', { name: /林\* 请你同意/ }).click()
  await auditBoth(page, showsButton(page, /^同意$/))
  const shown = await page.getByRole('main').last().innerText()
  assert.match(shown, /居民身份证[\s\S]*姓名、公民身份号码、有效期/)
  assert.doesNotMatch(shown, /林𠮷|新生儿|宝宝|出生医学/)
  await page.getByRole('button', { name: '同意', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: '同意', exact: true }).click()
  await page.getByRole('button', { name: '收回同意' }).waitFor()
}

/** 授权用证：收起时看得到给谁、几格；点开是哪几格，照片不在内。 */
async function unfoldGrants(page: Page) {
  const card = page.getByRole('button', { name: /^居民身份证\s*给 / })
  const fields = page.getByRole('list', { name: '居民身份证给出的格' })
  await counts(fields, 0)
  await card.click()
  const given = await fields.innerText()
  assert.match(given, /公民身份号码\s*敏感/)
  assert.doesNotMatch(given, /照片/)
  await auditPage(page)
}

async function sign(page: Page) {
  await auditBoth(page, showsButton(page, '确认是我本人'))
  await unfoldGrants(page)
  const boxes = page.getByRole('group', { name: /请逐项阅读/ }).getByRole('checkbox')
  for (const box of await boxes.all()) {
    assert.equal(await box.isChecked(), false, '没有一个替人勾好')
    await box.check()
  }
  await press(page, '确认是我本人')
  await confirmIdentity(page)
  await page.getByRole('button', { name: '签名并提交' }).waitFor()
  for (const box of await boxes.all()) await becomes(() => box.isChecked(), true, '自己勾过的还在')
  let submissions = 0
  page.on('request', (request) => {
    if (request.method() === 'POST' && /\/submission$/.test(request.url())) submissions++
  })
  await page.getByRole('button', { name: '签名并提交' }).dblclick()
  await auditBoth(page, showsButton(page, '看进度'))
  assert.equal(submissions, 1)
  const download = page.waitForEvent('download')
  await press(page, '下载回执')
  assert.match((await download).suggestedFilename(), /^回执-.+\.json$/)
}
