import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import type { Draft } from '../../contract/drafts'
import type { Problem } from '../../contract/problems'
import { api } from '../server/journey'
import type { Browser } from '../server/sign-in'
import { draftAnew, enter } from './support/affair'
import { withPhone } from './support/browser'
import { escapeFrom, focusComesTo } from './support/keyboard'
import { becomes, holds } from './support/until'
import { startWorld, type World } from './support/world'

/** A stranger has no licences, so that nothing is locked; married, so that somebody else's ID number is to be typed. */
const stranger = /顾演示/
const birth = { bundleId: 'newborn', answers: { born: 'here', hukou: 'jy', wed: 'married', ins: 'emp', sub: 'y' } }

let world: World
before(async () => {
  world = await startWorld({ script: false })
})
after(() => world.stop())

const field = (page: Page, name: string) => page.getByLabel(name, { exact: true })
const faultOf = (page: Page, id: string) => page.locator(`#f-${id}-error`)
const formOf = (draft: Draft) => `${world.origin}/features/bundle/form/index?draft=${draft.id}`
const valueOf = (draft: Draft, id: string) => draft.form.groups.flatMap(({ fields }) => fields).find((each) => each.id === id)?.value

const freshDraft = (browser: Browser) => draftAnew(browser, birth.bundleId, birth.answers)

const wrong = {
  childName: { label: '宝宝姓名', typed: '顾小😀', says: /「宝宝姓名」.*只能有汉字和间隔号.*请去掉表情/ },
  birthDate: { label: '出生日期', typed: '2099-01-01', says: /「出生日期」.*不能晚于今天，请重新选择/ },
  birthWeight: { label: '出生体重（克）', typed: '三千三', says: /请填数字/ },
  otherParentName: { label: '另一方父母的姓名', typed: '周𠮷演示', says: null },
  otherParentIdNumber: { label: '另一方父母的身份证号', typed: '320281199003070019', says: /「另一方父母的身份证号」.*请/ },
  payeeAccount: { label: '收款账号', typed: '62A', says: /「收款账号」.*请对照银行卡核对/ }
}

test('填错的每一项都说清哪一项、怎么改；填的还在，刷新还在，换一台手机也在', async (context) => {
  const { page } = await withPhone(context)
  const browser = await enter(world, page, stranger)
  const draft = await freshDraft(browser)
  await page.goto(formOf(draft))
  for (const { label, typed } of Object.values(wrong)) {
    await field(page, label).fill(typed)
    await field(page, label).blur()
  }
  const asTyped = async (on: Page, ids: string[]) => {
    for (const [id, { label, typed, says }] of Object.entries(wrong).filter(([id]) => ids.includes(id))) {
      if (says) await faultOf(on, id).getByText(says).waitFor()
      else await becomes(() => faultOf(on, id).innerText(), '', `${label} 没有毛病`)
      await holds(field(on, label), typed)
    }
  }
  await asTyped(page, Object.keys(wrong))
  // A number that is no number has no place in the draft: this phone alone has it, and says so. All else is saved.
  await page.getByText('有内容没有存上').waitFor()
  await page.getByRole('button', { name: '下一步：材料' }).click()
  await page.getByText(/有 \d+ 处要改一下，已标红。其余的都留着。/).waitFor()
  await focusComesTo(page, 'f-childName', '焦点在第一处')

  const saved = Object.keys(wrong).filter((id) => id !== 'birthWeight')
  const other = await withPhone(context)
  await enter(world, other.page, stranger)
  await other.page.goto(formOf(draft))
  for (const on of [page, other.page]) {
    if (on === page) await page.reload()
    await field(on, '宝宝姓名').waitFor()
    await on.getByRole('button', { name: '下一步：材料' }).click()
    await asTyped(on, on === page ? Object.keys(wrong) : saved)
  }
})

test('一次贴进一兆字：说清哪一项太长，别的照样存上，贴的还在', async (context) => {
  const { page } = await withPhone(context)
  const browser = await enter(world, page, stranger)
  const draft = await freshDraft(browser)
  await page.goto(formOf(draft))
  const long = '演'.repeat(1024 * 1024)
  await field(page, '宝宝姓名').fill(long)
  await field(page, '户主姓名').fill('顾演示')
  await field(page, '户主姓名').blur()
  await faultOf(page, 'childName').getByText(/「宝宝姓名」.*(请删减|最多 50 个字)/).waitFor()
  await page.getByText('有内容没有存上').waitFor()
  await page.reload()
  await field(page, '户主姓名').waitFor()
  await faultOf(page, 'childName').getByText(/「宝宝姓名」.*请删减/).waitFor()
  await becomes(async () => (await field(page, '宝宝姓名').inputValue()).length, long.length)
  const there = await api<Draft>(browser, 'GET', `/drafts/${draft.id}`)
  assert.deepEqual([valueOf(there, 'childName'), valueOf(there, 'householderName')], [null, '顾演示'])
  await field(page, '宝宝姓名').fill('顾小𠮷')
  await page.getByText('已保存').waitFor()
  assert.equal(valueOf(await api<Draft>(browser, 'GET', `/drafts/${draft.id}`), 'childName'), '顾小𠮷')
})

const photo = (width: number, height: number, quality = 90) =>
  sharp({ create: { width, height, channels: 3, background: '#888', noise: { type: 'gaussian', mean: 128, sigma: 70 } } })
    .jpeg({ quality, chromaSubsampling: '4:4:4' })
    .toBuffer()

