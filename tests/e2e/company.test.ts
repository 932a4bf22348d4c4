import assert from 'node:assert/strict'
import { after, before, test, type TestContext } from 'node:test'
import type { Page } from 'playwright-core'
import type { Draft } from '../../contract/drafts'
import type { Address, FormValues } from '../../domain/form/types'
import { api } from '../server/journey'
import { draftAnew, enter } from './support/affair'
import { auditPage } from './support/audit'
import { withPhone } from './support/browser'
import { escapeFrom, focusComesTo, pressByKeyboard, selectByKeyboard, tabTo, typeByKeyboard } from './support/keyboard'
import { becomes, counts, holds } from './support/until'
import { startWorld, type World } from './support/world'

/** 企业开办的表：金额、股东、住所。 */

const limited = { type: 'ltd', site: 'own', seal: 'set', emp: 'y', inv: 'y', bank: 'y' }
const capital = '注册资本（出资额）（元）'

let world: World
before(async () => {
  world = await startWorld({ script: false })
})
after(() => world.stop())

/** The form of a founder, fresh. */
async function openForm(context: TestContext, { elder = false, field = '' } = {}) {
  const { page } = await withPhone(context, { origin: world.origin, elder })
  const browser = await enter(world, page, /沈演示/)
  const { id } = await draftAnew(browser, 'startup', limited)
  await page.goto(`${world.origin}/features/bundle/form/index?draft=${id}${field && `&field=${encodeURIComponent(field)}`}`)
  await page.getByRole('heading', { name: '出资与住所' }).waitFor()
  const saved = async () => {
    await page.getByText('已保存').waitFor()
    const { form } = await api<Draft>(browser, 'GET', `/drafts/${id}`)
    const fields = form.groups.flatMap((group) => group.fields)
    return (name: string) => fields.find((each) => each.id === name)?.value ?? null
  }
  return { page, saved }
}

const holder = (page: Page, at: number) => page.getByRole('group', { name: `股东（投资人）第 ${at} 项`, exact: true })
const inHolder = (page: Page, at: number, label: string) => holder(page, at).getByLabel(label, { exact: true })
const faultOf = (page: Page, id: string) => page.locator(`#f-${id}-error`)
const says = (page: Page, id: string, text: string, message?: string) => becomes(() => faultOf(page, id).innerText(), text, message)

async function fillByKeyboard(page: Page, at: number, cells: Record<string, string>) {
  for (const [label, text] of Object.entries(cells)) {
    await tabTo(page, inHolder(page, at, label))
    await page.keyboard.type(text)
  }
}

test('只用键盘：金额按元填、按分存；股东加一位减一位；住所逐级选；存下来的都在', async (context) => {
  const { page, saved } = await openForm(context)
  await typeByKeyboard(page, capital, '1,000,000.5')
  const address = page.getByRole('group', { name: /^住所/ })
  for (const [level, place] of [['省', '江苏省'], ['市', '无锡市'], ['区', '江阴市'], ['街道', '澄江街道'], ['村', '君山社区']] as const) {
    await selectByKeyboard(page, address.getByLabel(new RegExp(`^${level}`)), place)
  }
  await typeByKeyboard(page, '住所（经营场所）：详细地址', '演示路 1 号')

  await fillByKeyboard(page, 1, { 姓名或名称: '沈演示', '出资额（元）': '600000', '出资比例（%）': '60' })
  for (const at of [2, 3]) {
    await pressByKeyboard(page, 'button', '再加一项股东（投资人）')
    await focusComesTo(page, `f-shareholders-${at - 1}-name`, '光标到新的一位')
  }
  await fillByKeyboard(page, 2, { 姓名或名称: '不要的', '出资额（元）': '1' })
  await fillByKeyboard(page, 3, { 姓名或名称: '钱𠮷演示', '出资额（元）': '400000.50', '出资比例（%）': '40' })

  await pressByKeyboard(page, 'button', '删除股东（投资人）第 2 项')
  await escapeFrom(page, page.getByRole('dialog', { name: '删除股东（投资人）第 2 项？' }))
  await holds(inHolder(page, 2, '姓名或名称'), '不要的', '没答应就不删')
  await pressByKeyboard(page, 'button', '删除股东（投资人）第 2 项')
  await page.getByRole('dialog').waitFor()
  await pressByKeyboard(page, 'button', /^删除$/)
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await becomes(() => page.evaluate(() => document.activeElement?.textContent), '再加一项股东（投资人）', '光标还在这一组')
  await counts(holder(page, 3), 0)
  await holds(inHolder(page, 2, '姓名或名称'), '钱𠮷演示')

  const value = await saved()
  assert.equal(value('registeredCapital'), 100_000_050)
  const { province, town, village, detail } = value('siteAddress') as Address
  assert.deepEqual([province, town, village, detail], ['320000', '320281-chengjiang', '320281-chengjiang-junshan', '演示路 1 号'])
  const people = (value('shareholders') as FormValues[]).map(({ name, amount, share }) => [name, amount, share])
  assert.deepEqual(people, [['沈演示', 60_000_000, 60], ['钱𠮷演示', 40_000_050, 40]])

  await page.reload()
  await holds(inHolder(page, 2, '出资额（元）'), '400000.50')
  await holds(page.getByLabel(capital), '1000000.50')
})

