import assert from 'node:assert/strict'
import fs from 'node:fs'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import type { Me } from '../../contract/identity'
import type { Browser } from '../server/sign-in'
import { awaitSubmission, dispatched, enter, submitAffair } from './support/affair'
import { auditInBothModes, auditPage } from './support/audit'
import { shellKept, withPhone } from './support/browser'
import { answerWithAllKinds, kinds } from './support/faces'
import { clippedText, layoutStands, overflows } from './support/measure'
import { readQr } from './support/qr'
import { confirmIdentity } from './support/signin'
import { becomes, counts } from './support/until'
import { startWorld, type World } from './support/world'

const listPage = '/features/licence/list/index'
const verifyPage = '/features/licence/verify/index'

let world: World
before(async () => {
  world = await startWorld({ script: false })
})
after(() => world.stop())

const selfOf = async (browser: Browser) => {
  const { subjects } = (await browser.send({ method: 'GET', url: '/api/v1/identity/me' })).json<Me>()
  return subjects.find(({ role }) => role === 'self')?.id ?? assert.fail('nobody')
}

/** Claims what is there to claim; nothing, where an earlier test did. */
async function claimAll(page: Page) {
  await page.goto(world.origin + listPage)
  const claim = page.getByRole('button', { name: '全部领取' })
  await claim.or(page.getByRole('link', { name: /^居民身份证/ })).first().waitFor()
  if ((await claim.count()) === 0) return
  await claim.click()
  await page.getByText(/^已领取 \d+ 本：/).waitFor()
}

async function openLicence(page: Page, name: RegExp): Promise<string> {
  await page.goto(world.origin + listPage)
  await page.getByRole('link', { name }).first().click()
  await page.getByRole('heading', { name: '从哪里来' }).waitFor()
  return new URL(page.url()).searchParams.get('id') ?? assert.fail(page.url())
}

/** From the page of choosing to the code on screen. */
async function showIt(page: Page) {
  await page.getByLabel('核对身份').check()
  await page.getByRole('button', { name: '亮证', exact: true }).click()
  await page.getByRole('dialog', { name: '亮证给对方看' }).waitFor()
}

const codeOnScreen = async (page: Page) => (await page.locator('.stage-code').innerText()).replace(/\s/g, '')

test('领证：没登录说清为什么；证照库里有的先领一本，再全部领；领到的按颜色排好，点开看照面', async (context) => {
  const { page } = await withPhone(context)
  await page.goto(world.origin + listPage)
  await page.getByText('你的证照都在这里').waitFor()
  await enter(world, page, /林演示/)
  await page.goto(world.origin + listPage)
  await auditInBothModes(page, () => page.getByRole('heading', { name: /^可领取 \d+ 本/ }).waitFor())
  await counts(page.getByRole('link', { name: /^居民身份证/ }), 0, 'what is not claimed has no face')
  await page.getByRole('button', { name: /^还有 \d+ 本，都列出来/ }).click()
  await page.getByRole('button', { name: '领取居民身份证' }).click()
  await page.getByText('已领取 1 本：居民身份证。').waitFor()
  await page.getByRole('button', { name: '全部领取' }).click()
  await page.getByText(/^已领取 \d+ 本：/).waitFor()
  await page.getByRole('heading', { name: /^可领取/ }).waitFor({ state: 'detached' })
  await auditInBothModes(page, () => page.getByRole('link', { name: /^社会保障卡/ }).waitFor())

  await openLicence(page, /^居民身份证/)
  await auditInBothModes(page, () => page.getByText('公民身份号码（已遮住）').waitFor())
  await page.getByRole('button', { name: '显示遮住的内容' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '显示' }).click()
  await page.getByRole('button', { name: '重新遮住' }).waitFor()
  await page.getByRole('button', { name: '大字看' }).click()
  await page.getByRole('dialog', { name: '居民身份证' }).getByText(/^\d{6} \d{4} \d{4} \d{3}[\dX]$/).waitFor()
  await auditPage(page)
})

