import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { confirmAgain, openBrowser, passProvider, signIn, signInOnly, type Browser } from './sign-in'
import { mother, startWorld, stranger, type World } from './world'

const MINUTE = 60_000

describe('登录（H5，授权码 + PKCE）', () => {
  let world: World
  before(async () => {
    world = await startWorld()
  })
  after(async () => {
    await world.close()
  })

  const me = (browser: Browser) => browser.send({ method: 'GET', url: '/api/v1/identity/me' })
  const accounts = async () => (await world.deps.pool.query<{ count: number }>('select count(*) as count from account')).rows[0]?.count

  test('隐私说明人人可读，三份各自成段，读它不留下任何东西', async () => {
    const reply = await openBrowser(world).send({ method: 'GET', url: '/api/v1/identity/notice' })
    const { sections } = reply.json<{ sections: { kind: string; paragraphs: string[]; required: boolean }[] }>()
    assert.deepEqual(
      sections.map(({ kind, required }) => [kind, required]),
      [
        ['privacy', true],
        ['sensitive', true],
        ['minor', false]
      ]
    )
    assert.ok(sections.every(({ paragraphs }) => paragraphs.length >= 3))
    assert.equal(await accounts(), 0)
  })

  test('出发时 state、nonce、PKCE 留在服务端，去认证的地址与来时同源（手机按局域网地址进来也行）', async () => {
    const reply = await openBrowser(world).send({ method: 'GET', url: '/api/v1/identity/login', headers: { host: '192.168.1.7:8080' } })
    const location = new URL(String(reply.headers.location))
    assert.equal(reply.statusCode, 302)
    assert.equal(location.searchParams.get('redirect_uri'), 'http://192.168.1.7:8080/api/v1/identity/callback')
    assert.match(location.searchParams.get('code_challenge') ?? '', /^[\w-]{43}$/)
    assert.equal(location.searchParams.has('code_verifier'), false)
    const sameOrigin = await startWorld({ env: { STAND_IN_ORIGIN: 'http://127.0.0.1:1' } })
    const seen = await openBrowser(sameOrigin).send({ method: 'GET', url: '/api/v1/identity/login', headers: { host: '192.168.1.7:8080' } })
    assert.equal(new URL(String(seen.headers.location)).origin, 'http://192.168.1.7:8080')
    await sameOrigin.close()
  })

  test('第一次登录建账号，再登录是同一个；姓名与手机号随认证更新；库里没有明文', async () => {
    const before = Number(await accounts())
    const first = (await me(await signInOnly(world, mother))).json<{ accountId: string; maskedName: string }>()
    const again = await signInOnly(world, { ...mother, name: '木演示', phone: null })
    const second = (await me(again)).json<{ accountId: string; maskedName: string; maskedPhone: string | null }>()
    assert.equal(await accounts(), before + 1)
    assert.equal(second.accountId, first.accountId)
    assert.deepEqual([first.maskedName, second.maskedName, second.maskedPhone], ['林*', '木*', null])
    const { rows } = await world.deps.pool.query<{ row: string }>(
      'select t::text as row from subject t union all select t::text from account t'
    )
    for (const plain of [mother.idNumber, mother.name, mother.phone ?? '']) {
      const hex = Buffer.from(plain).toString('hex')
      assert.ok(rows.every(({ row }) => !row.includes(plain) && !row.includes(hex)))
    }
  })

  test('两台设备同时第一次登录，也只有一个账号', async () => {
    const newcomer = { ...stranger, idNumber: '320281199009090036' }
    const before = Number(await accounts())
    await Promise.all([signInOnly(world, newcomer), signInOnly(world, newcomer)])
    assert.equal(await accounts(), before + 1)
  })

  test('登录后回到出发的页面；回跳地址不能指向别的网站', async () => {
    const arrival = await passProvider(world, openBrowser(world), mother, '/api/v1/identity/login?return=%2Fpages%2Fme%2Findex%3Fa%3D1')
    assert.equal(arrival.headers.location, '/pages/me/index?a=1')
    for (const bad of ['//evil.example', 'https://evil.example', '/\\evil.example']) {
      const reply = await openBrowser(world).send({ method: 'GET', url: `/api/v1/identity/login?return=${encodeURIComponent(bad)}` })
      assert.equal(reply.statusCode, 422, bad)
    }
  })

  test('回调只认同一个浏览器、只用一次、10 分钟内；认不出就给一页中文说明，不建会话', async () => {
    const browser = openBrowser(world)
    const depart = async () => {
      const { headers } = await browser.send({ method: 'GET', url: '/api/v1/identity/login' })
      return `/api/v1/identity/callback?code=a-code&state=${new URL(String(headers.location)).searchParams.get('state')}`
    }
    const expectRefused = async (from: Browser, url: string) => {
      const reply = await from.send({ method: 'GET', url })
      assert.equal(reply.statusCode, 400)
      assert.match(reply.body, /这次登录已经失效/)
      assert.equal(from.cookies.has('zsb_refresh'), false)
    }
    await expectRefused(openBrowser(world), await depart())
    await expectRefused(browser, '/api/v1/identity/callback?code=a-code&state=made-up')
    const late = await depart()
    world.pass(10 * MINUTE)
    await expectRefused(browser, late)
    const good = await depart()
    assert.equal((await browser.send({ method: 'GET', url: good })).statusCode, 303)
    browser.cookies.delete('zsb_refresh')
    await expectRefused(browser, good)
  })

  test('在认证页放弃、认证系统连不上：回到出发的页面并说明，没有会话', async () => {
    const cancelled = openBrowser(world)
    const { headers } = await cancelled.send({ method: 'GET', url: '/api/v1/identity/login?return=/x' })
    const state = new URL(String(headers.location)).searchParams.get('state')
    const back = await cancelled.send({ method: 'GET', url: `/api/v1/identity/callback?error=access_denied&state=${state}` })
    assert.equal(back.headers.location, '/x?sign-in=cancelled')
    world.outside.down.add('identity')
    const away = await openBrowser(world).send({ method: 'GET', url: '/api/v1/identity/login' })
    assert.deepEqual([away.statusCode, away.json<{ code: string }>().code], [503, 'upstream_unavailable'])
    world.outside.down.clear()
    assert.equal(cancelled.cookies.has('zsb_refresh'), false)
  })

  test('再确认一次：同一个人才算，5 分钟内有效；换了人不算', async () => {
    const { browser } = await signIn(world, mother)
    const until = async () => (await me(browser)).json<{ reauthenticatedUntil: string | null }>().reauthenticatedUntil
    assert.equal(await until(), null)
    assert.equal((await confirmAgain(world, browser, stranger)).headers.location, '/?sign-in=mismatch')
    assert.equal(await until(), null)
    assert.equal((await confirmAgain(world, browser, mother)).headers.location, '/')
    assert.equal(await until(), new Date(world.deps.now() + 5 * MINUTE).toISOString())
    world.pass(5 * MINUTE)
    assert.equal(await until(), null)
  })

  test('认证系统拿旧登录来顶替，不算再确认', async () => {
    const { browser } = await signIn(world, mother)
    const departure = await browser.send({ method: 'GET', url: '/api/v1/identity/login?purpose=reauthenticate&return=/' })
    const query = new URL(String(departure.headers.location)).searchParams
    assert.equal(query.get('fresh'), 'true')
    world.outside.person = { ...mother, authenticatedAt: world.deps.now() - 2 * MINUTE }
    const back = await browser.send({ method: 'GET', url: `/api/v1/identity/callback?code=a-code&state=${query.get('state')}` })
    assert.equal(back.headers.location, '/?sign-in=mismatch')
  })
})
