import assert from 'node:assert/strict'
import { createPublicKey, verify } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { after, before, type TestContext } from 'node:test'
import jsQR from 'jsqr'
import sharp from 'sharp'
import type { CodeIssuer } from '../../contract/codes'
import type { ReadCode } from '../../contract/gateways/readers'
import { readOffline } from '../../domain/code/offline'
import type { World } from '../e2e/support/world'
import { App } from './harness/app'
import { openView } from './harness/view'
import { weappTest } from './harness/weapp-test'
import { signIn } from './walk'
import { openApp, phoneOf, startHouse, webViewOf } from './world'

const codePage = 'pages/code/index'

let world: World
before(async () => {
  world = await startHouse({ script: false })
})
after(() => world.stop())

const shows = (app: App, text: string) => app.waitFor(() => app.text().includes(text))
const codesOn = (app: App) => app.allByRole('img', /苏服码二维码/)
const requestsOf = (app: App) =>
  app.calls.flatMap(([name, options]) =>
    ['request', 'connectSocket', 'uploadFile', 'downloadFile'].includes(name)
      ? [`${name === 'request' ? String(options.method) : name} ${new URL(String(options.url)).pathname}`]
      : []
  )

/** Signed in on this phone, the code looked at once, the app closed. */
async function usedPhone(context: TestContext, owner: string, person: RegExp): Promise<App> {
  const inWebView = await webViewOf(context)
  const app = await openApp(context, world, phoneOf(owner))
  await signIn(app, inWebView, person)
  await app.go('switchTab', `/${codePage}`)
  await app.waitFor(() => codesOn(app).length > 0)
  return app
}

/** A cold start on the page of the code; what had been asked of the network when the code was painted. */
async function coldStart(context: TestContext, used: App): Promise<{ app: App; before: string[] }> {
  await used.hide()
  used.close()
  const { dist } = used.bundle
  const app = new App({ dist, device: used.device, origin: world.origin, path: codePage })
  context.after(() => app.close())
  const starting = app.start()
  while (!app.stack.pages.length || codesOn(app).length === 0) await nextTurn()
  const before = requestsOf(app)
  await starting
  return { app, before }
}

/** What an independent decoder reads on the painted page. */
async function decodePainted(context: TestContext, app: App): Promise<string | undefined> {
  const view = await openView()
  context.after(() => view.close())
  await view.paint(app)
  return decode(await view.page.screenshot({ fullPage: true }))
}

async function decode(png: Buffer): Promise<string | undefined> {
  const { data, info } = await sharp(png).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  return jsQR(new Uint8ClampedArray(data), info.width, info.height)?.data
}

const scan = (code: string, scene = 'queue', reader = 'hall-desk') =>
  fetch(`${world.origin}/mock/readers/scan`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ reader, scene, code })
  })

weappTest('冷启动：码上屏之前至多两个请求；画出来的独立解码器读得到，核码端读得成，马上换新并说清谁读的', async (context) => {
  const used = await usedPhone(context, 'code-mother', /妈妈，已婚/)
  const { app, before } = await coldStart(context, used)
  assert.deepEqual(before, ['POST /api/v1/identity/wechat', 'POST /api/v1/codes'])
  assert.equal(app.device.brightness, 1)
  assert.equal(app.device.keepsScreenOn, true)
  await app.waitFor(() => requestsOf(app).includes('GET /api/v1/identity/me'))

  const text = await decodePainted(context, app)
  assert.match(text ?? '', /^SFM320281:/)
  const reply = await scan(text ?? '')
  assert.equal(reply.status, 200)
  const { fields } = (await reply.json()) as ReadCode
  assert.deepEqual(fields.map(({ key, text: shown }) => [key, shown]).at(0), ['identity.name', '林*'])
  await shows(app, '江阴市政务服务中心')
  await app.waitFor(async () => {
    const next = await decodePainted(context, app)
    return next !== undefined && next !== text
  })

  await app.go('switchTab', '/pages/home/index')
  await app.settle()
  assert.deepEqual([app.device.brightness, app.device.keepsScreenOn], [0.4, false])
  assert.deepEqual(app.errors, [])
})

weappTest('断网冷启动：一个请求也没有就亮出离线码，读码器断着网验得过；连上网自己换回在线码', async (context) => {
  const used = await usedPhone(context, 'code-single', /妈妈，未婚/)
  await used.waitFor(() => used.device.storage.keys.some((key) => key.startsWith('zsb.kept.code/')))
  const kept = used.device.storage.keys.filter((key) => key.startsWith('zsb.kept.code/')).map((key) => used.device.storage.get(key))
  assert.ok(kept.every((value) => !/secretKey|苏/.test(JSON.stringify(value))), '钥匙和证书在手机里是加了密的')

  used.device.online = false
  const { app, before } = await coldStart(context, used)
  assert.deepEqual(before, [])
  await shows(app, '离线码')
  assert.deepEqual(requestsOf(app), [])
  const text = (await decodePainted(context, app)) ?? ''
  const issuer = (await (await fetch(`${world.origin}/api/v1/codes/issuer`)).json()) as CodeIssuer
  const keys = Object.fromEntries(issuer.keys.map(({ number, publicKey }) => [number, new Uint8Array(Buffer.from(publicKey, 'base64url'))]))
  const read = readOffline(text, { issuers: { [issuer.issuer]: keys }, now: Math.floor(Date.now() / 1000), verify: verifyWithNode })
  assert.ok(read.ok, JSON.stringify(read))
  assert.equal(read.code.certificate.name, '苏*')

  await app.advance(60_000)
  assert.notEqual(await decodePainted(context, app), text)
  await app.goOnline()
  await app.waitFor(() => !app.text().includes('离线码'))
  await app.goOffline()
  await shows(app, '离线码')
  assert.deepEqual(app.errors, [])
})

weappTest('过期遮住：遮住的画面解不出码，刷新以后又解得出', async (context) => {
  const app = await usedPhone(context, 'code-founder', /创业者/)
  assert.ok(await decodePainted(context, app))
  await app.hide()
  assert.equal(app.text().includes('已失效'), true)
  assert.equal(codesOn(app).length, 1, '码还画着，遮在下面')
  assert.equal(await decodePainted(context, app), undefined)
  await app.show()
  await app.waitFor(() => !app.text().includes('已失效'))
  assert.ok(await decodePainted(context, app))
})

function verifyWithNode(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey).toString('base64url') }, format: 'jwk' })
  return verify(null, message, key, signature)
}
