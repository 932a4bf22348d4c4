import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, beforeEach, describe, test } from 'node:test'
import { GatewayUnavailable } from '../../server/gateways/ports'
import { RemoteKeys } from '../../server/gateways/remote-keys'
import { signRequest, verifyMessage } from '../../server/gateways/signature'
import type { SigningKey } from '../../server/vault/key-files'

const NOW = Date.parse('2026-11-19T02:00:00Z')
const URL_PATH = '/api/v1/departments/callbacks'
const url = `https://zsb.example${URL_PATH}`

function newKey(keyId: string): SigningKey {
  return { keyId, ...generateKeyPairSync('ed25519') }
}

describe('HTTP 消息签名（RFC 9421，Ed25519）', () => {
  const key = newKey('police-1')
  let published = [key]
  let asked = 0
  let server: http.Server
  let address: string
  let keys: RemoteKeys
  let now = NOW
  let isDown = false
  const logged: object[] = []
  const keysAt = (at: string) =>
    new RemoteKeys({ system: '部门审批系统', address: at, now: () => now, log: { warn: (line) => void logged.push(line) } })
  before(async () => {
    const others = [{ kty: 'RSA', kid: 'other' }, { kty: 'OKP', crv: 'Ed25519', kid: 'none', x: 'AA' }]
    server = http.createServer((_request, response) => {
      asked += 1
      if (isDown) return response.writeHead(503).end()
      const jwks = published.map(({ keyId, publicKey }) => ({ ...publicKey.export({ format: 'jwk' }), kid: keyId }))
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [...others, ...jwks] }))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`
  })
  after(() => server.close())
  beforeEach(() => {
    published = [key]
    asked = 0
    now = NOW
    isDown = false
    logged.length = 0
    keys = keysAt(address)
  })

  const body = JSON.stringify({ eventId: 'event-1', caseNo: 'c-1' })
  const signed = (by = key, at = NOW) => signRequest(by, 'POST', url, body, at)
  const verify = (headers: Record<string, string>, changes: { method?: string; url?: string; body?: string } = {}) =>
    verifyMessage(
      { method: changes.method ?? 'POST', url: changes.url ?? URL_PATH, headers, body: Buffer.from(changes.body ?? body) },
      keys,
      now
    )

  test('签名成立，说出是哪把钥匙；没有正文的 GET 也行', async () => {
    assert.equal(await verify(await signed()), 'police-1')
    const headers = await signRequest(key, 'GET', 'https://zsb.example/api/v1/departments/files/1', undefined, NOW)
    assert.equal(await verify(headers, { method: 'GET', url: '/api/v1/departments/files/1', body: '' }), 'police-1')
  })

  test('改了方法、地址、正文、摘要、签名，都不成立', async () => {
    const headers = await signed()
    assert.equal(await verify(headers, { method: 'PUT' }), null)
    assert.equal(await verify(headers, { url: '/api/v1/departments/other' }), null)
    assert.equal(await verify(headers, { body: body.replace('c-1', 'c-2') }), null)
    const other = await signRequest(key, 'POST', url, body.replace('c-1', 'c-2'), NOW)
    assert.equal(await verify({ ...headers, 'content-digest': other['content-digest'] ?? '' }, { body: body.replace('c-1', 'c-2') }), null)
    const signatureName = Object.keys(headers).find((name) => name.toLowerCase() === 'signature') ?? ''
    assert.equal(await verify({ ...headers, [signatureName]: 'sig=:AAAA:' }), null)
    assert.equal(await verify({}), null)
  })

  test('正文没有纳入签名的不算：带正文却只签了方法和地址', async () => {
    const headers = await signRequest(key, 'POST', url, undefined, NOW)
    const full = await signed()
    assert.equal(await verify({ ...headers, 'content-digest': full['content-digest'] ?? '' }), null)
  })

  test('前后五分钟以内才算，旧的请求重放不成立', async () => {
    for (const [drift, holds] of [
      [-300_000, true],
      [300_000, true],
      [-301_000, false],
      [301_000, false]
    ] as const) {
      assert.equal(await verify(await signed(key, NOW + drift)), holds ? 'police-1' : null, String(drift))
    }
  })

  test('不认识的钥匙不算；公钥换了会再取，一分钟至多取一次', async () => {
    const next = newKey('police-2')
    assert.equal(await verify(await signed()), 'police-1')
    assert.equal(await verify(await signed(next)), null)
    published = [next]
    assert.equal(await verify(await signed(next)), null)
    assert.equal(asked, 1)
    now += 60_000
    assert.equal(await verify(await signed(next)), 'police-2')
    assert.equal(asked, 2)
    assert.equal(await verify(await signed()), null)
  })

  test('冒用别人的钥匙编号，签名不成立', async () => {
    assert.equal(await verify(await signed({ ...newKey('x'), keyId: 'police-1' })), null)
  })

  test('撤下的钥匙、同一编号换了的钥匙：一分钟以内还认，满一分钟就不认', async () => {
    const [stays, exchanged] = [newKey('police-2'), newKey('police-1')]
    published = [key, stays]
    assert.equal(await verify(await signed()), 'police-1')
    published = [exchanged, stays]
    now += 59_999
    assert.equal(await verify(await signed(key, now)), 'police-1')
    now += 1
    assert.equal(await verify(await signed(key, now)), null)
    assert.equal(await verify(await signed(exchanged, now)), 'police-1')
    published = [stays]
    now += 60_000
    assert.equal(await verify(await signed(exchanged, now)), null)
    assert.equal(await verify(await signed(stays, now)), 'police-2')
    assert.equal(asked, 3)
  })

  test('取不到新的：十分钟以内用上次取到的，写进日志，不认识的说连不上；过了十分钟都说连不上；通了就照新的', async () => {
    assert.equal(await verify(await signed()), 'police-1')
    isDown = true
    now += 60_000
    assert.equal(await verify(await signed(key, now)), 'police-1')
    assert.deepEqual(logged, [{ system: '部门审批系统', cause: 'Error: status 503', lastSetOf: new Date(NOW).toISOString() }])
    await assert.rejects(verify(await signed(newKey('police-2'), now)), GatewayUnavailable)
    now = NOW + 10 * 60_000
    assert.equal(await verify(await signed(key, now)), 'police-1')
    now += 1
    await assert.rejects(verify(await signed(key, now)), GatewayUnavailable)
    isDown = false
    published = []
    now += 10_000
    assert.equal(await verify(await signed(key, now)), null)
  })

  test('取不到时不是来一个请求就去取一次：十秒一次', async () => {
    isDown = true
    for (const [wait, times] of [
      [0, 1],
      [0, 1],
      [9_999, 1],
      [1, 2],
      [0, 2]
    ] as const) {
      now += wait
      await assert.rejects(verify(await signed(key, now)), GatewayUnavailable)
      assert.equal(asked, times)
    }
  })

  test('同时来的请求合着取一次', async () => {
    const headers = await signed()
    const all = () => Promise.all(Array.from({ length: 8 }, () => verify(headers)))
    assert.deepEqual(new Set(await all()), new Set(['police-1']))
    now += 60_000
    await all()
    assert.equal(asked, 2)
  })

  test('取不到公钥：说是对方连不上，而不是签名不对', async () => {
    keys = keysAt('http://127.0.0.1:1/jwks.json')
    await assert.rejects(verify(await signed()), GatewayUnavailable)
  })
})