test('名单到区县为止的地方，街道自己填，照样存得下', async (context) => {
  const { page, saved } = await openForm(context)
  const address = page.getByRole('group', { name: /^住所/ })
  for (const [level, place] of [['省', '江苏省'], ['市', '南京市'], ['区', '玄武区']] as const) {
    await address.getByLabel(new RegExp(`^${level}`)).selectOption(place)
  }
  await page.getByLabel('住所（经营场所）：街道（镇）').fill('梅园新村街道')
  await page.getByLabel('住所（经营场所）：详细地址').fill('演示路 2 号')
  const value = await saved()
  assert.deepEqual(value('siteAddress'), {
    province: '320000', city: '320100', district: '320102', town: '梅园新村街道', detail: '演示路 2 号'
  })
  await page.getByRole('button', { name: '下一步：材料' }).click()
  await page.getByText(/有 \d+ 处要改一下/).waitFor()
  await becomes(async () => (await page.locator('#f-siteAddress-error, #f-siteAddress-detail-error').allInnerTexts()).join(''), '')
})

test('填错的说清第几位股东的哪一项、怎么改，光标到那一格；改好就不再红', async (context) => {
  const { page } = await openForm(context)
  await page.getByLabel(capital).fill('一百万')
  await page.getByLabel(capital).blur()
  await faultOf(page, 'registeredCapital').getByText('错误：「注册资本（出资额）」：请填数字，最多两位小数').waitFor()
  await inHolder(page, 1, '身份证号').fill('320281199003070019')
  await inHolder(page, 1, '身份证号').blur()
  await faultOf(page, 'shareholders-0-idNumber').getByText(/「股东（投资人）第 1 项的身份证号」.*请/).waitFor()
  await says(page, 'shareholders-0-name', '', '还没填到的不急着说')

  await page.getByRole('button', { name: '下一步：材料' }).click()
  await page.getByText(/有 \d+ 处要改一下，已标红。其余的都留着。/).waitFor()
  await focusComesTo(page, 'f-companyName')
  const wanting = {
    companyName: '「名称」没有填写，请填写',
    registeredCapital: '「注册资本（出资额）」：请填数字，最多两位小数',
    siteAddress: '「住所（经营场所）」没有填写，请填写',
    'shareholders-0-name': '「股东（投资人）第 1 项的姓名或名称」没有填写，请填写',
    'shareholders-0-way': '「股东（投资人）第 1 项的出资方式」没有选择，请选一项',
    officers: '「董事、监事与高级管理人员」没有填写，请填写'
  }
  for (const [id, text] of Object.entries(wanting)) await says(page, id, `错误：${text}`)
  await holds(page.getByLabel(capital), '一百万')
  await page.getByLabel(capital).fill('1000000')
  await says(page, 'registeredCapital', '')
})

for (const elder of [false, true]) {
  test(`企业开办的表${elder ? '，大字模式' : ''}：空着、填着、标红时都没有无障碍问题，窄屏和放大也不出格`, async (context) => {
    const { page } = await openForm(context, { elder, field: '/shareholders' })
    await auditPage(page, { elder })
    await inHolder(page, 1, '姓名或名称').fill('沈演示')
    await page.getByRole('button', { name: '再加一项股东（投资人）' }).click()
    await page.getByRole('button', { name: '删除股东（投资人）第 1 项' }).click()
    await page.getByRole('dialog').waitFor()
    await auditPage(page, { elder })
    await escapeFrom(page, page.getByRole('dialog'))
    await page.getByRole('button', { name: elder ? '下一组' : '下一步：材料' }).click()
    await page.getByText(/有 \d+ 处要改一下/).waitFor()
    await auditPage(page, { elder })
  })
}
