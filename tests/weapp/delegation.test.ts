import assert from 'node:assert/strict'
import type { ReadCode } from '../../contract/gateways/readers'
import type { App } from './harness/app'
import { weappTest } from './harness/weapp-test'
import { paintedHouse, shows } from './painted'
import { answer, read, signIn } from './walk'
import { elderPhoneOf, openApp, phoneOf, webViewOf } from './world'

const house = paintedHouse()
const room = (page: string) => `features/delegation/${page}/index`

/** The code that the page of the code has come to show, another one than `before`. */
async function freshCode(app: App, before = ''): Promise<string> {
  let text = before
  await app.waitFor(async () => {
    text = await house.decoded(app, '.code-qr').catch(() => before)
    return text !== before
  })
  return text
}

/** The stand-in reader at the hall: its answer, and the last digits that it was given. */
async function scan(code: string) {
  const reply = await fetch(`${house.world.origin}/mock/readers/scan`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ reader: 'hall-desk', scene: 'queue', code })
  })
  const { fields = [] } = (await reply.json()) as Partial<ReadCode>
  return { status: reply.status, idCode: fields.find(({ key }) => key === 'identity.idCode')?.text?.slice(-4) }
}

/** The wallet while acting for the mother, in both modes: none of her licences, nothing asked of the server, the way back to one's own. */
async function hersNotHere(daughter: App) {
  const already = daughter.calls.length
  for (const mode of ['normal', 'elder'] as const) {
    if (mode === 'elder') await daughter.press('换成大字版')
    await daughter.go('navigateTo', '/features/licence/list/index')
    await shows(daughter, '现在替亲友 徐* 办，证照不在授权里')
    assert.match(daughter.text(), /请对方在自己的手机上拿出来/)
    assert.equal(daughter.allByRole('button', '换回自己，看我的证照').length, 1)
    await house.holds(daughter, 'features/licence/list/index', mode)
    await daughter.back()
  }
  await daughter.press('退出大字版')
  const asked = daughter.calls.slice(already).filter(([, { url }]) => String(url).includes('/licences'))
  assert.deepEqual(asked, [])
}

weappTest('小程序里：老人亮授权码，女儿扫码接受、替老人亮码；老人收回，女儿那边当场换回自己的码', async (context) => {
  const inMothers = await webViewOf(context)
  const mother = await openApp(context, house.world, elderPhoneOf('delegating-mother'))
  await signIn(mother, inMothers, /徐演示/)
  const daughter = await openApp(context, house.world, phoneOf('delegated-daughter'))
  await signIn(daughter, await webViewOf(context), /许演示/)

  await mother.go('navigateTo', `/${room('list')}`)
  await shows(mother, '还没有授权')
  await house.holds(mother, room('list'))
  await mother.press(/^请家人帮我办/)
  await mother.waitFor(() => mother.allByRole('checkbox', /^退休一件事/).length > 0)
  await mother.tap(mother.byRole('checkbox', /^退休一件事/))
  await mother.tap(mother.byRole('checkbox', /^去大厅/))
  await house.holds(mother, room('give'))
  await mother.press('下一步：到什么时候')
  await read(mother)
  await mother.tap(mother.byRole('radio', /^一个月/))
  await mother.press('下一步：看一遍')
  await shows(mother, '不能再转给别人')
  await house.holds(mother, room('give'))
  await mother.press('确认是我本人，再出授权码')
  await inMothers(mother, /确认本人操作/)
  await mother.waitFor(() => mother.allByRole('button', '出授权码').length > 0)
  await mother.press('出授权码')
  await mother.waitFor(() => mother.allByRole('dialog', '请对方扫这个码').length > 0)
  await house.holds(mother, room('give'))
  const href = await house.decoded(mother, '.offer-qr')
  assert.ok(href.startsWith(`${house.world.origin}/${room('accept')}?code=`), href)

  await daughter.go('navigateTo', `/${room('accept')}`)
  await house.holds(daughter, room('accept'))
  daughter.device.answers.scan.push(href)
  await daughter.press('扫对方的授权码')
  await shows(daughter, '徐* 请你帮忙办')
  await house.holds(daughter, room('accept'))
  await read(daughter)
  await daughter.press('接受')
  await shows(daughter, '你替 徐* 办')
  await house.holds(daughter, room('detail'))
  await mother.waitFor(() => mother.allByRole('dialog', '授权生效了').length > 0)
  await house.holds(mother, room('give'))
  await mother.press('看这份授权')
  await shows(mother, '许* 替你办')
  await house.holds(mother, room('detail'))

  await daughter.press('去替对方办')
  await daughter.waitFor(() => daughter.allByRole('link', /^替亲友 徐\* 办/).length > 0)
  await hersNotHere(daughter)
  await daughter.go('switchTab', '/pages/code/index')
  await shows(daughter, '徐*授权我代办')
  const first = await freshCode(daughter)
  assert.deepEqual(await scan(first), { status: 200, idCode: '006X' })
  await shows(daughter, '大厅取号 · 已读')
  const last = await freshCode(daughter, first)

  await mother.press('收回授权')
  await house.holds(mother, room('detail'))
  await answer(mother, '收回')
  await shows(mother, '已收回。对方从现在起不能再替你办。')
  await house.holds(mother, room('detail'))
  assert.deepEqual(await scan(last), { status: 409, idCode: undefined })
  await shows(daughter, '替亲友 徐* 办的授权结束了')
  await shows(daughter, '我自己的码')
  assert.deepEqual(await scan(await freshCode(daughter, last)), { status: 200, idCode: '008X' })
  await daughter.press(/^替亲友 徐\* 办的授权结束了/)
  await daughter.waitFor(() => !daughter.text().includes('授权结束了'))
  assert.deepEqual([mother.errors, daughter.errors], [[], []])
})
