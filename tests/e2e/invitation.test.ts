import assert from 'node:assert/strict'
import { after, before, test, type TestContext } from 'node:test'
import { Client } from 'pg'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import type { Draft } from '../../contract/drafts'
import { api, complete } from '../server/journey'
import { draftAnew, enter } from './support/affair'
import { auditInBothModes, auditPage } from './support/audit'
import { withPhone } from './support/browser'
import { counts } from './support/until'
import { startWorld, type World } from './support/world'

/** 另一方的证件要本人同意：没那么顺利时，妈妈在材料页看得到怎么往下走，走得到签名页。 */
const answers = { born: 'here', hukou: 'jy', wed: 'married', ins: 'emp', sub: 'y' }
const material = 'idc-sp'
const paper = '配偶/另一方居民身份证'
const next = '下一步：核对签名'

let world: World
before(async () => {
  world = await startWorld({ script: false })
})
after(() => world.stop())

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click()
const inDialog = (page: Page, name: string) => page.getByRole('dialog').getByRole('button', { name, exact: true }).click()

/** 两种模式各查一遍开着的这一页；中间重新载入，最后停在普通模式。 */
const auditBoth = (page: Page, ready: string | RegExp) => auditInBothModes(page, () => page.getByText(ready).first().waitFor())

/** 只差另一方同意的一份草稿，停在材料页，邀请已经发出。 */
async function inviteFather(context: TestContext) {
  const { page } = await withPhone(context)
  const browser = await enter(world, page, /林演示/)
  const draft = await complete(browser, await draftAnew(browser, 'newborn', answers))
  const materials = { [material]: { choice: 'upload', files: [] } }
  await api<Draft>(browser, 'PUT', `/drafts/${draft.id}`, { version: draft.version, step: 'materials', materials })
  await page.goto(`${world.origin}/features/bundle/materials/index?draft=${draft.id}`)
  await press(page, '发出邀请')
  await page.getByText('等对方答复', { exact: true }).waitFor()
  const { invitations } = await api<Draft>(browser, 'GET', `/drafts/${draft.id}`)
  return { page, id: invitations[0]?.id ?? '' }
}

/** 期限过去了：把这份邀请的期限改到刚才。 */
async function lapse(id: string) {
  const database = new Client({ connectionString: world.databaseUrl })
  await database.connect()
  const { rowCount } = await database.query("update invitation set expires_at = now() - interval '1 minute' where id = $1", [id])
  await database.end()
  assert.equal(rowCount, 1)
}

async function toSigning(page: Page) {
  await press(page, next)
  await page.getByRole('button', { name: '确认是我本人' }).waitFor()
}

test('对方不同意：答复前看清放出哪几项、做什么、到何时；妈妈改传照片，走得到签名', async (context) => {
  const { page, id } = await inviteFather(context)
  const { page: fathers } = await withPhone(context)
  await enter(world, fathers, /陈演示/)
  await fathers.goto(`${world.origin}/features/invitation/answer/index?id=${id}`)
  await fathers.getByRole('button', { name: '不同意' }).waitFor()
  await auditBoth(fathers, '只放出下面这几项')
  const shown = await fathers.getByRole('main').last().innerText()
  const told = [
    /林\* 请你同意/, /用来做什么：核验另一方的身份/, /居民身份证\s+姓名、公民身份号码、有效期/, /请在 .+前答复/, /同意后 30 天内有效，到期自动失效/
  ]
  for (const words of told) assert.match(shown, words)
  assert.doesNotMatch(shown, /林演示|林小演|出生|新生儿|宝宝|孩子|落户/)

  await press(fathers, '不同意')
  await fathers.getByRole('dialog', { name: '不同意提供？' }).waitFor()
  await auditPage(fathers)
  await inDialog(fathers, '不同意')
  await fathers.getByText('已答复不同意。没有放出任何信息。').waitFor()
  await fathers.getByText('你没有同意', { exact: true }).waitFor()
  await counts(fathers.getByRole('button', { name: /同意/ }), 0, '答过就不能再答')
  await auditPage(fathers)

  await page.getByText('没有同意', { exact: true }).waitFor()
  await auditBoth(page, /^对方没有同意。你可以上传对方证件的照片/)
  await press(page, next)
  await page.getByText(`还有 1 份没着落：${paper}。`).waitFor()
  const choosing = page.waitForEvent('filechooser')
  await press(page, `从相册选${paper}`)
  const photo = await sharp({ create: { width: 856, height: 540, channels: 3, background: '#dde6ea' } }).png().toBuffer()
  await (await choosing).setFiles({ name: '身份证.png', mimeType: 'image/png', buffer: photo })
  await page.getByText('已上传').waitFor()
  await auditPage(page)
  await toSigning(page)
  await page.getByText('上传 1 个文件').first().waitFor()
})

test('过期没有答复：那一头说清已过期，妈妈可以重新邀请，对方再答得了', async (context) => {
  const { page, id } = await inviteFather(context)
  await lapse(id)
  const { page: fathers } = await withPhone(context)
  await enter(world, fathers, /陈演示/)
  await fathers.goto(`${world.origin}/features/invitation/answer/index?id=${id}`)
  await auditBoth(fathers, '已过期')
  await counts(fathers.getByRole('button', { name: /同意/ }), 0)

  await auditBoth(page, '过期没有答复')
  await page.getByText(/^对方过了期限没有答复。你可以重新邀请，也可以上传/).first().waitFor()
  await press(page, '重新邀请')
  await page.getByRole('textbox', { name: /^对方姓名/ }).waitFor()
  await auditPage(page)
  await press(page, '发出邀请')
  await page.getByText('等对方答复', { exact: true }).waitFor()

  await fathers.goto(`${world.origin}/features/invitation/list/index`)
  await fathers.getByRole('link', { name: /等你答复/ }).click()
  await press(fathers, /^同意$/)
  await inDialog(fathers, '同意')
  await fathers.getByText(/^你的同意到 .+为止，可以随时收回。$/).waitFor()
  await page.getByText('已同意', { exact: true }).waitFor()
  await toSigning(page)
})

for (const { button, ask, ok, tag, way } of [
  { button: '联系不上', ask: '联系不上对方？', ok: '是，联系不上', tag: '联系不上', way: /^联系不上对方的，请到窗口说明情况/ },
  { button: '对方已去世', ask: '对方已经去世？', ok: '是，已去世', tag: '已去世', way: /^对方已经去世的，按单方办理，不再收这份材料/ }
]) {
  test(`${button}：先问清楚再结束，说明怎么往下办，走得到签名；点错了还能重新邀请`, async (context) => {
    const { page } = await inviteFather(context)
    await press(page, button)
    await page.getByRole('dialog', { name: ask }).getByText(way).waitFor()
    await auditPage(page)
    await inDialog(page, '取消')
    await page.getByText('等对方答复', { exact: true }).waitFor()
    await press(page, button)
    await inDialog(page, ok)
    await page.getByRole('status').getByText(tag, { exact: true }).waitFor()
    await auditBoth(page, way)
    await toSigning(page)
    await page.getByText(way).last().waitFor()
    await page.goBack()
    await press(page, '重新邀请')
    await press(page, '发出邀请')
    await page.getByText('等对方答复', { exact: true }).waitFor()
  })
}
