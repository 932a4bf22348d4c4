import assert from 'node:assert/strict'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { ask } from '../../server/gateways/http'
import { GatewayRefused, GatewayUnavailable } from '../../server/gateways/ports'

describe('对外请求：分清暂时不行和再问也不行', () => {
  const server = http.createServer((request, response) => {
    const status = Number(request.url?.slice(1))
    if (status === 0) return request.socket.destroy()
    response.writeHead(status).end('{}')
  })
  let origin: string
  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  after(() => server.close())

  const outcome = (status: number) =>
    ask('部门', `${origin}/${status}`).then(
      () => 'answered',
      (error: unknown) =>
        error instanceof GatewayRefused ? `refused ${error.status}` : error instanceof GatewayUnavailable ? 'later' : 'other'
    )

  for (const status of [400, 401, 403, 404, 409, 410, 422])
    test(`${status}：再问也一样`, async () => assert.equal(await outcome(status), `refused ${status}`))
  for (const status of [408, 425, 429, 500, 502, 503, 504])
    test(`${status}：过会儿再试`, async () => assert.equal(await outcome(status), 'later'))
  test('连接断了：过会儿再试', async () => assert.equal(await outcome(0), 'later'))
  test('说好可以的 4xx 就是答复', async () => {
    assert.equal(await outcome(202), 'answered')
    assert.equal((await ask('部门', `${origin}/404`, { expected: [404] })).status, 404)
  })
})
