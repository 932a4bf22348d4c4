import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { openBrowser, passProvider, refresh, signIn, signInOnly, type Browser, type Reply } from './sign-in'
import { mother, startWorld, type World } from './world'

const MINUTE = 60_000
const DAY = 86_400_000

describe('会话：换新、宽限、重复使用', () => {
  let world: World
  before(async () => {
    world = await startWorld()
  })
  after(async () => {
    await world.close()
  })

  const renew = (browser: Browser, cookie?: string): Promise<Reply> =>
    browser.send({
      method: 'POST',
      url: '/api/v1/identity/refresh',
      headers: { 'x-csrf-token': 'fetch' },
      payload: {},
      ...(cookie && { cookies: { zsb_refresh: cookie } })
    })
  const cookieOf = (reply: Reply) => reply.cookies.find(({ name }) => name === 'zsb_refresh')?.value
  const me = (browser: Browser) => browser.send({ method: 'GET', url: '/api/v1/identity/me' })
  const codeOf = (reply: Reply) => reply.json<{ code: string }>().code

  test('刷新令牌只在 HttpOnly、SameSite 的 cookie 里，只送到身份接口；库里没有任何原文', async () => {
    const browser = openBrowser(world)
    const arrival = await passProvider(world, browser, mother, '/api/v1/identity/login?return=/')
    const cookie = arrival.cookies.find(({ name }) => name === 'zsb_refresh')
    assert.deepEqual(
      { httpOnly: cookie?.httpOnly, sameSite: cookie?.sameSite, path: cookie?.path },
      { httpOnly: true, sameSite: 'Lax', path: '/api/v1/identity' }
    )
    const tokens = await refresh(browser)
    assert.equal(tokens.refreshToken, undefined)
    assert.equal(tokens.expiresInSeconds, 900)
    const { rows } = await world.deps.pool.query<{ row: string }>(
      `select t::text as row from refresh_token t union all select t::text from access_token t union all select t::text from session t
       union all select t::text from login_attempt t`
    )
    const stored = rows.map(({ row }) => row).join('\n')
    for (const secret of [cookie?.value ?? 'missing', tokens.accessToken]) {
      assert.ok(!stored.includes(secret) && !stored.includes(Buffer.from(secret).toString('hex')))
    }
  })

  test('30 秒内再次出示旧令牌，交出同一个后继：两个标签页、丢了答复都不会退出', async () => {
    const browser = await signInOnly(world, mother)
    const old = browser.cookies.get('zsb_refresh') ?? ''
    const first = await renew(browser, old)
    world.pass(30_000)
    const second = await renew(browser, old)
    assert.equal(second.statusCode, 200, second.body)
    assert.equal(cookieOf(second), cookieOf(first))
    for (const reply of [first, second]) {
      browser.accessToken = reply.json<{ accessToken: string }>().accessToken
      assert.equal((await me(browser)).statusCode, 200)
    }
  })

  test('两个标签页同时换新，都成功，拿到同一个后继', async () => {
    const browser = await signInOnly(world, mother)
    const old = browser.cookies.get('zsb_refresh') ?? ''
    const replies = await Promise.all([renew(browser, old), renew(browser, old), renew(browser, old)])
    assert.deepEqual(
      replies.map(({ statusCode }) => statusCode),
      [200, 200, 200]
    )
    assert.equal(new Set(replies.map(cookieOf)).size, 1)
  })

  test('宽限期里后继已经又换过：一直跟到最新的那个', async () => {
    const browser = await signInOnly(world, mother)
    const oldest = browser.cookies.get('zsb_refresh') ?? ''
    await renew(browser, oldest)
    const newest = cookieOf(await renew(browser))
    world.pass(20_000)
    assert.equal(cookieOf(await renew(browser, oldest)), newest)
  })

  test('宽限期过后再出示旧令牌：整个家族作废，访问令牌也立刻失效', async () => {
    const browser = await signInOnly(world, mother)
    const old = browser.cookies.get('zsb_refresh') ?? ''
    await renew(browser, old)
    const current = browser.cookies.get('zsb_refresh')
    await refresh(browser)
    world.pass(30_001)
    const reused = await renew(browser, old)
    assert.deepEqual([reused.statusCode, codeOf(reused)], [401, 'session_reused'])
    assert.equal(codeOf(await renew(browser, current)), 'session_reused')
    assert.deepEqual([(await me(browser)).statusCode, codeOf(await me(browser))], [401, 'session_reused'])
  })

  test('访问令牌 15 分钟到期；换新后继续', async () => {
    const browser = await signInOnly(world, mother)
    world.pass(15 * MINUTE)
    assert.deepEqual([(await me(browser)).statusCode, codeOf(await me(browser))], [401, 'session_expired'])
    await refresh(browser)
    assert.equal((await me(browser)).statusCode, 200)
  })

  test('30 天没有用过的会话到期', async () => {
    const browser = await signInOnly(world, mother)
    world.pass(30 * DAY)
    const reply = await renew(browser)
    assert.deepEqual([reply.statusCode, codeOf(reply)], [401, 'session_expired'])
    assert.equal(browser.cookies.has('zsb_refresh'), false)
  })

  test('没有 X-CSRF-Token、来自别的网站，都不换新，也不消耗令牌', async () => {
    const browser = await signInOnly(world, mother)
    const attempts: Record<string, string>[] = [
      {},
      { 'x-csrf-token': 'fetch', origin: 'https://evil.example' },
      { 'x-csrf-token': 'fetch', 'sec-fetch-site': 'cross-site' },
      { 'x-csrf-token': 'fetch', origin: 'null' }
    ]
    for (const headers of attempts) {
      const reply = await browser.send({ method: 'POST', url: '/api/v1/identity/refresh', headers, payload: {} })
      assert.deepEqual([reply.statusCode, codeOf(reply)], [403, 'csrf_failed'], JSON.stringify(headers))
    }
    assert.equal((await renew(browser)).statusCode, 200)
  })

  test('没有 cookie 是未登录；瞎编的令牌是已过期；H5 的令牌不能从正文换，免得脚本读到', async () => {
    const browser = openBrowser(world)
    assert.equal(codeOf(await renew(browser)), 'unauthenticated')
    assert.equal(codeOf(await renew(browser, 'made-up')), 'session_expired')
    const own = await signInOnly(world, mother)
    const payload = { refreshToken: own.cookies.get('zsb_refresh') }
    assert.equal(codeOf(await openBrowser(world).send({ method: 'POST', url: '/api/v1/identity/refresh', payload })), 'unauthenticated')
  })

  test('设备列表、退出某一台、退出其他设备、退出登录', async () => {
    const { browser } = await signIn(world, mother)
    await browser.send({ method: 'POST', url: '/api/v1/identity/logout-others' })
    const phone = await signInOnly(world, mother)
    const tablet = await signInOnly(world, mother)
    const list = async () =>
      (await browser.send({ method: 'GET', url: '/api/v1/identity/sessions' })).json<{ sessions: { id: string; current: boolean }[] }>()
        .sessions
    assert.deepEqual((await list()).map(({ current }) => current).sort(), [false, false, true])
    const other = (await list()).find(({ current }) => !current)?.id ?? ''
    assert.equal((await browser.send({ method: 'DELETE', url: `/api/v1/identity/sessions/${other}` })).statusCode, 204)
    assert.equal((await browser.send({ method: 'DELETE', url: `/api/v1/identity/sessions/${other}` })).statusCode, 404)
    assert.equal((await browser.send({ method: 'POST', url: '/api/v1/identity/logout-others' })).statusCode, 204)
    assert.deepEqual(
      (await list()).map(({ current }) => current),
      [true]
    )
    for (const ended of [phone, tablet]) assert.equal((await me(ended)).statusCode, 401)
    assert.equal((await browser.send({ method: 'POST', url: '/api/v1/identity/logout' })).statusCode, 204)
    assert.equal(browser.cookies.has('zsb_refresh'), false)
    assert.equal((await me(browser)).statusCode, 401)
  })
})
