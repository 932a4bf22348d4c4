import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import type { ReadCode } from '../../contract/gateways/readers'
import { enter } from './support/affair'
import { auditInBothModes, auditPage } from './support/audit'
import { withPhone } from './support/browser'
import { readQr } from './support/qr'
import { confirmIdentity } from './support/signin'
import { becomes } from './support/until'
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

const ended = (page: Page) => page.getByRole('button', { name: /^替亲友 徐\* 办的授权结束了/ })
const inSight = (shown: Locator) =>
  shown.evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect()
    return top >= 0 && bottom <= innerHeight
  })

/** 苏服码页上亮着的码。 */
const codeOn = (page: Page, before?: string) =>
  readQr(() => page.getByRole('img', { name: '苏服码二维码，给工作人员扫' }).screenshot(), before)

/** 模拟核码端读一次：答什么，给出的证件号末四位。 */
async function scan(code: string, scene = 'queue', reader = 'hall-desk') {
  const reply = await fetch(`${world.mockOrigin}/mock/readers/scan`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ reader, scene, code })
  })
  const { fields = [] } = (await reply.json()) as Partial<ReadCode>
  return { status: reply.status, idCode: fields.find(({ key }) => key === 'identity.idCode')?.text?.slice(-4) }
}

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
  const scanned = await readQr(() => page.getByRole('img', { name: /^授权二维码/ }).screenshot())
  assert.match(scanned, /\/features\/delegation\/accept\/index\?code=[0-9A-HJKMNP-TV-Z]{8}$/)
  const code = scanned.slice(-8)
  await page.getByText(`${code.slice(0, 4)} ${code.slice(4)}`, { exact: true }).waitFor()
  return code
}

test('老人亮码，女儿输入码接受；两边看到同一份；授权之外的说清为什么；收回当场生效', async (context) => {
  const { page: elders } = await withPhone(context, { origin: world.origin, elder: true })
  const { page: daughters } = await withPhone(context)
  await enter(world, elders, /徐演示/)
  await enter(world, daughters, /许演示/)
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
  await daughters.getByRole('link', { name: /^替亲友 徐\* 办/ }).waitFor()
  await at(daughters, 'licence/list/index')
  await daughters.getByText(/^现在替亲友 徐\* 办，证照不在授权里$/).waitFor()
  await daughters.getByText(/请对方在自己的手机上拿出来/).waitFor()
  await auditPage(daughters)

  await press(elders, '收回授权')
  await elders.getByRole('dialog', { name: '收回这份授权？' }).waitFor()
  await auditPage(elders, { elder: true })
  await inDialog(elders, '收回')
  await elders.getByText(/^已收回。/).waitFor()
  await becomes(() => inSight(elders.getByText(/^已收回。/)), true, '说了收回，不用往上翻')
  await auditPage(elders, { elder: true })
  // 停在哪一页都一样：当场换回自己，说一次，这一页换成自己的。
  await ended(daughters).waitFor()
  await daughters.getByText(/证照不在授权里/).waitFor({ state: 'detached' })
  await auditInBothModes(daughters, () => daughters.getByRole('heading', { name: /可领取/ }).waitFor())
  await at(daughters, 'delegation/list/index')
  await daughters.getByRole('link', { name: /替 徐\* 办.*原定到.*已收回/ }).waitFor()
})

