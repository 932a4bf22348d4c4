import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import type { IssuedCode } from '../../contract/codes'
import type { ReaderObjection } from '../../contract/gateways/readers'
import { api } from '../server/journey'
import type { Browser } from '../server/sign-in'
import { enter } from './support/affair'
import { auditInBothModes, auditPage } from './support/audit'
import { withPhone } from './support/browser'
import { counts, holds, until } from './support/until'
import { startWorld, type World } from './support/world'

const path = '/features/message/traces/index'
const desk = '江阴市政务服务中心（演示）一楼综合窗口'

let world: World
before(async () => {
  world = await startWorld({ script: false })
})
after(() => world.stop())

/** The stand-in reader reads a fresh code of the holder as often as asked: the first time it works, then the code is used. */
async function scan(browser: Browser, times: number): Promise<number[]> {
  const { text: code } = await api<IssuedCode>(browser, 'POST', '/codes', undefined, 201)
  const statuses: number[] = []
  for (let time = 0; time < times; time++) {
    const reply = await fetch(`${world.mockOrigin}/mock/readers/scan`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ reader: 'hall-desk', scene: 'queue', code })
    })
    statuses.push(reply.status)
  }
  return statuses
}

const received = async () =>
  (await (await fetch(`${world.mockOrigin}/mock/readers/objections.json`)).json()) as (ReaderObjection & { answer: object | null })[]

/** The organisation explains what lies in its inbox. */
async function explain(text: string): Promise<void> {
  const [objection] = (await received()).filter(({ answer }) => answer === null)
  const reply = await fetch(`${world.mockOrigin}/mock/readers/objections/answer`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ objectionId: objection?.objectionId, text })
  })
  assert.equal(reply.status, 204, await reply.text())
}

const cards = (page: Page) => page.locator('.card')
const tab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true }).click()

test('没登录时说清为什么要登录', async (context) => {
  const { page } = await withPhone(context)
  await page.goto(world.origin + path)
  await auditInBothModes(page, () => page.getByText('每一次都记在这里').waitFor())
})

test('被核了码，开着的页面马上看到；一点就能提异议，对方说明后看得到', async (context) => {
  const { page } = await withPhone(context)
  const browser = await enter(world, page, /林演示/)
  await page.goto(world.origin + path)
  await tab(page, '核码')
  await page.getByText('还没有人核过这个码').waitFor()
  await auditInBothModes(page, async () => {
    await tab(page, '核码')
    await page.getByText('还没有人核过这个码').waitFor()
  })
  await tab(page, '核码')

  await page.evaluate(() => Object.assign(window, { neverReloaded: true }))
  assert.deepEqual(await scan(browser, 2), [200, 409])
  const read = cards(page).filter({ hasText: '看了：姓名（打码）、证件号（末四位）' })
  const refused = cards(page).filter({ hasText: '没让看' })
  await read.getByText(/用于：在政务服务大厅取号、叫号/).waitFor()
  await refused.getByText(/已拒绝：这个码已经用过/).waitFor()
  await page.getByRole('heading', { level: 2, name: /^(今天|昨天)，/ }).waitFor() // yesterday: midnight may just have struck
  await counts(page.getByRole('heading', { level: 3, name: desk }), 2)
  await auditPage(page)

  await read.getByRole('button', { name: /提异议$/ }).click()
  const dialog = page.getByRole('dialog', { name: '对这一次提异议？' })
  await dialog.getByText(/在 5 个工作日内说明（演示期限，待核）/).waitFor()
  await auditPage(page)
  await dialog.getByRole('button', { name: '取消' }).click()
  assert.deepEqual(await received(), [], '取消了就没有提')
  await read.getByRole('button', { name: /提异议$/ }).click()
  await dialog.getByLabel(/想说的话/).fill('我当时没有去大厅')
  await dialog.getByRole('button', { name: '提异议' }).click()
  await read.getByText('你提了异议：“我当时没有去大厅”').waitFor()
  await read.getByText(/已经送到，请对方在 .+结束前说明（演示期限，待核）/).waitFor()
  await counts(read.getByRole('button', { name: /提异议$/ }), 0)
  const [objection] = await received()
  assert.deepEqual([objection?.readerId, objection?.text], ['hall-desk', '我当时没有去大厅'])

  await explain('窗口核对了排号记录，是你上午取的号')
  await read.getByText(/对方说明：窗口核对了排号记录/).waitFor()
  assert.equal(await page.evaluate(() => 'neverReloaded' in window), true, 'the page followed by itself')
  await auditInBothModes(page, () => page.getByText('对方已说明').waitFor())

  await page.goto(`${world.origin}/features/message/inbox/index`)
  await page.getByText('你提的异议有答复了').click()
  await page.getByRole('heading', { level: 2, name: desk }).waitFor()
  await page.getByText(/对方说明：窗口核对了排号记录/).waitFor()
  await page.getByText(/· 林\*/).waitFor()
  await auditInBothModes(page, () => page.getByRole('heading', { level: 2, name: desk }).waitFor())
})

test('按类看；被拒绝的单独列得出来', async (context) => {
  const { page } = await withPhone(context)
  const browser = await enter(world, page, /顾演示/)
  await scan(browser, 2)
  await page.goto(world.origin + path)
  await cards(page).nth(1).waitFor()
  await tab(page, '被拒绝')
  await until('a list of refusals alone', async () => {
    const texts = await cards(page).allInnerTexts()
    return texts.length > 0 && texts.every((text) => text.includes('没让看'))
  })
  await page.getByText(/已拒绝：/).waitFor()
  await tab(page, '部门')
  await page.getByText('还没有部门看过').waitFor()
})

test('没有网络：看过的还在，提异议说清没提成、写的还在', async (context) => {
  const { page, goOffline, goOnline } = await withPhone(context)
  const browser = await enter(world, page, /苏演示/)
  await scan(browser, 1)
  await page.goto(world.origin + path)
  await tab(page, '核码')
  const card = cards(page).filter({ hasText: desk })
  await card.waitFor()
  await goOffline()
  await card.getByRole('button', { name: /提异议$/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(/想说的话/).fill('不是我')
  await dialog.getByRole('button', { name: '提异议' }).click()
  await dialog.getByText(/网络断了/).waitFor()
  await holds(dialog.getByLabel(/想说的话/), '不是我')
  await goOnline()
  await dialog.getByRole('button', { name: '提异议' }).click()
  await card.getByText('你提了异议：“不是我”').waitFor()
})
