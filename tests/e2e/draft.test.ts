import assert from 'node:assert/strict'
import { after, before, test, type TestContext } from 'node:test'
import type { Page } from 'playwright-core'
import type { Draft } from '../../contract/drafts'
import { api, complete } from '../server/journey'
import { draftAnew, enter } from './support/affair'
import { auditPage } from './support/audit'
import { withPhone } from './support/browser'
import { becomes, counts, holds } from './support/until'
import { startWorld, type World } from './support/world'

/** 一份草稿：接着办或重来，两处同时改，锁住的项说不对，送达方式带出的地址。未婚，不用等别人同意。 */
const answers = { born: 'here', hukou: 'jy', wed: 'single', ins: 'emp', sub: 'y' }
const spoken = ['江阴市内医院', '江阴', '未婚或非婚生育', '母亲职工医保', '是']

let world: World
before(async () => {
  world = await startWorld({ script: false })
})
after(() => world.stop())

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click()
const childName = (page: Page) => page.getByLabel('宝宝姓名', { exact: true })
const formOf = ({ id }: Draft, field = '') => `${world.origin}/features/bundle/form/index?draft=${id}&field=${encodeURIComponent(field)}`
const conflict = (page: Page) => page.getByRole('dialog', { name: '这份草稿在别处也改过' })

async function begin(context: TestContext, { elder = false } = {}) {
  const { page, context: phone } = await withPhone(context, { origin: world.origin, elder })
  const browser = await enter(world, page, /苏演示/)
  const draft = await complete(browser, await draftAnew(browser, 'newborn', answers))
  return { page, phone, browser, draft }
}

/** 填下宝宝姓名，等它存上，或等它撞上另一边。 */
async function nameChild(page: Page, name: string) {
  await childName(page).fill(name)
  await childName(page).blur()
}

async function fresh(page: Page, draft: Draft) {
  await page.goto(formOf(draft))
  await childName(page).waitFor()
}

test('有一份没办完的：继续上次接得上；重新开始先说会丢什么，答应了才删', async (context) => {
  const { page, browser, draft } = await begin(context)
  await page.goto(`${world.origin}/features/bundle/questions/index?id=newborn`)
  for (const [at, answer] of spoken.entries()) {
    await page.getByText(`第 ${at + 1} 问`).first().waitFor()
    await page.getByRole('radio', { name: answer, exact: true }).check()
    await press(page, '下一步')
  }
  await press(page, '看我的办理方案')
  const sheet = page.getByRole('dialog', { name: '你有一份没办完的' })
  for (const elder of [true, false]) {
    await page.evaluate((on) => localStorage.setItem('zsb.elder', String(on)), elder)
    await page.reload()
    await press(page, /^开始填写/)
    await sheet.getByText(/^「出生一件事」填了 \d+ 项，共 \d+ 项必填，上次保存在/).waitFor()
    await auditPage(page, { elder })
    await press(page, '重新开始')
    await sheet.getByText('上次填的内容和传的照片会删除，不能找回。').waitFor()
    await auditPage(page, { elder })
  }
  await press(page, '关闭')
  await api<Draft>(browser, 'GET', `/drafts/${draft.id}`)
  await press(page, /^开始填写/)
  await press(page, '继续上次')
  await page.waitForURL(/\/features\/bundle\/materials\/index\?.*draft=/)
  assert.equal(new URL(page.url()).searchParams.get('draft'), draft.id, '回到上次停下的那一步')

  await page.goto(`${world.origin}/features/bundle/plan/index?id=newborn`)
  await press(page, /^开始填写/)
  await press(page, '重新开始')
  await press(page, '放弃上次，重新开始')
  await page.waitForURL(/\/features\/bundle\/form\/index\?.*draft=/)
  await holds(childName(page), '')
  assert.notEqual(new URL(page.url()).searchParams.get('draft'), draft.id)
  const gone = await browser.send({ method: 'GET', url: `/api/v1/drafts/${draft.id}` })
  assert.ok([404, 410].includes(gone.statusCode), gone.body)
})

