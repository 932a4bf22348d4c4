import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { auditPage } from './support/audit'
import { withPhone } from './support/browser'
import { arrived, pressByKeyboard, tabTo, toggleByKeyboard } from './support/keyboard'
import { chooseIdentity, declineSignIn, signInAs } from './support/signin'
import { becomes } from './support/until'
import { startWorld, type World } from './support/world'

const signInPage = '/features/identity/sign-in/index?return=/pages/me/index'
const privacy = '我看完了，同意「隐私说明」'
const toProvince = '用江苏政务服务统一身份认证登录'

let world: World
before(async () => { world = await startWorld() })
after(() => world.stop())

/** Until nothing that fits is stored on this phone any more. */
const erased = (page: Page, fits: (key: string) => boolean) =>
  becomes(async () => (await page.evaluate(() => Object.keys(localStorage))).filter((key) => fits(key) && !key.includes('public/')), [])
const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 })

test('隐私说明先读后决定：不同意就什么都不存，照样能看办事指南', async (context) => {
  const { page } = await withPhone(context)
  await page.goto(world.origin + signInPage)
  await page.getByRole('button', { name: toProvince }).click()
  for (const part of ['隐私说明', '敏感个人信息单独同意', '未成年人信息单独同意']) {
    await page.getByRole('heading', { name: part, level: 2 }).waitFor()
  }
  for (const box of await page.getByRole('checkbox').all()) assert.equal(await box.isChecked(), false, '没有一个替人勾好')
  await page.getByRole('button', { name: '同意所选，去登录' }).click()
  await page.getByText('不勾选就不能登录').waitFor()
  await page.getByRole('button', { name: '不同意', exact: true }).click()
  await page.getByText('好的，没有登录').waitFor()
  await erased(page, () => true)
  await becomes(async () => (await page.context().cookies()).map(({ name }) => name), [])
  await page.getByRole('button', { name: '去看看能办什么' }).click()
  await page.getByRole('tab', { name: '个人' }).waitFor()
})

test('登录：同意、统一身份认证、回到原来那一页；三份同意各记各的', async (context) => {
  const { page } = await withPhone(context)
  await signInAs(page, world.origin, /林演示/, { path: '/pages/me/index', consents: [privacy] })
  await page.getByRole('heading', { name: '林*' }).waitFor()
  await page.getByRole('link', { name: /账号与安全/ }).click()
  const consents = page.getByRole('list', { name: '给过的同意' }).getByRole('listitem')
  await becomes(async () => (await consents.allInnerTexts()).map((text) => /没有同意/.test(text)), [false, true, true])
  await page.getByRole('link', { name: /看隐私说明全文/ }).click()
  await page.getByLabel('我单独同意处理敏感个人信息').check()
  await page.getByRole('button', { name: '同意所选', exact: true }).click()
  await consents.nth(1).getByText(/日（周.）同意/).waitFor()
  await page.getByRole('button', { name: '撤回敏感个人信息的同意' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '撤回同意' }).click()
  await page.getByText('已撤回，从现在起生效').waitFor()
  await consents.nth(1).getByText('没有同意').waitFor()
})

test('在登录页反悔：回来说清什么都没变，可以再来', async (context) => {
  const { page } = await withPhone(context)
  await page.goto(world.origin + signInPage)
  await page.getByRole('button', { name: toProvince }).click()
  await page.getByLabel(privacy).check()
  await page.getByRole('button', { name: '同意所选，去登录' }).click()
  await declineSignIn(page)
  await page.getByText('你选择了不登录，什么都没有改变。').waitFor()
  await page.getByRole('button', { name: toProvince }).click()
  await chooseIdentity(page, /林演示/)
  await page.getByRole('heading', { name: '林*' }).waitFor()
})

test('换一个人在同一台手机上登录，自己看隐私说明；不同意就全部删掉', async (context) => {
  const { page } = await withPhone(context)
  await signInAs(page, world.origin, /周演示/, { path: '/pages/me/index' })
  await page.goto(`${world.origin}/features/identity/account/index`)
  await page.getByRole('button', { name: '退出登录' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '退出登录' }).click()
  await page.getByText('登录后，没办完的事').waitFor()
  await page.goto(world.origin + signInPage)
  await page.getByRole('button', { name: toProvince }).click()
  await chooseIdentity(page, /顾演示/)
  await heading(page, '隐私说明').waitFor()
  await page.getByText('登录时得到的资料会全部删除').waitFor()
  await page.getByRole('button', { name: '不同意', exact: true }).click()
  await page.getByText('好的，没有登录').waitFor()
  await erased(page, (key) => key.startsWith('zsb.kept.'))
})