test('照片：冒充的、不完整的、超过 20 MB 的各说各的；10 MB 的照片没问题', async (context) => {
  const { page } = await withPhone(context)
  const browser = await enter(world, page, stranger)
  const draft = await freshDraft(browser)
  await page.goto(`${world.origin}/features/bundle/materials/index?draft=${draft.id}`)
  const choose = async (name: string, buffer: Buffer) => {
    const choosing = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: '从相册选居民户口簿' }).click()
    await (await choosing).setFiles({ name, mimeType: 'image/jpeg', buffer })
  }
  const large = await photo(2600, 2000, 100)
  assert.ok(large.length > 9 * 1024 * 1024 && large.length < 20 * 1024 * 1024, `${large.length}`)
  await choose('网页.jpg', Buffer.from('<!doctype html><script>alert(1)</script>'))
  await page.getByText(/「网页.jpg」打不开，不是照片，没有收下。请换一张照片/).waitFor()
  await choose('半张.jpg', large.subarray(0, large.length >> 1))
  await page.getByText(/「半张.jpg」不完整.*没有收下。请重新拍一张/).waitFor()
  await choose('大图.jpg', Buffer.concat([large, Buffer.alloc(21 * 1024 * 1024 - large.length)]))
  await page.getByText(/「大图.jpg」超过 20 MB，没有收下。请压缩后再传，或改用拍照/).waitFor()
  assert.deepEqual((await api<Draft>(browser, 'GET', `/drafts/${draft.id}`)).files, [])
  await choose('户口簿.jpg', large)
  await page.getByText('已上传').waitFor()
  const { files } = await api<Draft>(browser, 'GET', `/drafts/${draft.id}`)
  assert.deepEqual(files.map(({ name, mime }) => [name, mime]), [['户口簿.jpg', 'image/jpeg']])
  await page.reload()
  await page.getByText('户口簿.jpg').waitFor()
})

test('绕过页面直接来的：冒充的、截断的、不认识的、类型不对的都拒收，指明哪一项，草稿原样', async (context) => {
  const { page } = await withPhone(context)
  const browser = await enter(world, page, stranger)
  const draft = await freshDraft(browser)
  const refused = async (payload: object, status: number, pointer: string, says: RegExp) => {
    const reply = await browser.send({ method: 'PUT', url: `/api/v1/drafts/${draft.id}`, payload })
    assert.equal(reply.statusCode, status, reply.body)
    const fault = reply.json<Problem>().errors?.find((each) => each.pointer === pointer)
    assert.match(fault?.message ?? '', says, reply.body)
  }
  const { version } = draft
  await refused({ version, values: { childName: '顾小安', nickname: '安安' } }, 422, '/values/nickname', /nickname.*不是这张表单里的字段/)
  await refused({ version, values: { birthWeight: '3300' } }, 422, '/values/birthWeight', /「出生体重」.*请重新填写/)
  await refused({ version, values: { childName: ['顾', '小安'] } }, 422, '/values/childName', /「宝宝姓名」.*请重新填写/)
  await refused({ version, values: { childName: '安'.repeat(5000) } }, 422, '/values/childName', /「宝宝姓名」.*请删减/)
  await refused({ version, colour: 'red' }, 422, '/colour', /./)
  await refused({ version: 'one' }, 422, '/version', /./)
  const now = await api<Draft>(browser, 'GET', `/drafts/${draft.id}`)
  assert.deepEqual([now.version, valueOf(now, 'childName')], [version, null])

  const renewed = await page.request.post(`${world.origin}/api/v1/identity/refresh`, { headers: { 'x-csrf-token': 'fetch' }, data: {} })
  const { accessToken } = (await renewed.json()) as { accessToken: string }
  const whole = await photo(400, 300)
  for (const [name, buffer, code] of [
    ['网页.jpg', Buffer.from('<!doctype html><p>不是照片</p>'), 'file_type_refused'],
    ['半张.jpg', whole.subarray(0, whole.length >> 1), 'file_damaged']
  ] as const) {
    const reply = await page.request.post(`${world.origin}/api/v1/files`, {
      headers: { authorization: `Bearer ${accessToken}` }, multipart: { file: { name, mimeType: 'image/jpeg', buffer } }
    })
    const problem = (await reply.json()) as Problem
    assert.deepEqual([problem.code, problem.detail?.includes(name)], [code, true], JSON.stringify(problem))
  }
})

test('两个窗口改了同一项：两边的都摆出来，关掉不算选，选了才定；改的是不同的项就都留下', async (context) => {
  const { page, context: phone } = await withPhone(context)
  const browser = await enter(world, page, stranger)
  const draft = await freshDraft(browser)
  const second = await phone.newPage()
  for (const on of [page, second]) {
    await on.goto(formOf(draft))
    await field(on, '宝宝姓名').waitFor()
  }
  await field(page, '宝宝姓名').fill('顾小一')
  await page.getByText('已保存').waitFor()
  await field(second, '户主姓名').fill('顾演示')
  await second.getByText('已保存').waitFor()
  await field(page, '宝宝姓名').fill('顾小二')
  await page.getByText('已保存').waitFor()
  await field(second, '宝宝姓名').fill('顾小三')
  const dialog = second.getByRole('dialog', { name: '这份草稿在别处也改过' })
  await dialog.getByText('这边：顾小三').waitFor()
  await dialog.getByText('另一边：顾小二').waitFor()
  await escapeFrom(second, dialog)
  await holds(field(second, '宝宝姓名'), '顾小三')
  assert.equal(valueOf(await api<Draft>(browser, 'GET', `/drafts/${draft.id}`), 'childName'), '顾小二')
  await second.getByRole('button', { name: '再存一次' }).click()
  await dialog.getByRole('button', { name: '用这边的' }).click()
  await second.getByText('已保存').waitFor()
  const now = await api<Draft>(browser, 'GET', `/drafts/${draft.id}`)
  assert.deepEqual([valueOf(now, 'childName'), valueOf(now, 'householderName')], ['顾小三', '顾演示'])
})
