import assert from 'node:assert/strict'
import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { after, before } from 'node:test'
import sharp from 'sharp'
import { WebSocketServer } from 'ws'
import { launch, type App } from './harness/app'
import type { LaunchOptions } from './harness/session'
import { WebClient } from './harness/web-client'
import { weappTest } from './harness/weapp-test'

const dist = path.join(__dirname, 'harness/fixture')
const received: { url: string; type: string; body: Buffer }[] = []
let server: http.Server
let origin = ''

before(async () => {
  server = http.createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const body = Buffer.concat(parts)
    const url = request.url ?? ''
    received.push({ url, type: request.headers['content-type'] ?? '', body })
    if (url.startsWith('/echo')) return response.setHeader('content-type', 'application/json').end(body)
    if (url === '/receipt.txt') return response.end('回执')
    if (url.startsWith('/bind')) return response.setHeader('set-cookie', 'ticket=kept; Path=/').end(BIND_PAGE)
    if (url.startsWith('/choose')) return response.writeHead(303, { location: `/done?${body.toString()}` }).end()
    if (url.startsWith('/done')) return response.end(`${request.headers.cookie ?? ''} ${decodeURIComponent(url)}`)
    response.writeHead(201).end(String(body.length))
  })
  const sockets = new WebSocketServer({ server })
  sockets.on('connection', (socket) => socket.on('message', (data) => socket.send(`回：${String(data)}`)))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

after(() => {
  server.closeAllConnections()
  server.close()
})

const BIND_PAGE = `<form method="post" action="/choose"><input type="hidden" name="state" value="a&amp;b">
  <button name="who" value="1">林小满</button><button name="who" value="2">陈舟</button></form>`

const photo = () =>
  sharp({ create: { width: 400, height: 300, channels: 3, background: '#1b7fbd' } })
    .png({ compressionLevel: 0 })
    .toBuffer()

function fixture(title: string, run: (app: App) => Promise<void>, options: Partial<LaunchOptions> = {}) {
  weappTest(title, async (context) => {
    const app = await launch({ dist, domains: ['127.0.0.1', 'api.example.org'], origin, ...options })
    context.after(() => app.close())
    await run(app)
  })
}

const seen = (app: App) => [...(app.realm.app?.seen as string[])]

fixture('启动、渲染、点击、冒泡与阻止冒泡', async (app) => {
  assert.deepEqual(seen(app), ['launch pages/home/index', 'show'])
  assert.equal(app.title, '首页')
  assert.equal(app.text(app.byRole('heading')), '计数 0')
  await app.press('加一')
  assert.equal(app.text('.big'), '计数 1')
  await app.tap('.inner')
  assert.equal(app.text('.trace'), '里外')
  await app.tap('.stop')
  assert.equal(app.text('.trace'), '里外停')
  await app.pullDown()
  assert.equal(app.text('.big'), '计数 100')
})

fixture('表单：按标签找到字段，超长被截断，停用的按钮点不动，提交带上所填', async (app) => {
  assert.equal(app.byLabel('姓名'), app.$('#name'))
  await app.input('#name', '欧阳·小满满')
  assert.equal(app.attr('#name', 'value'), '欧阳·小')
  await assert.rejects(app.press('提交'), /the button is disabled/)
  await app.change(app.byRole('switch', '同意'), true)
  await app.press('提交')
  assert.deepEqual(JSON.parse(app.text('.sent')), { name: '欧阳·小', agree: true })
})

fixture('自定义组件：出现、收到属性、离开', async (app) => {
  assert.equal(app.$$('badge').length, 0)
  await app.press('加一')
  await app.press('加一')
  assert.equal(app.text('badge'), '已计 2 · 在')
  await app.press('加一')
  assert.equal(app.text('badge'), '已计 3 · 在')
  app.page.inst.setData({ count: 0 })
  assert.equal(app.$$('badge').length, 0)
  assert.ok(seen(app).includes('badge gone'))
})

fixture('长定时器由测试推进，不等真实时间', async (app) => {
  assert.equal(app.text('.later'), '')
  await app.advance(50_000)
  assert.equal(app.text('.later'), '')
  await app.advance(10_000)
  assert.equal(app.text('.later'), '已到')
})

fixture('确认框与订阅消息按预设回答；订阅只认点击', async (app) => {
  app.device.answers.modal.push(false)
  await app.tap('.ask')
  assert.equal(app.text('.answer'), '否')
  await app.tap('.ask')
  assert.equal(app.text('.answer'), '是')
  app.device.answers.subscribe.push({ a: 'accept', b: 'ban' })
  await app.tap('.subscribe')
  assert.deepEqual(JSON.parse(app.text('.answer')), { a: 'accept', b: 'ban', errMsg: 'requestSubscribeMessage:ok' })
  await app.tap('.late-subscribe')
  assert.match(app.text('.answer'), /can only be invoked by user TAP/)
})

fixture('页面栈：跳转、返回、标签页保持、错误的跳转被拒', async (app) => {
  await app.tap('.open')
  assert.deepEqual(app.pages, ['pages/home/index', 'features/proof/files/index'])
  assert.equal(app.text('.id'), '9')
  assert.equal(app.title, '文件')
  await app.back()
  await app.press('加一')
  await app.go('switchTab', '/pages/mine/index')
  await app.go('switchTab', '/pages/home/index')
  assert.equal(app.text('.big'), '计数 1')
  await assert.rejects(app.go('navigateTo', '/pages/mine/index'), /tabbar/)
  await assert.rejects(app.go('navigateTo', '/pages/none/index'), /not found/)
})