test('两个窗口同时登录着都不掉线；在一个窗口退出，另一个跟着退出，留存的内容全部清掉', async (context) => {
  const { page, context: phone } = await withPhone(context)
  await signInAs(page, world.origin, /沈演示/, { path: '/pages/home/index' })
  await page.getByText('与我有关').waitFor()
  const second = await phone.newPage()
  await Promise.all([page.reload(), second.goto(`${world.origin}/pages/me/index`)])
  await second.getByRole('heading', { name: '沈*' }).waitFor()
  await page.getByRole('heading', { name: '与我有关' }).waitFor()
  await page.waitForFunction(() => Object.keys(localStorage).some((key) => key.startsWith('zsb.kept.home/')))
  await second.getByRole('link', { name: /账号与安全/ }).click()
  await second.getByRole('button', { name: '退出登录' }).click()
  await second.getByRole('dialog').getByRole('button', { name: '退出登录' }).click()
  await page.getByText('登录后，没办完的事').waitFor()
  await erased(page, (key) => key.startsWith('zsb.kept.'))
})

test('退出其他设备：另一台马上用不了，这一台照旧', async (context) => {
  const mine = await withPhone(context)
  const other = await withPhone(context)
  await signInAs(mine.page, world.origin, /吴演示/, { path: '/pages/me/index' })
  await signInAs(other.page, world.origin, /吴演示/, { path: '/pages/me/index' })
  await mine.page.getByRole('link', { name: /账号与安全/ }).click()
  await mine.page.getByRole('button', { name: '退出其他设备' }).click()
  await mine.page.getByRole('dialog').getByRole('button', { name: '全部退出' }).click()
  await mine.page.getByText('其他设备都已退出').waitFor()
  await other.page.reload()
  await other.page.getByText('登录后这里是你的').waitFor()
  await mine.page.reload()
  await heading(mine.page, '账号与安全').waitFor()
  await mine.page.getByRole('button', { name: '退出登录' }).waitFor()
})

test('注销：看清删什么、留什么，输入四个字才生效', async (context) => {
  const { page } = await withPhone(context)
  await signInAs(page, world.origin, /陈演示/, { path: '/features/identity/close/index' })
  await page.getByRole('heading', { name: '依法要留下' }).waitFor()
  await page.getByRole('button', { name: '注销账号', exact: true }).click()
  await page.getByText('请输入「注销账号」四个字').waitFor()
  await page.getByLabel(/输入「注销账号」四个字/).fill('注销账号')
  await page.getByRole('button', { name: '注销账号', exact: true }).click()
  await page.getByText('账号已注销').waitFor()
  await erased(page, () => true)
  await page.goto(`${world.origin}/pages/me/index`)
  await page.getByText('登录后这里是你的').waitFor()
})

test('只用键盘登录', async (context) => {
  const { page } = await withPhone(context)
  await page.goto(world.origin + signInPage)
  await pressByKeyboard(page, 'button', toProvince)
  await arrived(page, '隐私说明')
  await toggleByKeyboard(page, privacy)
  await pressByKeyboard(page, 'button', '同意所选，去登录')
  await page.waitForURL(/\/mock\/identity\/interaction\//)
  await tabTo(page, page.getByRole('button', { name: /林演示/ }))
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: '林*' }).waitFor()
})

for (const elder of [false, true]) {
  test(`登录、隐私说明、账号、注销各页没有毛病${elder ? '（大字版）' : ''}`, async (context) => {
    const { page } = await withPhone(context, { origin: world.origin, elder })
    await page.goto(world.origin + signInPage)
    await page.getByRole('button', { name: toProvince }).waitFor()
    await auditPage(page, { elder })
    await page.getByRole('button', { name: toProvince }).click()
    await page.getByRole('heading', { name: '敏感个人信息单独同意' }).waitFor()
    await auditPage(page, { elder })
    await page.getByRole('button', { name: '同意所选，去登录' }).click()
    await page.getByText('不勾选就不能登录').waitFor()
    await auditPage(page, { elder })
    await signInAs(page, world.origin, /徐演示/, { path: '/features/identity/account/index' })
    await page.getByRole('list', { name: '登录着的设备' }).waitFor()
    await auditPage(page, { elder })
    await page.getByRole('button', { name: '退出登录' }).click()
    await page.getByRole('dialog').waitFor()
    await auditPage(page, { elder })
    await page.goto(`${world.origin}/features/identity/close/index`)
    await page.getByRole('heading', { name: '依法要留下' }).waitFor()
    await auditPage(page, { elder })
  })
}
