import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, beforeEach, describe, test } from 'node:test'
import { GatewayUnavailable } from '../../server/gateways/ports'
import { RemoteKeys, signRequest, verifyMessage } from '../../server/gateways/signature'
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
  before(async () => {
    server = http.createServer((_request, response) => {
      asked += 1
      const jwks = published.map(({ keyId, publicKey }) => ({ ...publicKey.export({ format: 'jwk' }), kid: keyId }))
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [{ kty: 'RSA', kid: 'other' }, ...jwks] }))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`
  })
  after(() => server.close())
  beforeEach(() => {
    published = [key]
    asked = 0
    now = NOW
    keys = new RemoteKeys('部门审批系统', address, () => now)
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

  test('取不到公钥：说是对方连不上，而不是签名不对', async () => {
    keys = new RemoteKeys('部门审批系统', 'http://127.0.0.1:1/jwks.json', () => now)
    await assert.rejects(verify(await signed()), GatewayUnavailable)
  })
})