test('亮证：只给姓名，对方不登录扫码按一下就核，只看到姓名；这边变成已核验；再核说用过了', async (context) => {
  const { page } = await withPhone(context)
  await enter(world, page, /林演示/)
  await claimAll(page)
  const id = await openLicence(page, /^居民身份证/)
  await page.getByRole('button', { name: '亮证', exact: true }).click()
  const choosing = () => page.getByRole('group', { name: '给对方看哪几格' }).waitFor()
  await choosing()
  await auditInBothModes(page, choosing)
  await page.getByRole('button', { name: '亮证', exact: true }).click()
  await page.getByText('请选用来做什么').waitFor()
  for (const box of await page.getByRole('group', { name: '给对方看哪几格' }).getByRole('checkbox').all()) await box.uncheck()
  await page.getByLabel('住址').check()
  await page.getByText(/^你选了敏感的内容：住址/).waitFor()
  await page.getByLabel('住址').uncheck()
  await page.getByLabel('姓名', { exact: true }).check()
  await showIt(page)
  const href = await readQr(() => page.locator('.stage-qr').screenshot())
  assert.ok(href.startsWith(`${world.origin}${verifyPage}#`), href)
  const spoken = await codeOnScreen(page)
  assert.match(spoken, /^[2-9A-Z]{12}$/)

  const other = await withPhone(context)
  const offered = () => other.page.getByRole('heading', { name: '对方亮给你一本证照' }).waitFor()
  await other.page.goto(href)
  await offered()
  assert.equal(await page.getByText(/^已核验/).count(), 0, 'opening the address uses nothing up')
  await other.page.getByRole('button', { name: '核验', exact: true }).click()
  await other.page.getByRole('heading', { name: '是真的，现在有效' }).waitFor()
  await becomes(() => other.page.locator('.face-lines .face-label').allInnerTexts(), ['姓名'])
  assert.ok(!(await other.page.locator('body').innerText()).includes('住址'))
  await other.page.getByText('对方写明用于：核对身份').waitFor()
  await auditPage(other.page)
  await page.getByText(/^已核验 · \d\d:\d\d$/).waitFor()
  await counts(page.locator('.stage-qr'), 0)
  await auditPage(page)

  await other.page.goto(href)
  await auditInBothModes(other.page, offered) // only now: nobody looks for long at what is good for a minute
  await other.page.goto(world.origin + verifyPage)
  await other.page.getByLabel(/^对方屏幕上的 12 位/).fill(spoken.toLowerCase())
  await other.page.getByRole('button', { name: '核验这个码' }).click()
  await other.page.getByRole('heading', { name: '这个码用过了或过期了' }).waitFor()
  await auditPage(other.page)
  await other.page.getByRole('button', { name: '再核一个' }).click()
  await other.page.getByLabel(/^对方屏幕上的 12 位/).fill('2345-6789-ABCD')
  await other.page.getByRole('button', { name: '核验这个码' }).click()
  await other.page.getByRole('heading', { name: '不能认定为真' }).waitFor()
  await auditPage(other.page)

  await page.goto(`${world.origin}/features/licence/present/index?id=${id}`)
  await auditInBothModes(page, async () => {
    await choosing()
    await showIt(page)
  })
})

test('只证明已满 18 周岁：读出 12 位，对方输入，只看到是；照面上的一格也不给', async (context) => {
  const { page } = await withPhone(context)
  await enter(world, page, /林演示/)
  await claimAll(page)
  await openLicence(page, /^居民身份证/)
  await page.getByRole('button', { name: '亮证', exact: true }).click()
  await page.getByLabel('只证明一件事').check()
  await page.getByRole('checkbox', { name: '已满 18 周岁' }).check()
  await showIt(page)
  const other = await withPhone(context)
  await other.page.goto(world.origin + verifyPage)
  await other.page.getByLabel(/^对方屏幕上的 12 位/).fill(await codeOnScreen(page))
  await other.page.getByRole('button', { name: '核验这个码' }).click()
  await other.page.getByRole('heading', { name: '是真的，现在有效' }).waitFor()
  await becomes(() => other.page.locator('.face-lines .face-label').allInnerTexts(), ['已满 18 周岁'])
  await becomes(() => other.page.locator('.face-lines .face-text').allInnerTexts(), ['是'])
})