fixture('选照片、压缩、上传：真的图片，真的分段，进度到一百', async (app) => {
  await app.tap('.open')
  await app.tap('.pick')
  assert.equal(app.text('.info'), 'chooseMedia:fail cancel')
  app.device.answers.media.push([{ name: '证明.png', bytes: await photo() }])
  await app.tap('.pick')
  assert.equal(app.text('.info'), 'true 100 jpeg')
  await app.tap('.send')
  assert.match(app.text('.reply'), /^201 \d+$/)
  assert.equal(app.text('.progress'), '100')
  const { type, body } = received.find(({ url }) => url === '/files') ?? assert.fail('nothing was uploaded')
  assert.match(type, /^multipart\/form-data; boundary=/)
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData()
  assert.equal(form.get('purpose'), '出生医学证明')
  const file = form.get('file') as File
  assert.equal(file.type, 'image/jpeg')
  assert.equal((await sharp(Buffer.from(await file.arrayBuffer())).metadata()).width, 100)
})

fixture('上传可以取消，断网时失败，下载能读', async (app) => {
  await app.tap('.open')
  app.device.answers.media.push([{ name: 'a.png', bytes: await photo() }])
  await app.tap('.pick')
  await app.tap('.cancel')
  assert.equal(app.text('.reply'), 'uploadFile:fail abort')
  await app.tap('.fetch')
  assert.equal(app.text('.reply'), '回执')
  await app.goOffline()
  await app.tap('.send')
  assert.match(app.text('.reply'), /^uploadFile:fail .*ERR_INTERNET_DISCONNECTED/)
})

fixture(
  '请求与长连接：真的网络，断网即断，恢复后可再请求',
  async (app) => {
    await app.waitFor(() => (app.page.inst.socket as { readyState: number }).readyState === 1)
    await app.tap('.hello')
    await app.waitFor(() => app.text('.said') === '回：你好')
    await app.tap('.get')
    assert.equal(app.text('.said'), '200 𠮷')
    await app.goOffline()
    assert.equal(await app.waitFor(() => app.text('.said') === '断开'), true)
    await app.tap('.get')
    assert.match(app.text('.said'), /^request:fail .*DISCONNECTED/)
    await app.goOnline()
    await app.tap('.get')
    assert.equal(app.text('.said'), '200 𠮷')
  },
  { path: 'features/proof/talk/index' }
)

fixture(
  '没有登记的域名被拒',
  async (app) => {
    await app.tap('.get')
    assert.match(app.text('.said'), /url not in domain list/)
  },
  { path: 'features/proof/talk/index', domains: ['elsewhere.example.org'] }
)

fixture(
  '网络状态的变化有通知；切到后台再回来',
  async (app) => {
    await app.goOffline()
    assert.equal(app.text('.net'), 'false none')
    await app.goOnline()
    assert.equal(app.text('.net'), 'true wifi')
    await app.hide()
    await app.show()
    assert.deepEqual(seen(app).slice(-2), ['hide', 'show'])
  },
  { path: 'pages/mine/index' }
)

fixture('web-view：地址可取，网页的消息在返回时送达，网页能让小程序返回', async (app) => {
  await app.go('navigateTo', '/features/proof/web/index')
  const view = app.webView()
  assert.equal(view.url, `${origin}/bind?ticket=t1`)
  const client = new WebClient()
  await client.get(view.url)
  const { url, html } = await client.press('陈舟')
  assert.equal(new URL(url).pathname, '/done')
  assert.match(html, /ticket=kept .*state=a&b&who=2/)
  view.loaded()
  view.command('postMessage', { data: { bound: true } })
  assert.ok(!seen(app).some((line) => line.startsWith('message')))
  view.command('navigateBack')
  await app.settle()
  assert.deepEqual(seen(app).slice(-2), ['loaded', 'message [{"bound":true}]'])
  assert.deepEqual(app.pages, ['pages/home/index'])
})

weappTest('冷启动保留存储；存储有上限', async (context) => {
  const first = await launch({ dist, query: { from: '5' } })
  await first.press('加一')
  const again = await first.relaunch()
  context.after(() => again.close())
  assert.equal(again.text('.big'), '计数 6')
  assert.equal(again.device.storage.get('count'), 6)
  assert.throws(() => again.device.storage.set('one', 'x'.repeat(1024 * 1024)), /entry size limit/)
  for (let index = 0; index < 10; index++) again.device.storage.set(`part${index}`, 'x'.repeat(1024 * 1000))
  assert.throws(() => again.device.storage.set('more', 'x'.repeat(1024 * 1000)), /max size/)
})

weappTest('出过错的运行不能安静结束', async () => {
  const app = await launch({ dist, path: 'pages/mine/index' })
  await app.tap('.crash')
  assert.throws(() => app.close(), /故意的错误/)
  const taken = await launch({ dist, path: 'pages/mine/index' })
  await taken.tap('.crash')
  assert.match(taken.takeErrors().join(), /故意的错误/)
  taken.close()
})

weappTest('体验评分的规则自动记账', async () => {
  const app = await launch({ dist })
  assert.ok(app.audit.record.nodes > 10 && app.audit.record.depth >= 2)
  ;(app.page.inst.burst as () => void).call(app.page.inst)
  // However long the start was ago: thirty at least, within one second.
  assert.match(app.audit.faults.join(), /^pages\/home\/index: setDataPerSecond 3[01], the limit is 20$/)
  assert.throws(() => app.close(), /setDataPerSecond/)
})