test('两个窗口改同一项：两边的内容都摆出来，由人选；换一台手机也接得上、也撞得见', async (context) => {
  const { page: one, phone, browser, draft } = await begin(context)
  const other = await phone.newPage()
  const kept = async () => {
    const { form } = await api<Draft>(browser, 'GET', `/drafts/${draft.id}`)
    return form.groups.flatMap(({ fields }) => fields).find(({ id }) => id === 'childName')?.value
  }
  await fresh(one, draft)
  await fresh(other, draft)
  await nameChild(one, '林一')
  await one.getByText('已保存').waitFor()
  await nameChild(other, '林二')
  await conflict(other).getByText('这边：林二').waitFor()
  await conflict(other).getByText('另一边：林一').waitFor()
  await auditPage(other)
  await press(other, '关闭')
  await other.getByText('有内容没有存上').waitFor()
  assert.equal(await kept(), '林一', '没选就谁也不盖谁')
  await press(other, '再存一次')
  await press(other, '用这边的')
  await other.getByText('已保存').waitFor()
  await becomes(kept, '林二')

  await nameChild(one, '林三')
  await conflict(one).getByText('另一边：林二').waitFor()
  await press(one, '用另一边的')
  await one.getByText('已保存').waitFor()
  await becomes(async () => [await childName(one).inputValue(), await kept()], ['林二', '林二'])

  const { page: second } = await withPhone(context, { origin: world.origin, elder: true })
  await enter(world, second, /苏演示/)
  await second.goto(`${world.origin}/pages/home/index`)
  await second.getByRole('link', { name: /继续办「出生一件事」/ }).waitFor()
  await fresh(second, draft)
  await holds(childName(second), '林二')
  await nameChild(one, '林五')
  await one.getByText('已保存').waitFor()
  await nameChild(second, '林四')
  await conflict(second).getByText('另一边：林五').waitFor()
  await auditPage(second, { elder: true })
  await press(second, '用这边的')
  await second.getByText('已保存').waitFor()
  await becomes(kept, '林四')
})

test('没选完就关掉重开：照样问，不悄悄盖掉另一边', async (context) => {
  const { page: one, phone, draft } = await begin(context)
  const other = await phone.newPage()
  await fresh(one, draft)
  await fresh(other, draft)
  await nameChild(one, '林一')
  await one.getByText('已保存').waitFor()
  await nameChild(other, '林二')
  await conflict(other).waitFor()
  await other.reload()
  await conflict(other).getByText('另一边：林一').waitFor()
  await press(other, '用这边的')
  await other.getByText('已保存').waitFor()
})

for (const elder of [false, true]) {
  test(`锁住的项说不对：写出该是什么，表里和签名前都看得到${elder ? '（大字版）' : ''}`, async (context) => {
    const { page, draft } = await begin(context, { elder })
    await page.goto(formOf(draft, '/applicantName'))
    const object = page.getByRole('button', { name: '你的姓名，这一项不对' })
    await object.click()
    const dialog = page.getByRole('dialog', { name: '你的姓名哪里不对？' })
    await dialog.getByText(/不能直接改。你提出来后，随办件一起转给来源部门核实。$/).waitFor()
    await dialog.getByRole('button', { name: '提出来' }).click()
    await dialog.getByText('错误：请写出正确的内容').waitFor()
    await auditPage(page, { elder })
    await dialog.getByLabel('正确的应该是').fill('苏𠮷演示')
    await dialog.getByRole('button', { name: '提出来' }).click()
    await page.getByText('已指出有误，等来源部门核实').waitFor()
    await counts(object, 0)
    await auditPage(page, { elder })
    await page.goto(`${world.origin}/features/bundle/sign/index?draft=${draft.id}`)
    await page.getByText(/（你指出有误，应为：苏𠮷演示）/).waitFor()
    await auditPage(page, { elder })
  })

  test(`怎么拿结果：选寄递当场要地址，改成电子证照就不问、也不进签名的内容${elder ? '（大字版）' : ''}`, async (context) => {
    const { page, browser, draft } = await begin(context, { elder })
    const values = { deliveryAddress: null }
    await api<Draft>(browser, 'PUT', `/drafts/${draft.id}`, { version: draft.version, step: 'form', values })
    await page.goto(formOf(draft, '/deliveryWay'))
    const way = page.getByRole('radiogroup', { name: '怎么拿结果' })
    const address = page.getByRole('group', { name: '寄递地址' })
    await way.waitFor()
    await counts(address, 0)
    await way.getByRole('radio', { name: '寄递' }).check()
    await address.waitFor()
    await press(page, '下一步：材料')
    await page.locator('#f-deliveryAddress-error').getByText(/「寄递地址」没有填写，请填写/).waitFor()
    await page.waitForFunction(() => document.activeElement?.id.startsWith('f-deliveryAddress'))
    await auditPage(page, { elder })
    await page.getByLabel('寄递地址：详细地址').fill('演示路 9 号')
    await way.getByRole('radio', { name: '只要电子证照' }).check()
    await address.waitFor({ state: 'detached' })
    await page.getByText('已保存').waitFor()
    await page.goto(`${world.origin}/features/bundle/sign/index?draft=${draft.id}`)
    await page.getByText('只要电子证照').waitFor()
    assert.doesNotMatch(await page.getByRole('main').last().innerText(), /寄递地址|演示路 9 号|还差/)
  })
}