test('60 秒没人核：码和照面都收起，写明已失效；换一个新码又能亮；离开这一页就收起', async (context) => {
  const { page } = await withPhone(context)
  await enter(world, page, /林演示/)
  await claimAll(page)
  const id = await openLicence(page, /^居民身份证/)
  await page.clock.install()
  await page.goto(`${world.origin}/features/licence/present/index?id=${id}`)
  await showIt(page)
  const first = await codeOnScreen(page)
  await page.clock.runFor(61_000)
  await page.getByText('已失效', { exact: true }).waitFor()
  await counts(page.locator('.stage-qr'), 0)
  await counts(page.locator('.stage .face'), 0)
  await auditPage(page)
  await page.getByRole('button', { name: '换一个新码' }).click()
  await page.locator('.stage-qr').waitFor()
  assert.notEqual(await codeOnScreen(page), first)
  await page.getByRole('button', { name: '收起' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
})

test('60 种照面：每一格都在，320 像素宽不横滚、不截断；每种版式、每种底色两种字号都没有毛病', async (context) => {
  const { page } = await withPhone(context, { width: 320 })
  const browser = await enter(world, page, /林演示/)
  await answerWithAllKinds(page, await selfOf(browser))
  const faults: string[] = []
  const audited = new Set<string>()
  for (const { id, name, face, look } of kinds) {
    await page.goto(`${world.origin}/features/licence/detail/index?id=${id}`)
    await page.getByRole('heading', { name: '从哪里来' }).waitFor()
    await page.evaluate(layoutStands)
    const labels = await page.locator('.face .face-label').allInnerTexts()
    faults.push(...face.filter((field) => !labels.includes(field.name)).map((field) => `${name}: no ${field.name}`))
    for (const fault of [...(await page.evaluate(overflows)), ...(await page.evaluate(clippedText))]) faults.push(`${name}: ${fault}`)
    if (audited.has(look.layout) && audited.has(look.tint)) continue
    await auditInBothModes(page, () => page.getByRole('heading', { name: '从哪里来' }).waitFor())
    audited.add(look.layout).add(look.tint)
  }
  assert.deepEqual(faults, [])
})

test('证照多的人：能找；大字版先列几本；不再有效的在最下，说明为什么', async (context) => {
  const { page } = await withPhone(context)
  const browser = await enter(world, page, /林演示/)
  await answerWithAllKinds(page, await selfOf(browser))
  await page.goto(world.origin + listPage)
  await page.getByLabel(/^在 \d+ 本里找/).fill('驾驶')
  await page.getByRole('link', { name: /^机动车驾驶证/ }).waitFor()
  await counts(page.getByRole('link', { name: /^营业执照/ }), 0)
  await page.getByLabel(/^在 \d+ 本里找/).fill('护照')
  await page.getByText('没有叫「护照」的证照，换个说法试试。').waitFor()
  await page.reload()
  await page.getByRole('heading', { name: '历史证照' }).waitFor()
  await page.getByText('已换发新证，请用新的那本').waitFor()
  await auditInBothModes(page, () => page.getByRole('heading', { name: /^可领取/ }).waitFor())
  await page.evaluate(() => localStorage.setItem('zsb.elder', 'true'))
  await page.reload()
  await page.getByRole('button', { name: /^看全部 \d+ 本/ }).click()
  await page.getByRole('link', { name: /^不动产权证书/ }).waitFor()
})

test('没有网络：看得到留着的，说明哪一刻查到、可信到何时；过了时间说不能再当真；亮不了证', async (context) => {
  const phone = await withPhone(context)
  const { page } = phone
  await enter(world, page, /林演示/)
  await claimAll(page)
  const id = await openLicence(page, /^居民身份证/)
  await shellKept(page)
  await phone.goOffline()
  await page.goto(world.origin + listPage)
  await page.getByText(/^这是 .+ 查到的，可信到 .+。$/).waitFor()
  await page.goto(`${world.origin}/features/licence/detail/index?id=${id}`)
  await page.getByText(/^这是 .+ 查到的，可信到 .+。$/).waitFor()
  await becomes(() => page.getByRole('button', { name: '连上网才能亮证' }).isDisabled(), true)
  await page.evaluate((key) => {
    const kept = JSON.parse(localStorage.getItem(key) ?? '{}')
    localStorage.setItem(key, JSON.stringify({ ...kept, data: { ...kept.data, trustedUntil: '2020-01-01T00:00:00Z' } }))
  }, `zsb.kept.licence/${id}`)
  await page.reload()
  await page.getByText(/已经过了可信的时间，不能再当真/).waitFor()
  await phone.goOnline()
})

test('PDF：下载前再确认一次是本人；对方选这份文件来核，看到是真的；改过一个字节就不认', async (context) => {
  const { page } = await withPhone(context)
  await enter(world, page, /林演示/)
  await claimAll(page)
  await openLicence(page, /^居民身份证/)
  const confirm = page.getByRole('button', { name: '确认是我本人' })
  await auditInBothModes(page, async () => {
    await page.getByRole('button', { name: '下载 PDF' }).click()
    await confirm.waitFor()
  })
  await confirm.click()
  await confirmIdentity(page)
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: '下载 PDF' }).click()
  const file = await downloading
  assert.equal(file.suggestedFilename(), '居民身份证.pdf')
  const buffer = fs.readFileSync(await file.path())
  assert.equal(buffer.subarray(0, 5).toString('latin1'), '%PDF-')
  await page.getByText(/^已下载/).waitFor()

  const other = await withPhone(context)
  const choose = async (bytes: Buffer) => {
    await other.page.goto(world.origin + verifyPage)
    const choosing = other.page.waitForEvent('filechooser')
    await other.page.getByRole('button', { name: '选一份 PDF' }).click()
    await (await choosing).setFiles({ name: '居民身份证.pdf', mimeType: 'application/pdf', buffer: bytes })
  }
  await choose(buffer)
  await other.page.getByRole('heading', { name: '是真的，现在有效' }).waitFor()
  await auditPage(other.page)
  const tampered = Buffer.from(buffer)
  const middle = Math.floor(tampered.length / 2)
  tampered.writeUInt8((tampered.readUInt8(middle) + 1) % 256, middle)
  await choose(tampered)
  await other.page.getByRole('heading', { name: '不能认定为真' }).waitFor()
})

