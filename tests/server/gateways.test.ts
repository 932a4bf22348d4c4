import assert from 'node:assert/strict'
import fs from 'node:fs'
import type { AddressInfo } from 'node:net'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { IssuedCode } from '../../contract/codes'
import type { ReadCode } from '../../contract/gateways/readers'
import type { Problem } from '../../contract/problems'
import { buildMock, type Mock } from '../../mock/build'
import { identityByKey } from '../../mock/identities'
import { readMockConfig } from '../../mock/config'
import { openGateways } from '../../server/gateways/open'
import { signRequest } from '../../server/gateways/signature'
import { GatewayUnavailable, type Gateways } from '../../server/gateways/ports'
import { recordSubject } from '../../server/modules/identity/subjects'
import { putLicence } from '../../server/modules/licence/intake-repository'
import { licencesOf } from '../../server/modules/licence/repository'
import { until } from '../mock/running'
import { openBrowser, refresh, type Browser } from './sign-in'
import { startWorld, type World } from './world'

const person = identityByKey('founder') ?? assert.fail('演示身份里没有创业者')

describe('服务端与模拟系统，按真实协议往来', () => {
  let world: World
  let mock: Mock
  let origin: string
  let gateways: Gateways
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'stand-ins-'))
  before(async () => {
    const [serverPort, mockPort] = [await freePort(), await freePort()]
    origin = `http://127.0.0.1:${serverPort}`
    const standIns = `http://127.0.0.1:${mockPort}`
    mock = await buildMock(readMockConfig({ MOCK_DATA_DIR: folder, PUBLIC_ORIGIN: origin, MOCK_SERVER_ORIGIN: origin, MOCK_SCRIPT: 'off' }))
    await mock.app.listen({ port: mockPort, host: '127.0.0.1' })
    world = await startWorld({ env: { PUBLIC_ORIGIN: origin, STAND_IN_ORIGIN: standIns, PORT: String(serverPort) } })
    gateways = openGateways(world.deps.config, world.deps.keys, Date.now, world.deps.log)
    Object.assign(world.deps.gateways, gateways)
    // The stand-ins keep the real time of day.
    world.setNow(Date.now())
    await world.app.listen({ port: serverPort, host: '127.0.0.1' })
  })
  after(async () => {
    await world.close()
    await mock.close()
    fs.rmSync(folder, { recursive: true, force: true })
  })

  /** Follows the browser through the provider's pages, choosing a person, until it is back in the app. */
  async function throughProvider(browser: Browser, start: string, key: string, host = new URL(origin).host): Promise<string> {
    let url = start
    for (let step = 0; step < 12; step++) {
      const choosing = /\/mock\/identity\/interaction\/[^/]+$/.test(url)
      const reply = choosing
        ? await browser.send({
            method: 'POST',
            url,
            payload: `identity=${key}`,
            headers: { 'content-type': 'application/x-www-form-urlencoded', host }
          })
        : await browser.send({ method: 'GET', url, headers: { host } })
      const { location } = reply.headers
      if (!location) return assert.fail(`${url} → ${reply.statusCode} ${reply.body}`)
      const next = new URL(String(location), `http://${host}`)
      assert.equal(next.host, host, `${url} 把浏览器带到了别处`)
      if (url.startsWith('/api/v1/identity/callback')) return next.pathname + next.search
      url = next.pathname + next.search
    }
    return assert.fail('转了 12 次还没有回来')
  }

  test('登录：发现、授权码、PKCE、换令牌、取身份，全程经同一个源；再确认一次要求重新认证', async () => {
    const browser = openBrowser(world)
    assert.equal(await throughProvider(browser, '/api/v1/identity/login?return=/pages/me/index', person.key), '/pages/me/index')
    await refresh(browser)
    const me = async () =>
      (await browser.send({ method: 'GET', url: '/api/v1/identity/me' })).json<{
        maskedName: string
        realNameLevel: number
        maskedIdNumber: string
        reauthenticatedUntil: string | null
      }>()
    assert.equal((await me()).maskedName, `${person.name[0]}*`)
    assert.equal((await me()).maskedIdNumber.slice(-4), person.idNumber.slice(-4))
    assert.equal((await me()).realNameLevel, person.realNameLevel)
    assert.equal(await throughProvider(browser, '/api/v1/identity/login?purpose=reauthenticate&return=/', person.key), '/')
    assert.notEqual((await me()).reauthenticatedUntil, null)
    world.pass(6 * 60_000)
    await refresh(browser)
    assert.equal(await throughProvider(browser, '/api/v1/identity/login?purpose=reauthenticate&return=/', 'stranger'), '/?sign-in=mismatch')
    world.setNow(Date.now())
  })

  test('手机按局域网地址打开：全程留在那个地址上', async () => {
    const browser = openBrowser(world)
    assert.equal(await throughProvider(browser, '/api/v1/identity/login?return=/', person.key, '192.168.1.7:8080'), '/')
    assert.ok(browser.cookies.has('zsb_refresh'))
  })

  test('证照库、数据共享：签名的查询得到签名的答复', async () => {
    const licences = await gateways.licenceLibrary.query({ holderIdCode: person.idNumber, types: ['biz-licence'], purpose: '核对名下企业' })
    assert.equal(licences[0]?.face['法定代表人'], person.name)
    const unknown = await gateways.dataShare.query({ system: '没有这个系统', holderIdCode: person.idNumber, purpose: '测试' })
    assert.equal(unknown.found, false)
  })

  test('证照库在源头改一本：签名推来，卡包里就变；不是它签的不收', async () => {
    const { pool, vault, newId } = world.deps
    const subjectId = await recordSubject(pool, world.deps, { kind: 'natural_person', name: person.name, idCode: person.idNumber })
    const [known] = await gateways.licenceLibrary.query({ holderIdCode: person.idNumber, types: ['id-card'], purpose: '测试' })
    assert.ok(known)
    await putLicence(pool, vault, { id: newId(), subjectId, licence: known, caseId: null, now: new Date() })
    const control = { action: 'suspend', holderIdCode: person.idNumber, type: 'id-card', reason: '演示原因' }
    const reply = await fetch(`${origin}/mock/licence-library/control`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(control)
    })
    assert.equal(reply.status, 200)
    await until(async () => (await licencesOf(pool, vault, subjectId, ['id-card']))[0]?.status === 'suspended')
    assert.equal((await licencesOf(pool, vault, subjectId))[0]?.reason, '演示原因')
    const url = `${origin}/api/v1/licences/changes`
    const licence = { ...known, status: 'revoked' }
    const body = JSON.stringify({ eventId: newId(), at: new Date().toISOString(), licence, reason: null })
    const headers = await signRequest(world.deps.keys.departmentRequests, 'POST', url, body, Date.now())
    assert.equal((await fetch(url, { method: 'POST', body, headers })).status, 401)
    assert.equal((await licencesOf(pool, vault, subjectId))[0]?.status, 'suspended')
  })

  test('核码端：用自己的钥匙签名去读，读到这个场景的；别人的钥匙冒充不了', async () => {
    const browser = openBrowser(world)
    await throughProvider(browser, '/api/v1/identity/login?return=/', person.key)
    await refresh(browser)
    const { version } = (await browser.send({ method: 'GET', url: '/api/v1/identity/notice' })).json<{ version: string }>()
    await browser.send({ method: 'POST', url: '/api/v1/identity/consents', payload: { version, kinds: ['privacy', 'sensitive'] } })
    const { text } = (await browser.send({ method: 'POST', url: '/api/v1/codes' })).json<IssuedCode>()
    const scan = (reader: string) =>
      mock.app.inject({ method: 'POST', url: '/mock/readers/scan', payload: { reader, scene: 'queue', code: text } })
    assert.equal((await scan('library-desk')).json<Problem>().errors?.[0]?.code, 'scene_not_registered')
    const read = await scan('hall-desk')
    assert.equal(read.statusCode, 200, read.body)
    assert.deepEqual(read.json<ReadCode>().fields.map(({ text: value }) => value), [`${person.name[0]}*`, person.idNumber.slice(-4)])
    const [body, url] = [JSON.stringify({ code: text, scene: 'queue' }), `${origin}/api/v1/codes/readings`]
    const headers = await signRequest(world.deps.keys.departmentRequests, 'POST', url, body, Date.now())
    const forged = await fetch(url, { method: 'POST', body, headers })
    assert.equal(forged.status, 401)
    assert.equal((await scan('nobody')).statusCode, 404)
    const page = await mock.app.inject('/mock/readers')
    assert.match(page.body, /模拟核码端/)
  })

  test('微信：换 openid、取令牌、发订阅消息；短信：签名发送', async () => {
    const openid = await gateways.wechat.openid('demo-founder')
    assert.equal(await gateways.wechat.openid('demo-founder'), openid)
    await gateways.wechat.subscribeMessage(openid, 'case', 'pages/progress/index', { thing1: '已受理' })
    await gateways.wechat.subscribeMessage(openid, 'unmapped', 'pages/progress/index', { thing1: '没有模板' })
    const sent = (await mock.app.inject('/mock/wechat/sent.json')).json<{ touser: string; data: object }[]>()
    assert.deepEqual(
      sent.map(({ touser, data }) => [touser, data]),
      [[openid, { thing1: { value: '已受理' } }]]
    )
    await assert.rejects(gateways.wechat.openid('not-a-code'), { code: 'unauthenticated' })
    await gateways.sms.send('message-1', '16000000005', 'correction', { title: '需要补正' })
    await gateways.sms.send('message-1', '16000000005', 'correction', { title: '需要补正' })
    const texts = (await mock.app.inject('/mock/sms/sent.json')).json<{ messageId: string }[]>()
    assert.deepEqual(
      texts.map(({ messageId }) => messageId),
      ['message-1']
    )
  })

  test('模拟系统的页面经我们的源可达，不带我们的内容安全策略', async () => {
    const page = await world.app.inject('/mock')
    assert.equal(page.statusCode, 200)
    assert.match(page.body, /模拟/)
  })

  test('连不上：每个网关都说 GatewayUnavailable，带着系统的名字', async () => {
    const nowhere = `http://127.0.0.1:${await freePort()}`
    const { config, keys } = world.deps
    const away = openGateways(
      {
        ...config,
        gateways: {
          identity: { ...config.gateways.identity, internalIssuer: nowhere },
          licenceLibrary: { url: nowhere },
          readers: { url: nowhere },
          departments: { url: nowhere },
          dataShare: { url: nowhere },
          wechat: { ...config.gateways.wechat, origin: nowhere },
          sms: { url: nowhere, token: '' }
        }
      },
      keys,
      Date.now,
      world.deps.log
    )
    const query = { holderIdCode: person.idNumber, purpose: '测试' }
    const calls = [
      away.identity.authorizationUrl({ redirectUri: origin, state: 's', nonce: 'n', codeChallenge: 'c', fresh: false }),
      away.licenceLibrary.query({ ...query, types: [] }),
      away.readers.object({
        objectionId: '',
        readerId: 'hall-desk',
        concerns: { kind: 'reader', name: '' },
        at: '',
        purpose: '',
        refused: false,
        fields: [],
        text: null
      }),
      away.dataShare.query({ ...query, system: 'x' }),
      away.wechat.openid('demo-founder'),
      away.sms.send('m', '1', 't', {}),
      away.departments.send('police', { messageId: 'm', caseNo: 'c', kind: 'withdrawal', values: {}, materials: [], note: null })
    ]
    const systems = await Promise.all(
      calls.map((call) =>
        call.then(
          () => '',
          (error: unknown) => (error as GatewayUnavailable).system
        )
      )
    )
    assert.deepEqual(systems, ['统一身份认证', '电子证照库', '核码端接入平台', '数据共享平台', '微信', '短信网关', '部门审批系统'])
  })
})

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = net.createServer()
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
