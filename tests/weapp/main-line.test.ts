import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import type { World } from '../e2e/support/world'
import type { App } from './harness/app'
import { weappTest } from './harness/weapp-test'
import { answer, confirmAndTick, deferPhoto, fillForm, signIn, toPlan } from './walk'
import { ledger, openApp, order, phoneOf, photo, reopen, startHouse, webViewOf } from './world'

const MB = 1024 * 1024

let world: World
before(async () => {
  world = await startHouse({ script: false })
})
after(() => world.stop())

const shows = (app: App, text: string) => app.waitFor(() => app.text().includes(text))
const requests = (app: App, method: string, path: RegExp) =>
  app.calls.filter(([name, options]) => name === 'request' && options.method === method && path.test(String(options.url)))
const caseNoOf = async (matter: string) => {
  const found = (await ledger(world)).cases.find(({ matterName }) => matterName === matter)
  assert.ok(found, `${matter} has not reached its department`)
  return found.caseNo
}

weappTest('没同意之前什么都不收集；同意、绑定以后，办完「出生一件事」，证照进了孩子名下', async (context) => {
  const inWebView = await webViewOf(context)
  const phone = phoneOf('mother')
  let app = await openApp(context, world, phone)

  // 先看隐私说明，可以不同意
  await app.press('登录')
  await app.press('微信快捷登录')
  assert.match(app.text(), /收集什么.*为什么.*给谁/s)
  assert.equal(app.allByRole('checkbox').some((box) => String(app.aria(box, 'checked')) === 'true'), false)
  await app.press('不同意')
  assert.match(app.text(), /没有收集、也没有保存/)
  assert.equal(app.calls.some(([name]) => name === 'login'), false, 'WeChat was asked before the person agreed')
  await app.press('再看一遍隐私说明')
  for (const box of app.allByRole('checkbox')) await app.tap(box)
  await app.press('同意所选，去登录')
  await inWebView(app, /妈妈，已婚/)
  await app.waitFor(() => app.page.path === 'pages/home/index')
  await shows(app, '与我有关')

  // 问题、方案、草稿
  await toPlan(app)
  assert.match(app.text(), /出生登记\(落户\)/)
  assert.match(app.text(), /需对方同意/)
  await app.press(/^开始填写/)
  await fillForm(app)
  await shows(app, '已保存')

  // 冷启动：还登录着，草稿还在
  app = await reopen(context, app)
  await shows(app, '继续办「出生一件事」')
  await app.press(/继续办「出生一件事」/)
  await app.waitFor(() => app.allByRole('textbox', /^宝宝姓名/).length > 0)
  assert.equal(app.attr(app.byRole('textbox', /^宝宝姓名/), 'value'), '林小演')
  await app.press('下一步：材料')
  await shows(app, '请另一方同意')

  // 一张 10 MB 的照片，手机先压缩再传
  const big = await photo(10 * MB)
  assert.ok(big.bytes.length > 10 * MB && big.bytes.length < 20 * MB, `${big.bytes.length} bytes`)
  await app.press(/^不等同意，改为上传照片/)
  phone.answers.media.push([big])
  await app.press(/^拍照上传/)
  await shows(app, '已上传')
  assert.equal(app.calls.filter(([name]) => name === 'uploadFile').length, 1)

  // 邀请另一位家长；他在自己的微信里看到并同意，这一页自己变
  await app.press('发出邀请')
  await shows(app, '等对方答复')
  const father = await openApp(context, world, phoneOf('father'))
  await signIn(father, await webViewOf(context), /爸爸/)
  await shows(father, '请你确认')
  await father.press(/请你确认/)
  await shows(father, '只放出下面这几项')
  assert.doesNotMatch(father.text(), /林小演/, 'the invitation must not tell about the child')
  await father.press('同意')
  await answer(father, '同意')
  await shows(father, '已同意')
  await shows(app, '已同意')
  await deferPhoto(app)
  await app.press('下一步：核对签名')

  // 再确认本人，逐项承诺，点一下要到订阅权限；连点两下只提交一次
  await confirmAndTick(app, inWebView)
  phone.answers.subscribe.push('accept')
  await app.doubleTap(app.byRole('button', '签名并提交'))
  await app.waitFor(() => app.page.path === 'features/bundle/done/index')
  await shows(app, '接下来')
  const asked = app.calls.filter(([name]) => name === 'requestSubscribeMessage')
  assert.equal(asked.length, 1)
  assert.equal(requests(app, 'POST', /\/submission$/).length, 1)
  assert.deepEqual(phone.answers.subscribe, [])

  // 先办后补的证件照：轮到之前就能补，补完在办件页上看得到
  await app.press(/请补交证件照（孩子的）/)
  await shows(app, '过期没补，这一件会终止')
  phone.answers.media.push([await photo()])
  await app.press(/^拍照上传/)
  await shows(app, '已上传')
  await app.press('提交这份材料')
  await app.waitFor(() => app.page.path === 'features/case/detail/index')
  await shows(app, '容缺材料已补')
  await app.back()
  await shows(app, '接下来')

  // 补正：说清哪里不对、怎么改，答完回到部门
  await app.press('看进度')
  await shows(app, '谁先谁后')
  const birth = await app.waitFor(() => caseNoOf('出生医学证明首次签发'))
  const items = [{ kind: 'field' as const, target: 'childName', problem: '姓名里的字与手写稿不一致', mend: '按手写稿重填宝宝姓名' }]
  await order(world, { action: 'requestCorrection', caseNo: birth, items })
  await shows(app, '等你做')
  await app.press(/补正/)
  await app.input(app.byRole('textbox', /^宝宝姓名/), '林小满')
  await app.press('全部补好，提交')
  await app.waitFor(async () => (await ledger(world)).messages.some(({ values }) => values.childName === '林小满'))
  while (app.page.path !== 'features/case/submission/index') await app.back()

  // 进度自己变：先靠实时连线
  await order(world, { action: 'issue', caseNo: birth })
  await shows(app, '结果：出生医学证明')
  // 连线断了，又连不上：每 15 秒自己看一次
  phone.socketsPass = false
  app.runtime.cutConnections()
  await order(world, { action: 'continueScript' })
  await app.waitFor(async () => {
    const { cases, stages } = await ledger(world)
    return cases.length === 7 && Object.values(stages).every((stage) => stage === 'closed')
  })
  await app.waitFor(async () => {
    await app.advance(15_000)
    return app.text().includes('7/7')
  })
  assert.match(app.text(), /已办结|全部办完|办好/)

  // 证照在孩子名下
  await app.press(/^林\*的证照/)
  for (const licence of ['出生医学证明', '居民户口簿', '医保电子凭证', '社会保障卡', '预防接种证']) await shows(app, licence)
  await app.back()

  // 回执：公开页核验是真的
  await app.press(/^核验页/)
  await shows(app, '是真的')
  await app.back()

  // 好差评：没有默认，选了才能交
  await app.press(/^评价出生医学证明/)
  await app.waitFor(() => app.allByRole('radio', '非常满意').length > 0)
  assert.equal(app.allByRole('radio').some((radio) => String(app.aria(radio, 'checked')) === 'true'), false)
  await app.tap(app.byRole('radio', '非常满意'))
  await app.tap(app.byRole('checkbox', '办得快'))
  await app.press('提交评价')
  await shows(app, '收到了，谢谢你')
})