test('女儿替母亲亮码：写明是谁的，授权的地方读得到母亲的，别处读不到；收回当场换成自己的码，旧码作废', async (context) => {
  const { page: elders } = await withPhone(context, { origin: world.origin, elder: true })
  const { page: daughters, goOffline, goOnline, expect } = await withPhone(context)
  expect(/ERR_INTERNET_DISCONNECTED|WebSocket/)
  await enter(world, elders, /徐演示/)
  await enter(world, daughters, /许演示/)
  const offered = await offerFrom(elders)
  await at(daughters, `delegation/accept/index?code=${offered}`)
  await press(daughters, /^接受$/)
  await press(daughters, '去替对方办')
  await daughters.getByRole('link', { name: /^替亲友 徐\* 办/ }).waitFor()
  await daughters.goto(`${world.origin}/pages/code/index`)
  await daughters.getByText(/^徐\*授权我代办，到 .+（周.）$/).waitFor()
  const hers = await codeOn(daughters)
  assert.deepEqual(await scan(hers, 'scenic', 'park-gate'), { status: 409, idCode: undefined }, '没有授权的地方')
  assert.deepEqual(await scan(hers), { status: 200, idCode: '006X' }, '母亲的证件号末四位')
  await daughters.getByRole('heading', { name: '大厅取号 · 已读' }).waitFor()
  await daughters.getByText(/刚读了亲友 徐\* 的码/).waitFor()
  await auditInBothModes(daughters, () => codeOn(daughters))

  await goOffline()
  await daughters.getByText(/替别人亮码要联网/).waitFor()
  await goOnline()
  await daughters.getByText(/替别人亮码要联网/).waitFor({ state: 'detached' })
  const last = await codeOn(daughters)
  await elders.getByRole('dialog', { name: '授权生效了' }).getByRole('button', { name: '看这份授权' }).click()
  await press(elders, '收回授权')
  await inDialog(elders, '收回')
  await elders.getByText(/^已收回。/).waitFor()
  assert.deepEqual(await scan(last), { status: 409, idCode: undefined }, '收回以后，亮着的码当场作废')
  await ended(daughters).waitFor()
  await daughters.getByText('我自己的码').waitFor()
  await auditPage(daughters)
  assert.deepEqual(await scan(await codeOn(daughters, last)), { status: 200, idCode: '008X' }, '女儿自己的')
  await ended(daughters).click()
  await ended(daughters).waitFor({ state: 'detached' })
})

test('授权经办的四页，空的、选到哪一步、等接受、有效的，两种模式都没有毛病', async (context) => {
  const { page: giver } = await withPhone(context)
  const { page: helper } = await withPhone(context)
  await enter(world, giver, /林演示/)
  await enter(world, helper, /陈演示/)
  await at(giver, 'delegation/list/index')
  await auditInBothModes(giver, () => giver.getByText('还没有授权').waitFor())
  await at(giver, 'delegation/give/index')
  await auditInBothModes(giver, async () => {
    await giver.getByRole('group', { name: /在哪些地方替你亮码/ }).waitFor()
    await press(giver, '下一步：到什么时候')
    await giver.getByText('错误：请至少选一样让对方帮你办的').waitFor()
  })
  await at(giver, 'delegation/give/index?groups=hall&span=month')
  await auditInBothModes(giver, () => giver.getByRole('list', { name: '不能做的' }).waitFor())
  await press(giver, '确认是我本人，再出授权码')
  await confirmIdentity(giver)
  await press(giver, '出授权码')
  await giver.getByRole('dialog', { name: '请对方扫这个码' }).waitFor()
  await auditPage(giver)
  const code = (await readQr(() => giver.getByRole('img', { name: /^授权二维码/ }).screenshot())).slice(-8)

  await at(helper, 'delegation/accept/index')
  await auditInBothModes(helper, () => helper.getByLabel(/对方屏幕上的 8 位/).waitFor())
  await at(helper, `delegation/accept/index?code=${code}`)
  await auditInBothModes(helper, () => helper.getByRole('heading', { name: '林* 请你帮忙办' }).waitFor())
  await press(helper, /^接受$/)
  await helper.getByRole('heading', { name: '你替 林* 办' }).waitFor()
  await auditInBothModes(helper, () => helper.getByRole('heading', { name: '你替 林* 办' }).waitFor())
  await press(helper, '去替对方办')
  await helper.getByRole('link', { name: /^替亲友 林\* 办/ }).waitFor()
  await auditInBothModes(helper, () => helper.getByRole('link', { name: /^替亲友 林\* 办/ }).waitFor())
  await at(helper, 'delegation/give/index')
  await auditInBothModes(helper, () => helper.getByRole('heading', { name: '这里要本人来授权' }).waitFor())

  await giver.getByRole('dialog', { name: '授权生效了' }).waitFor()
  await auditPage(giver)
  await at(giver, 'delegation/list/index')
  await auditInBothModes(giver, () => giver.getByRole('link', { name: /陈\*.*有效/ }).waitFor())
  await giver.getByRole('link', { name: /陈\*.*有效/ }).click()
  await giver.getByRole('heading', { name: '陈* 替你办' }).waitFor()
  await press(giver, '收回授权')
  await inDialog(giver, '收回')
  await giver.getByText(/^已收回。/).waitFor()
  await auditInBothModes(giver, () => giver.getByRole('list', { name: '原来授权的' }).waitFor())
})

test('消息点开就是那份授权；用过的码说失效；女儿也能放弃', async (context) => {
  const { page: elders } = await withPhone(context, { origin: world.origin, elder: true })
  const { page: daughters } = await withPhone(context)
  await enter(world, elders, /徐演示/)
  await enter(world, daughters, /许演示/)
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
