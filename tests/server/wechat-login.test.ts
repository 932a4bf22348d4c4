import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { openBrowser, passProvider, type Browser } from './sign-in'
import { mother, startWorld, stranger, type World } from './world'

type Reply = { bound: boolean; bindUrl: string; tokens: { accessToken: string; refreshToken: string } }

describe('小程序登录与绑定', () => {
  let world: World
  let phone: Browser
  before(async () => {
    world = await startWorld()
    phone = openBrowser(world)
  })
  after(async () => {
    await world.close()
  })

  const login = async (code: string) =>
    (await phone.send({ method: 'POST', url: '/api/v1/identity/wechat', payload: { code } })).json<Reply>()
  const me = () => phone.send({ method: 'GET', url: '/api/v1/identity/me' })

  test('没绑定的微信得到一次性绑定地址；绑定后 wx.login 直接登录', async () => {
    const { bound, bindUrl } = await login('wx-mother')
    assert.equal(bound, false)
    const webView = openBrowser(world)
    const page = await passProvider(world, webView, mother, bindUrl)
    assert.equal(page.statusCode, 200)
    assert.match(page.body, /<h1>已绑定<\/h1>/)
    assert.match(page.body, /<script src="\/api\/v1\/identity\/back\.js">/)
    assert.match(String(page.headers['content-security-policy']), /script-src 'self';/)
    assert.equal(webView.cookies.has('zsb_refresh'), false)
    const { bound: now, tokens } = await login('wx-mother')
    assert.equal(now, true)
    phone.accessToken = tokens.accessToken
    assert.equal((await me()).json<{ wechatBound: boolean }>().wechatBound, true)
    const again = await webView.send({ method: 'GET', url: bindUrl })
    assert.equal(again.statusCode, 410)
    assert.match(again.body, /链接已经失效/)
  })

  test('绑定地址 10 分钟后失效，瞎编的也不行', async () => {
    const { bindUrl } = await login('wx-late')
    world.pass(10 * 60_000)
    for (const url of [bindUrl, '/api/v1/identity/bind?ticket=made-up']) {
      assert.equal((await openBrowser(world).send({ method: 'GET', url })).statusCode, 410)
    }
  })

  test('返回小程序的脚本是单独的文件；微信里的页面另带微信自己的脚本', async () => {
    const script = await phone.send({ method: 'GET', url: '/api/v1/identity/back.js' })
    assert.match(String(script.headers['content-type']), /^text\/javascript/)
    assert.match(script.body, /navigateBack/)
    const headers = { 'user-agent': 'MicroMessenger/8.0 miniProgram/wx1' }
    const page = await phone.send({ method: 'GET', url: '/api/v1/identity/bind?ticket=made-up', headers })
    assert.match(String(page.headers['content-security-policy']), /script-src 'self' https:\/\/res\.wx\.qq\.com;/)
  })

  test('刷新令牌在正文里往来，宽限与作废同 H5', async () => {
    const { tokens } = await login('wx-mother')
    const renew = (refreshToken: string) => phone.send({ method: 'POST', url: '/api/v1/identity/refresh', payload: { refreshToken } })
    const first = (await renew(tokens.refreshToken)).json<{ refreshToken: string }>()
    assert.equal((await renew(tokens.refreshToken)).json<{ refreshToken: string }>().refreshToken, first.refreshToken)
    world.pass(30_001)
    const reused = await renew(tokens.refreshToken)
    assert.deepEqual([reused.statusCode, reused.json<{ code: string }>().code], [401, 'session_reused'])
    assert.equal((await renew(first.refreshToken)).statusCode, 401)
  })

  test('在 web-view 里再确认一次是本人；别人确认不算；地址只能用一次', async () => {
    const { tokens } = await login('wx-mother')
    phone.accessToken = tokens.accessToken
    const { version } = (await phone.send({ method: 'GET', url: '/api/v1/identity/notice' })).json<{ version: string }>()
    await phone.send({ method: 'POST', url: '/api/v1/identity/consents', payload: { version, kinds: ['privacy'] } })
    const ask = async () => (await phone.send({ method: 'POST', url: '/api/v1/identity/reauthentication' })).json<{ url: string }>().url
    const until = async () => (await me()).json<{ reauthenticatedUntil: string | null }>().reauthenticatedUntil
    assert.match((await passProvider(world, openBrowser(world), stranger, await ask())).body, /不是同一个人/)
    assert.equal(await until(), null)
    const url = await ask()
    assert.match((await passProvider(world, openBrowser(world), mother, url)).body, /已确认是你本人/)
    assert.equal(await until(), new Date(world.deps.now() + 300_000).toISOString())
    assert.equal((await openBrowser(world).send({ method: 'GET', url })).statusCode, 410)
  })

  test('同一个微信换绑到另一个账号', async () => {
    const { bindUrl } = await login('wx-shared')
    await passProvider(world, openBrowser(world), mother, bindUrl)
    const { tokens } = await login('wx-shared')
    phone.accessToken = tokens.accessToken
    const first = (await me()).json<{ accountId: string }>().accountId
    await phone.send({ method: 'POST', url: '/api/v1/identity/account/close', payload: { confirm: '注销账号' } })
    const anew = await login('wx-shared')
    assert.equal(anew.bound, false)
    await passProvider(world, openBrowser(world), stranger, anew.bindUrl)
    phone.accessToken = (await login('wx-shared')).tokens.accessToken
    assert.notEqual((await me()).json<{ accountId: string }>().accountId, first)
  })

  test('微信连不上：503，不建会话', async () => {
    world.outside.down.add('wechat')
    const reply = await phone.send({ method: 'POST', url: '/api/v1/identity/wechat', payload: { code: 'wx-mother' } })
    assert.deepEqual([reply.statusCode, reply.json<{ code: string }>().code], [503, 'upstream_unavailable'])
    world.outside.down.clear()
  })
})

test('生产环境里，绑定地址只在小程序的 web-view 里有效：转发给别人没有用', async () => {
  const origin = 'https://zsb.example.gov.cn'
  const names = ['IDENTITY_ISSUER', 'LICENCE_LIBRARY_URL', 'DEPARTMENTS_URL', 'DATA_SHARE_URL', 'READERS_URL', 'SMS_URL']
  const env = {
    NODE_ENV: 'production',
    PUBLIC_ORIGIN: origin,
    DATABASE_URL: 'postgres://unused',
    IDENTITY_CLIENT_ID: 'a',
    IDENTITY_CLIENT_SECRET: 'b',
    WECHAT_APP_ID: 'c',
    WECHAT_APP_SECRET: 'd',
    SMS_TOKEN: 'e',
    PDF_P12: '/nowhere/pdf.p12',
    PDF_P12_PASSPHRASE: 'f',
    ...Object.fromEntries(names.map((name) => [name, 'https://outside.example']))
  }
  const world = await startWorld({ env })
  const browser = openBrowser(world)
  const { bindUrl } = (await browser.send({ method: 'POST', url: '/api/v1/identity/wechat', payload: { code: 'wx' } })).json<Reply>()
  assert.equal((await browser.send({ method: 'GET', url: bindUrl })).statusCode, 410)
  const inside = await browser.send({ method: 'GET', url: bindUrl, headers: { 'user-agent': 'MicroMessenger miniProgram' } })
  assert.equal(inside.statusCode, 302)
  assert.match(String(inside.headers.location), new RegExp(`redirect_uri=${encodeURIComponent(`${origin}/`)}`))
  assert.match(String(inside.headers['strict-transport-security']), /max-age/)
  await world.close()
})
