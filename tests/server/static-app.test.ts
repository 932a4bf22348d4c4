import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { startWorld, type World } from './world'

const script = `console.log(${JSON.stringify('掌上办'.repeat(200))})`

describe('网页应用的文件', () => {
  let world: World
  before(async () => {
    world = await startWorld({
      app: {
        'js/app.0123abcd.js': script,
        'js/ready.89abcdef.js': script,
        'js/ready.89abcdef.js.gz': 'precompressed',
        'static/sw.js': 'self.x = 1',
        'static/app-icon-180.png': 'drawn',
        'icon.svg': '<svg/>'
      }
    })
  })
  after(async () => {
    await world.close()
  })

  const get = (url: string, headers: Record<string, string> = {}) => world.app.inject({ method: 'GET', url, headers })

  test('带指纹的文件缓存一年；其余每次按 ETag 核对', async () => {
    assert.equal((await get('/js/app.0123abcd.js')).headers['cache-control'], 'public, max-age=31536000, immutable')
    for (const url of ['/', '/sw.js', '/icon.svg']) {
      const reply = await get(url)
      assert.equal(reply.headers['cache-control'], 'no-cache', url)
      assert.equal((await get(url, { 'if-none-match': String(reply.headers.etag) })).statusCode, 304, url)
    }
  })

  test('浏览器自己来要图标，给的是应用的图标', async () => {
    const icon = await get('/favicon.ico')
    assert.deepEqual([icon.statusCode, icon.headers['content-type'], icon.body], [200, 'image/png', 'drawn'])
  })

  test('文字压缩着发；旁边有压好的就用现成的；不收压缩的原样发', async () => {
    const packed = await get('/js/app.0123abcd.js', { 'accept-encoding': 'gzip, br' })
    assert.equal(packed.headers['content-encoding'], 'gzip')
    assert.equal(gunzipSync(packed.rawPayload).toString(), script)
    assert.ok(packed.rawPayload.length < script.length / 2)
    const ready = await get('/js/ready.89abcdef.js', { 'accept-encoding': 'gzip' })
    assert.deepEqual([ready.headers['content-encoding'], ready.body], ['gzip', 'precompressed'])
    const plain = await get('/js/app.0123abcd.js')
    assert.deepEqual([plain.headers['content-encoding'], plain.body, plain.headers.vary], [undefined, script, 'Accept-Encoding'])
  })

  test('应用里的任何地址刷新都回到 index.html；接口、文件、别的方法不会', async () => {
    for (const url of ['/', '/pages/home/index', '/features/bundle/apply/index?id=1']) {
      const reply = await get(url)
      assert.deepEqual([reply.statusCode, reply.headers['content-type']], [200, 'text/html; charset=utf-8'], url)
    }
    for (const url of ['/api/v1/none', '/api', '/mock/x', '/js/none.js', '/../package.json', '/.env']) {
      const reply = await get(url)
      assert.deepEqual([reply.statusCode, reply.json<{ code: string }>().code], [404, 'not_found'], url)
    }
    assert.equal((await world.app.inject({ method: 'POST', url: '/pages/home/index' })).statusCode, 404)
  })

  test('页面的内容安全策略：脚本只来自自己；连接只到自己', async () => {
    for (const url of ['/', '/pages/home/index']) {
      const policy = String((await get(url, { host: '192.168.1.7:8080' })).headers['content-security-policy'])
      assert.match(policy, /script-src 'self';/)
      assert.match(policy, /connect-src 'self' ws:\/\/192\.168\.1\.7:8080;/)
      assert.match(policy, /frame-ancestors 'none'/)
    }
  })

  test('每个答复都有安全头；接口的答复缺省不缓存', async () => {
    for (const url of ['/', '/api/v1/identity/notice', '/api/v1/none', '/healthz']) {
      const { headers } = await get(url)
      assert.equal(headers['x-content-type-options'], 'nosniff', url)
      assert.equal(headers['x-frame-options'], 'DENY', url)
    }
    assert.equal((await get('/api/v1/identity/notice')).headers['cache-control'], 'no-store')
  })
})
