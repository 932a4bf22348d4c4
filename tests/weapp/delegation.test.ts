import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import type { ReadCode } from '../../contract/gateways/readers'
import { decodeQr } from '../e2e/support/qr'
import type { World } from '../e2e/support/world'
import type { App } from './harness/app'
import { LIMITS } from './harness/audit'
import { openView, type View } from './harness/view'
import { weappTest } from './harness/weapp-test'
import { answer, read, signIn } from './walk'
import { elderPhoneOf, openApp, phoneOf, startHouse, webViewOf } from './world'

let world: World
let view: View
before(async () => {
  world = await startHouse({ script: false })
  view = await openView()
})
after(async () => {
  await view.close()
  await world.stop()
})

const shows = (app: App, text: string) => app.waitFor(() => app.text().includes(text))

/** Painted, nothing for axe, within WeChat's limits. */
async function holds(app: App, page: string) {
  assert.equal(app.page.path, page)
  assert.deepEqual(await view.axe(app), [], `axe on ${page}`)
  const { nodes, depth, children, setDataBytes, setDataPerSecond } = app.audit.record
  for (const [what, value] of Object.entries({ nodes, depth, children, setDataBytes, setDataPerSecond })) {
    assert.ok(value <= LIMITS[what as keyof typeof LIMITS], `${page}: ${what} ${value}`)
  }
}

const room = (page: string) => `features/delegation/${page}/index`

/** What an independent decoder reads of the code that the page paints. */
async function painted(app: App, picture: string): Promise<string> {
  await view.paint(app)
  return decodeQr(await view.page.locator(picture).screenshot())
}

/** The code that the page of the code has come to show, another one than `before`. */
async function freshCode(app: App, before = ''): Promise<string> {
  let text = before
  await app.waitFor(async () => {
    text = await painted(app, '.code-qr').catch(() => before)
    return text !== before
  })
  return text
}

/** The stand-in reader at the hall: its answer, and the last digits that it was given. */
async function scan(code: string) {
  const reply = await fetch(`${world.origin}/mock/readers/scan`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ reader: 'hall-desk', scene: 'queue', code })
  })
  const { fields = [] } = (await reply.json()) as Partial<ReadCode>
  return { status: reply.status, idCode: fields.find(({ key }) => key === 'identity.idCode')?.text?.slice(-4) }
}

weappTest('小程序里：老人亮授权码，女儿扫码接受、替老人亮码；老人收回，女儿那边当场换回自己的码', async (context) => {
  const inMothers = await webViewOf(context)
  const mother = await openApp(context, world, elderPhoneOf('delegating-mother'))
  await signIn(mother, inMothers, /徐演示/)
  const daughter = await openApp(context, world, phoneOf('delegated-daughter'))
  await signIn(daughter, await webViewOf(context), /徐小演示/)

  await mother.go('navigateTo', `/${room('list')}`)
  await shows(mother, '还没有授权')
  await holds(mother, room('list'))
  await mother.press(/^请家人帮我办/)
  await mother.waitFor(() => mother.allByRole('checkbox', /^退休一件事/).length > 0)
  await mother.tap(mother.byRole('checkbox', /^退休一件事/))
  await mother.tap(mother.byRole('checkbox', /^去大厅/))
  await holds(mother, room('give'))
  await mother.press('下一步：到什么时候')
  await read(mother)
  await mother.tap(mother.byRole('radio', /^一个月/))
  await mother.press('下一步：看一遍')
  await shows(mother, '不能再转给别人')
  await holds(mother, room('give'))
  await mother.press('确认是我本人，再出授权码')
  await inMothers(mother, /确认本人操作/)
  await mother.waitFor(() => mother.allByRole('button', '出授权码').length > 0)
  await mother.press('出授权码')
  await mother.waitFor(() => mother.allByRole('dialog', '请对方扫这个码').length > 0)
  await holds(mother, room('give'))
  const href = await painted(mother, '.offer-qr')
  assert.ok(href.startsWith(`${world.origin}/${room('accept')}?code=`), href)

  await daughter.go('navigateTo', `/${room('accept')}`)
  await holds(daughter, room('accept'))
  daughter.device.answers.scan.push(href)
  await daughter.press('扫对方的授权码')
  await shows(daughter, '徐* 请你帮忙办')
  await holds(daughter, room('accept'))
  await read(daughter)
  await daughter.press('接受')
  await shows(daughter, '你替 徐* 办')
  await holds(daughter, room('detail'))
  await mother.waitFor(() => mother.allByRole('dialog', '授权生效了').length > 0)
  await holds(mother, room('give'))
  await mother.press('看这份授权')
  await shows(mother, '徐* 替你办')
  await holds(mother, room('detail'))

  await daughter.press('去替对方办')
  await daughter.waitFor(() => daughter.allByRole('link', /^替 徐\* 办（授权到/).length > 0)
  await daughter.go('switchTab', '/pages/code/index')
  await shows(daughter, '徐*授权我代办')
  const first = await freshCode(daughter)
  assert.deepEqual(await scan(first), { status: 200, idCode: '006X' })
  await shows(daughter, '大厅取号 · 已读')
  const last = await freshCode(daughter, first)

  await mother.press('收回授权')
  await holds(mother, room('detail'))
  await answer(mother, '收回')
  await shows(mother, '已收回。对方从现在起不能再替你办。')
  await holds(mother, room('detail'))
  assert.deepEqual(await scan(last), { status: 409, idCode: undefined })
  await shows(daughter, '替 徐* 办的授权结束了')
  await shows(daughter, '我自己的码')
  assert.deepEqual(await scan(await freshCode(daughter, last)), { status: 200, idCode: '008X' })
  await daughter.press(/^替 徐\* 办的授权结束了/)
  await daughter.waitFor(() => !daughter.text().includes('授权结束了'))
  assert.deepEqual([mother.errors, daughter.errors], [[], []])
})
