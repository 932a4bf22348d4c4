import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { enter } from './support/affair'
import { auditPage } from './support/audit'
import { withPhone } from './support/browser'
import { decodeQr } from './support/qr'
import { confirmIdentity } from './support/signin'
import { startWorld, type World } from './support/world'

/** 两部手机：老人选好、确认本人、亮出授权码；女儿接受；授权之外的办不了，说得清为什么；收回当场生效。 */
let world: World
before(async () => {
  world = await startWorld({ script: false })
})
after(() => world.stop())

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click()
const inDialog = (page: Page, name: string) => page.getByRole('dialog').getByRole('button', { name, exact: true }).click()
const at = (page: Page, path: string) => page.goto(`${world.origin}/features/${path}`)

/** 老人从首页走到授权码亮在屏上；交出码。 */
async function offerFrom(page: Page, { audit = false } = {}): Promise<string> {
  const look = () => (audit ? auditPage(page, { elder: true }) : Promise.resolve())
  await page.goto(world.origin)
  await page.getByRole('link', { name: /请家人帮我办/ }).click()
  await page.getByRole('checkbox', { name: /退休一件事/ }).check()
  await page.getByRole('checkbox', { name: /去大厅、便民站/ }).check()
  await look()
  await press(page, '下一步：到什么时候')
  await page.getByRole('radio', { name: /一个月/ }).check()
  await look()
  await press(page, '下一步：看一遍')
  await page.getByRole('list', { name: '不能做的' }).getByText('不能再转给别人').waitFor()
  await look()
  await press(page, '确认是我本人，再出授权码')
  await confirmIdentity(page)
  await press(page, '出授权码')
  await page.getByRole('dialog', { name: '请对方扫这个码' }).waitFor()
  await look()
  const scanned = await decodeQr(await page.getByRole('img', { name: /^授权二维码/ }).screenshot())
  assert.match(scanned, /\/features\/delegation\/accept\/index\?code=[0-9A-HJKMNP-TV-Z]{8}$/)
  const code = scanned.slice(-8)
  await page.getByText(`${code.slice(0, 4)} ${code.slice(4)}`, { exact: true }).waitFor()
  return code
}

test('老人亮码，女儿输入码接受；两边看到同一份；授权之外的说清为什么；收回当场生效', async (context) => {
  const { page: elders } = await withPhone(context, { origin: world.origin, elder: true })
  const { page: daughters } = await withPhone(context)
  await enter(world, elders, /徐演示/)
  await enter(world, daughters, /徐小演示/)
  const code = await offerFrom(elders, { audit: true })

  await at(daughters, 'delegation/accept/index')
  await daughters.getByLabel(/对方屏幕上的 8 位/).fill('ABC')
  await press(daughters, '看看是什么')
  await daughters.getByText(/这不像授权码/).waitFor()
  await auditPage(daughters)
  await daughters.getByLabel(/对方屏幕上的 8 位/).fill(`${code.slice(0, 4)}-${code.slice(4)}`.toLowerCase())
  await press(daughters, '看看是什么')
  await daughters.getByRole('heading', { name: '徐* 请你帮忙办' }).waitFor()
  await daughters.getByText('办「退休一件事」').waitFor()
  await daughters.getByText('要本人当面办的事，不能代办').waitFor()
  await auditPage(daughters)
  await press(daughters, /^接受$/)
  await daughters.getByRole('heading', { name: /替 徐\* 办$/ }).waitFor()
  await auditPage(daughters)

  await elders.getByRole('dialog', { name: '授权生效了' }).waitFor()
  await press(elders, '看这份授权')
  await elders.getByRole('button', { name: '收回授权' }).waitFor()
  await auditPage(elders, { elder: true })

  await press(daughters, '去替对方办')
  await daughters.getByRole('link', { name: /^替 徐\* 办（授权到 .+）/ }).waitFor()
  await at(daughters, 'licence/list/index')
  await daughters.getByText('对方没有授权你办这一项').waitFor()
  await daughters.getByText(/请对方重新授权时加上/).waitFor()
  await auditPage(daughters)

  await daughters.goto(world.origin)
  await daughters.getByRole('link', { name: /^替 徐\* 办/ }).waitFor()
  await press(elders, '收回授权')
  await elders.getByRole('dialog', { name: '收回这份授权？' }).waitFor()
  await auditPage(elders, { elder: true })
  await inDialog(elders, '收回')
  await elders.getByText(/^已收回。/).waitFor()
  await daughters.getByRole('link', { name: /^替 徐\* 办/ }).waitFor({ state: 'detached' })
  await at(daughters, 'delegation/list/index')
  await daughters.getByRole('link', { name: /替 徐\* 办.*已收回/ }).waitFor()
  await auditPage(daughters)
})

test('消息点开就是那份授权；用过的码说失效；女儿也能放弃', async (context) => {
  const { page: elders } = await withPhone(context, { origin: world.origin, elder: true })
  const { page: daughters } = await withPhone(context)
  await enter(world, elders, /徐演示/)
  await enter(world, daughters, /徐小演示/)
  const code = await offerFrom(elders)
  await at(daughters, `delegation/accept/index?code=${code}`)
  await press(daughters, /^接受$/)
  await daughters.getByRole('button', { name: '放弃授权' }).waitFor()
  await at(daughters, `delegation/accept/index?code=${code}`)
  await daughters.getByRole('alert').getByText(/授权码不对，或者已经用过/).waitFor()
  await at(daughters, 'message/inbox/index')
  await daughters.getByRole('button', { name: /你接受了一份授权/ }).first().click()
  await press(daughters, '放弃授权')
  await inDialog(daughters, '放弃')
  await daughters.getByText(/^已放弃。/).waitFor()
  await elders.getByRole('dialog', { name: '授权生效了' }).getByRole('button', { name: '看这份授权' }).click()
  await elders.getByText('已放弃', { exact: true }).waitFor()
})
