import assert from 'node:assert/strict'
import fs from 'node:fs'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import type { Me } from '../../contract/identity'
import type { ReadCode } from '../../contract/gateways/readers'
import type { CaseSummary, Submission } from '../../contract/submissions'
import type { Browser } from '../server/sign-in'
import { awaitSubmission, command, dispatched, enter, submitAffair } from './support/affair'
import { auditInBothModes, auditPage } from './support/audit'
import { withPhone } from './support/browser'
import { readQr } from './support/qr'
import { counts } from './support/until'
import { startWorld, type World } from './support/world'

/** 不是自己的证照和码：法定代表人替企业，妈妈替孩子；每一页都写着是谁的。 */
const listPage = '/features/licence/list/index'
const verifyPage = '/features/licence/verify/index'
const codePage = '/pages/code/index'

let world: World
before(async () => {
  world = await startWorld({ script: false })
})
after(() => world.stop())

/** 「我的证照」里「看谁的」选这一个。 */
async function openWalletOf(page: Page, name: RegExp): Promise<void> {
  await page.goto(world.origin + listPage)
  await page.getByRole('radio', { name }).check()
}

/** 亮着的码；`before` 以后换出来的那一个。 */
const codeOn = (page: Page, before?: string) =>
  readQr(() => page.getByRole('img', { name: '苏服码二维码，给工作人员扫' }).screenshot(), before)

async function scan(code: string, scene = 'queue', reader = 'hall-desk'): Promise<ReadCode> {
  const reply = await fetch(`${world.mockOrigin}/mock/readers/scan`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ reader, scene, code })
  })
  assert.equal(reply.status, 200, await reply.clone().text())
  return (await reply.json()) as ReadCode
}

test('企业的证照：领取、看照面、亮证给对方核、下载 PDF 给对方核；自己的证照里没有企业的', async (context) => {
  const { page } = await withPhone(context)
  await enter(world, page, /沈演示/)
  await page.goto(world.origin + listPage)
  await auditInBothModes(page, async () => {
    await page.getByRole('radio', { name: /演示.*有限公司.*你是法定代表人/ }).check()
    await page.getByRole('heading', { name: /^可领取 \d+ 本/ }).waitFor()
    await counts(page.getByText('居民身份证'), 0)
  })
  await page.getByRole('button', { name: '全部领取' }).click()
  await page.getByText(/^已领取 \d+ 本：.*营业执照/).waitFor()
  await page.getByRole('link', { name: /^营业执照/ }).click()

  const face = () => page.getByText('91320281', { exact: false }).first().waitFor()
  await face()
  await auditInBothModes(page, face)
  for (const words of ['江阴演示信息技术有限公司', '信息技术咨询服务', '沈演示']) await page.locator('.face').getByText(words).first().waitFor()
  const id = new URL(page.url()).searchParams.get('id')

  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: '下载 PDF' }).click()
  const file = await downloading
  assert.equal(file.suggestedFilename(), '营业执照.pdf')
  const bytes = fs.readFileSync(await file.path())

  await page.goto(`${world.origin}/features/licence/present/index?id=${id}`)
  const ready = () => page.getByRole('group', { name: '给对方看哪几格' }).waitFor()
  await auditInBothModes(page, ready)
  await page.getByRole('radio').first().check()
  await page.getByRole('button', { name: '亮证', exact: true }).click()
  await page.getByRole('dialog', { name: '亮证给对方看' }).waitFor()
  const href = await readQr(() => page.locator('.stage-qr').screenshot())

  const other = await withPhone(context)
  await other.page.goto(href)
  await other.page.getByRole('button', { name: '核验', exact: true }).click()
  await other.page.getByRole('heading', { name: '是真的，现在有效' }).waitFor()
  await other.page.locator('.face').getByText('营业执照').first().waitFor()
  await auditPage(other.page)
  await page.getByText(/^已核验 · \d\d:\d\d$/).waitFor()

  await other.page.goto(world.origin + verifyPage)
  const choosing = other.page.waitForEvent('filechooser')
  await other.page.getByRole('button', { name: '选一份 PDF' }).click()
  await (await choosing).setFiles({ name: '营业执照.pdf', mimeType: 'application/pdf', buffer: bytes })
  await other.page.getByRole('heading', { name: '是真的，现在有效' }).waitFor()
  for (const words of ['江阴演示信息技术有限公司', '信息技术咨询服务']) await other.page.locator('.face').getByText(words).first().waitFor()
  await auditPage(other.page)

  await openWalletOf(page, /^我$/)
  await page.getByRole('button', { name: '领取居民身份证' }).waitFor()
  await counts(page.getByText('营业执照'), 0)
})