test('用证记录：没用过的写没用过；办事时给了谁、用于什么、给了哪几格、到何时；收回前说清后果，收回了就写已收回，足迹里也有', async (context) => {
  const { page } = await withPhone(context)
  const browser = await enter(world, page, /林演示/)
  await claimAll(page)
  const id = await openLicence(page, /^结婚证/)
  const grants = (licence: string) => `${world.origin}/features/licence/grants/index?id=${licence}`
  await page.goto(grants(id))
  await auditInBothModes(page, () => page.getByText('这本证照还没有给谁用过').waitFor())

  const single = { born: 'here', hukou: 'jy', wed: 'single', ins: 'emp', sub: 'y' }
  const { id: submissionId } = await submitAffair(world, page, browser, { bundleId: 'newborn', answers: single })
  await awaitSubmission(browser, submissionId, (submission) => dispatched(submission).length > 0)
  await page.goto(grants(await openLicence(page, /^居民身份证/)))
  await auditInBothModes(page, () => page.getByText('到这一件办完为止').first().waitFor())
  await page.getByText(/^办理出生医学证明首次签发（320281-\d{8}-\d{6}）$/).waitFor()
  await page.getByText(/^姓名、性别、.*公民身份号码/).first().waitFor()
  const revoke = page.getByRole('button', { name: /^收回给助产机构/ })
  await revoke.click()
  await page.getByRole('dialog').getByText(/可能要你另交材料/).waitFor()
  await auditPage(page)
  await page.getByRole('dialog').getByRole('button', { name: '收回' }).click()
  await page.getByText('已收回，对方不能再看').waitFor()
  await counts(revoke, 0)
  const revoked = page.locator('.card').filter({ hasText: '办理出生医学证明首次签发' })
  await revoked.getByRole('link', { name: /^看这一件/ }).click()
  await page.getByRole('heading', { name: /出生医学证明/ }).first().waitFor()
  await page.goto(`${world.origin}/features/message/traces/index`)
  await page.getByText(/收回居民身份证的授权：办理出生医学证明首次签发/).waitFor()
})
