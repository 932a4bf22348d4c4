import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Problem } from '../../contract/problems'
import { openBrowser, passProvider, refresh, signIn, signInOnly } from './sign-in'
import { mother, startWorld, stranger, type World } from './world'

const encoded = (text: string) => Buffer.from(text).toString('base64url')

describe('不怀好意的请求', () => {
  let world: World
  before(async () => {
    world = await startWorld()
  })
  after(async () => {
    await world.close()
  })

  test('登录后只回到自己的网站：路径里藏着别的主机也不行', async () => {
    const hosts = ['/..//evil.example', '/.//evil.example/a', '/a/..//evil.example', '/..%2f..//evil.example', '/..\\\\evil.example']
    for (const hidden of hosts) {
      const reply = await passProvider(world, openBrowser(world), mother, `/api/v1/identity/login?return=${encodeURIComponent(hidden)}`)
      const target = new URL(String(reply.headers.location), 'http://localhost:8080')
      assert.equal(target.origin, 'http://localhost:8080', `${hidden} → ${reply.headers.location}`)
    }
  })

  test('编出来的翻页位置说清楚不对，不成为服务端的错', async () => {
    const { browser, me } = await signIn(world, mother)
    for (const moment of ['-200000-01-01T00:00:00.000Z', '+275760-09-13T00:00:00.000Z', '2026', 'Infinity']) {
      for (const url of ['/api/v1/traces', '/api/v1/messages', '/api/v1/submissions']) {
        const reply = await browser.send({ method: 'GET', url, query: { cursor: encoded(`${moment} ${me.accountId}`) } })
        assert.equal(reply.statusCode, 422, `${url} ${moment}: ${reply.body}`)
        assert.equal(reply.json<Problem>().errors?.[0]?.pointer, '/cursor')
      }
    }
  })

  test('怪地址答「没有」', async () => {
    for (const url of ['//', '//[', '/%', '/a%00b', '//evil.example/..', '/api/v1/bundles/constructor']) {
      const reply = await world.app.inject({ method: 'GET', url, headers: { host: 'localhost' } })
      assert.equal(reply.statusCode, 404, `${url}: ${reply.body}`)
    }
    const plan = await world.app.inject({ method: 'POST', url: '/api/v1/bundles/constructor/plan', payload: { answers: {} } })
    assert.equal(plan.statusCode, 404, plan.body)
    assert.deepEqual(
      world.logged.filter((line) => line.includes('"error"')),
      []
    )
  })

  test('对象自带的名字不是材料，草稿不收', async () => {
    const { browser } = await signIn(world, mother)
    const created = await browser.send({
      method: 'POST',
      url: '/api/v1/drafts',
      payload: { bundleId: 'newborn', answers: { born: 'here' } }
    })
    const { id, version } = created.json<{ id: string; version: number }>()
    for (const name of ['constructor', 'toString', 'hasOwnProperty:new']) {
      const materials = { [name]: { choice: 'upload', files: [] } }
      const reply = await browser.send({ method: 'PUT', url: `/api/v1/drafts/${id}`, payload: { version, materials } })
      assert.equal(reply.statusCode, 422, `${name}: ${reply.body}`)
    }
    for (const part of ['answers', 'values', 'materials']) {
      const payload = `{"version":${version},"${part}":{"__proto__":{"a":"b"}}}`
      const reply = await browser.send({
        method: 'PUT',
        url: `/api/v1/drafts/${id}`,
        headers: { 'content-type': 'application/json' },
        payload
      })
      assert.equal(reply.statusCode, 400, `${part}: ${reply.body}`)
    }
  })

  test('同时出示新旧两个刷新令牌，两边都得到新的，不互相卡死', async () => {
    const browser = await signInOnly(world, stranger)
    for (let round = 0; round < 20; round += 1) {
      const older = new Map(browser.cookies)
      await refresh(browser)
      const both = await Promise.all(
        [older, browser.cookies].map((cookies) =>
          world.app.inject({
            method: 'POST',
            url: '/api/v1/identity/refresh',
            headers: { 'x-csrf-token': 'fetch' },
            payload: {},
            cookies: Object.fromEntries(cookies)
          })
        )
      )
      assert.deepEqual(
        both.map(({ statusCode }) => statusCode),
        [200, 200]
      )
      for (const { name, value } of both[1]?.cookies ?? []) browser.cookies.set(name, value)
    }
  })
})

describe('在代理后面的正式环境', () => {
  const production = {
    NODE_ENV: 'production',
    PUBLIC_ORIGIN: 'https://zsb.example.gov.cn',
    DATABASE_URL: 'postgres://db.example/zsb',
    ...Object.fromEntries(
      ['IDENTITY_ISSUER', 'LICENCE_LIBRARY_URL', 'DEPARTMENTS_URL', 'DATA_SHARE_URL', 'READERS_URL', 'SMS_URL'].map((name) => [
        name,
        'https://out.example'
      ])
    ),
    ...Object.fromEntries(
      [
        'IDENTITY_CLIENT_ID',
        'IDENTITY_CLIENT_SECRET',
        'WECHAT_APP_ID',
        'WECHAT_APP_SECRET',
        'SMS_TOKEN',
        'PDF_P12',
        'PDF_P12_PASSPHRASE'
      ].map((name) => [name, 'made-up'])
    )
  }

  test('cookie 总是 Secure，不靠代理说是 https', async () => {
    const world = await startWorld({ env: production })
    const browser = openBrowser(world)
    const departure = await browser.send({ method: 'GET', url: '/api/v1/identity/login' })
    const arrival = await passProvider(world, browser, mother, '/api/v1/identity/login')
    const cookies = [...departure.cookies, ...arrival.cookies]
    assert.deepEqual(new Set(cookies.map(({ name }) => name)), new Set(['zsb_browser', 'zsb_refresh']))
    for (const { name, secure, httpOnly } of cookies) assert.deepEqual([name, secure, httpOnly], [name, true, true])
    await world.close()
  })

  test('来访地址以最近的代理看到的为准：自己写的 X-Forwarded-For 换不来新的限额', async () => {
    const world = await startWorld({ env: { TRUST_PROXY: '1' } })
    const search = (spoofed: number) =>
      world.app.inject({
        method: 'GET',
        url: '/api/v1/search?q=a',
        headers: { 'x-forwarded-for': `10.0.0.${spoofed}, 203.0.113.7` }
      })
    const statuses = new Set<number>()
    for (let count = 0; count < 62; count += 1) statuses.add((await search(count)).statusCode)
    assert.deepEqual(statuses, new Set([200, 429]))
    await world.close()
  })
})