test('企业码：换过去、换回来都写着是谁的；大字版也换得过去；读到的是企业', async (context) => {
  const { page } = await withPhone(context)
  await enter(world, page, /沈演示/)
  await page.goto(world.origin + codePage)
  await page.getByText('我自己的码').waitFor()
  await auditPage(page)
  const own = await codeOn(page)
  await page.getByRole('button', { name: /^企业/ }).click()
  const company = async () => {
    await page.getByText('企业的码，我是法定代表人').waitFor()
    await page.getByText('企业码', { exact: true }).waitFor()
    await codeOn(page)
  }
  await company()
  const { holder } = await scan(await codeOn(page, own))
  assert.equal(holder, 'company')
  await page.getByRole('heading', { name: /已读$/ }).waitFor()
  await page.evaluate(() => localStorage.setItem('zsb.elder', 'true'))
  await page.reload()
  await page.getByText(/^(企业的码，我是法定代表人|我自己的码)$/).waitFor()
  if ((await page.getByText('企业的码，我是法定代表人').count()) === 0) {
    await page.getByRole('button', { name: '换成别人的码' }).click()
    await page.getByRole('dialog', { name: '亮谁的码' }).getByRole('button', { name: /^企业：/ }).click()
  }
  await company()
  await page.getByRole('link', { name: /^在哪里能用/ }).waitFor()
  await auditPage(page, { elder: true })
  await page.getByRole('button', { name: '换成别人的码' }).click()
  await auditPage(page, { elder: true })
  await page.getByRole('dialog').getByRole('button', { name: /^本人：/ }).click()
  await page.getByText('我自己的码').waitFor()
})

const birth = { bundleId: 'newborn', answers: { born: 'here', hukou: 'jy', wed: 'single', ins: 'emp', sub: 'y' } }
const byKey = ({ cases }: Submission, key: string): CaseSummary => cases.find((each) => each.key === key) ?? assert.fail(`no case ${key}`)

/** 出生医学证明签发、落户办好：孩子有了证件号，归到妈妈名下。 */
async function bearChild(page: Page, browser: Browser): Promise<void> {
  const { id } = await submitAffair(world, page, browser, birth)
  for (const key of ['bc', 'hk']) {
    const ready = await awaitSubmission(browser, id, (now) => dispatched(now).some((each) => each.key === key))
    await command(world, { action: 'issue', caseNo: byKey(ready, key).caseNo ?? '' })
    await awaitSubmission(browser, id, (now) => byKey(now, key).status === 'done')
  }
}

test('孩子的码和证照：落户以后妈妈的手机上就有，始终写着是孩子的；读到的是孩子；换回来是自己的', async (context) => {
  const { page } = await withPhone(context)
  const browser = await enter(world, page, /苏演示/)
  await bearChild(page, browser)
  const { subjects } = (await browser.send({ method: 'GET', url: '/api/v1/identity/me' })).json<Me>()
  const child = subjects.find(({ role }) => role === 'guardian') ?? assert.fail('没有孩子')

  await page.goto(world.origin + codePage)
  await page.getByText('我自己的码').waitFor()
  const own = await codeOn(page)
  const toChild = page.getByRole('button', { name: new RegExp(`^孩子.*${child.maskedName.replaceAll('*', '\\*')}`) })
  await toChild.click()
  const childs = () => page.getByText('孩子的码，我是监护人').waitFor()
  await childs()
  const shown = await codeOn(page, own)
  await auditPage(page)
  const { holder, fields } = await scan(shown)
  assert.deepEqual([holder, fields.find(({ key }) => key === 'identity.name')?.text], ['person', child.maskedName])
  await page.getByText(`江阴市政务服务中心（演示） 刚读了孩子 ${child.maskedName} 的码`).first().waitFor()
  await page.evaluate(() => localStorage.setItem('zsb.elder', 'true'))
  await page.reload()
  await page.getByRole('button', { name: '换成别人的码' }).waitFor()
  await page.getByRole('button', { name: '换成别人的码' }).click()
  await page.getByRole('dialog').getByRole('button', { name: /^孩子：/ }).click()
  await childs()
  await codeOn(page)
  await auditPage(page, { elder: true })
  await page.evaluate(() => localStorage.setItem('zsb.elder', 'false'))

  await openWalletOf(page, /你是监护人/)
  await auditInBothModes(page, async () => {
    await page.getByRole('radio', { name: /你是监护人/ }).check()
    await page.getByRole('link', { name: /^出生医学证明/ }).waitFor()
  })
  await page.getByRole('link', { name: /^出生医学证明/ }).click()
  await page.locator('.face').waitFor()
  await auditPage(page)
})
