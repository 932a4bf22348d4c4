import { after, before, describe, test } from 'node:test'
import assert from 'node:assert/strict'
import * as oidc from 'openid-client'
import type { DemoIdentity } from '../../contract/gateways/notify'
import { checkIdNumber } from '../../domain/identifier/id-number'
import { checkPersonName } from '../../domain/identifier/person-name'
import { checkPhone } from '../../domain/identifier/phone'
import { identities, listedIdentities } from '../../mock/identities'
import { startMock } from './running'
import type { RunningMock } from './running'

const client = { id: 'zhangshangban', secret: 'demo-identity-secret' }

/** 一个只认 cookie、按顺序跟跳转的浏览器。 */
class Browser {
  private readonly cookies = new Map<string, string>()

  constructor(private readonly origin: string) {}

  async open(url: string, form?: Record<string, string>): Promise<{ url: URL; response: Response }> {
    const address = new URL(url, this.origin)
    const response = await fetch(address, {
      method: form ? 'POST' : 'GET',
      body: form && new URLSearchParams(form),
      redirect: 'manual',
      headers: { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') }
    })
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const [name = '', value = ''] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]
      if (value) this.cookies.set(name, value)
      else this.cookies.delete(name)
    }
    const location = response.headers.get('location')
    if (!location) return { url: address, response }
    const next = new URL(location, address)
    return next.pathname === '/api/v1/identity/callback' ? { url: next, response } : this.open(next.href)
  }
}

describe('统一身份认证替身', () => {
  let mock: RunningMock
  let config: oidc.Configuration

  before(async () => {
    mock = await startMock()
    const issuer = new URL('http://localhost:8080/mock/identity')
    config = await oidc.discovery(issuer, client.id, client.secret, undefined, {
      execute: [oidc.allowInsecureRequests],
      [oidc.customFetch]: (url, options) => fetch(url.replace('http://localhost:8080', mock.origin), options as RequestInit)
    })
  })
  after(() => mock.remove())

  async function authorize(browser: Browser, extra: Record<string, string> = {}) {
    const verifier = oidc.randomPKCECodeVerifier()
    const checks = { pkceCodeVerifier: verifier, expectedState: oidc.randomState(), expectedNonce: oidc.randomNonce() }
    const url = oidc.buildAuthorizationUrl(config, {
      redirect_uri: 'http://192.168.1.20:8080/api/v1/identity/callback', scope: 'openid profile phone',
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
      state: checks.expectedState, nonce: checks.expectedNonce, ...extra
    })
    const page = await browser.open(url.pathname + url.search)
    return { checks, page, text: await page.response.text() }
  }

  test('授权码 + PKCE 走通：令牌里有姓名、证件号、手机号、实名等级和认证时刻', async () => {
    const browser = new Browser(mock.origin)
    const { checks, page, text } = await authorize(browser)
    assert.match(text, /模拟·江苏政务服务统一身份认证（演示，不是真系统）/)
    for (const identity of identities) assert.ok(text.includes(identity.displayName), identity.key)
    const back = await browser.open(page.url.pathname, { identity: 'mother' })
    assert.equal(back.url.origin, 'http://192.168.1.20:8080', '局域网里的手机回到它自己打开的地址')
    const tokens = await oidc.authorizationCodeGrant(config, back.url, checks)
    const claims = tokens.claims()
    const mother = identities.find(identity => identity.key === 'mother')
    assert.equal(claims?.name, '林演示')
    assert.equal(claims?.id_number, mother?.idNumber)
    assert.equal(claims?.phone_number, mother?.phone)
    assert.equal(claims?.real_name_level, 4)
    assert.equal(typeof claims?.auth_time, 'number')
  })

  test('没有 PKCE、别的回调地址都不受理', async () => {
    const browser = new Browser(mock.origin)
    const query = `client_id=${client.id}&response_type=code&scope=openid&state=x`
    const callback = encodeURIComponent('http://localhost:8080/api/v1/identity/callback')
    const plain = await browser.open(`/mock/identity/auth?${query}&redirect_uri=${callback}`)
    assert.equal(plain.url.searchParams.get('error'), 'invalid_request')
    const elsewhere = await browser.open(`/mock/identity/auth?${query}&redirect_uri=${encodeURIComponent('http://localhost:8080/steal')}`)
    assert.equal(elsewhere.response.status, 400)
  })

  test('客户端密钥不对、校验串不对，换不到令牌', async () => {
    const browser = new Browser(mock.origin)
    const { checks, page } = await authorize(browser)
    const back = await browser.open(page.url.pathname, { identity: 'father' })
    await assert.rejects(oidc.authorizationCodeGrant(config, back.url, { ...checks, pkceCodeVerifier: oidc.randomPKCECodeVerifier() }))
    const body = new URLSearchParams({ grant_type: 'authorization_code', code: back.url.searchParams.get('code') ?? '' })
    const answer = await fetch(`${mock.origin}/mock/identity/token`, {
      method: 'POST', body, headers: { authorization: `Basic ${Buffer.from(`${client.id}:wrong`).toString('base64')}` }
    })
    assert.equal(answer.status, 401)
  })

  for (const fresh of [{ prompt: 'login' }, { max_age: '0' }] as Record<string, string>[]) {
    test(`再次确认：${JSON.stringify(fresh)} 时已登录的人也要看得见地确认一次`, async () => {
      const browser = new Browser(mock.origin)
      const first = await authorize(browser)
      await browser.open(first.page.url.pathname, { identity: 'mother' })
      const again = await authorize(browser, fresh)
      assert.match(again.text, /请再次确认是你本人/)
      assert.match(again.text, /我是 林演示，确认本人操作/)
      const back = await browser.open(again.page.url.pathname, { identity: 'mother' })
      const tokens = await oidc.authorizationCodeGrant(config, back.url, { ...again.checks, maxAge: 60 })
      assert.equal(tokens.claims()?.name, '林演示')
    })
  }

  test('已登录再来时仍可换一个身份', async () => {
    const browser = new Browser(mock.origin)
    const first = await authorize(browser)
    await browser.open(first.page.url.pathname, { identity: 'mother' })
    const second = await authorize(browser)
    assert.doesNotMatch(second.text, /请再次确认/)
    const back = await browser.open(second.page.url.pathname, { identity: 'stranger' })
    const tokens = await oidc.authorizationCodeGrant(config, back.url, second.checks)
    assert.equal(tokens.claims()?.name, '顾演示')
  })

  test('不登录就返回：带着 access_denied 回到应用', async () => {
    const browser = new Browser(mock.origin)
    const { page } = await authorize(browser)
    const back = await browser.open(`${page.url.pathname}/abort`)
    assert.equal(back.url.searchParams.get('error'), 'access_denied')
  })

  test('过期的登录页说清怎么办', async () => {
    const { response } = await new Browser(mock.origin).open('/mock/identity/interaction/no-such-one')
    assert.equal(response.status, 400)
    assert.match(await response.text(), /这次登录已经过期/)
  })

  test('重启后钥匙不变，之前发的令牌仍验得过', async () => {
    const jwks = async (origin: string) => (await fetch(`${origin}/mock/identity/jwks`)).json()
    const first = await startMock()
    const before = await jwks(first.origin)
    await first.stop()
    const second = await startMock({ dataDir: first.dataDir })
    assert.deepEqual(await jwks(second.origin), before)
    await second.remove()
  })
})

describe('演示身份', () => {
  test('清单只给演示需要的几项，不含手机号', async () => {
    const mock = await startMock()
    const listed = await (await fetch(`${mock.origin}/mock/identity/demo-identities`)).json() as DemoIdentity[]
    await mock.remove()
    assert.deepEqual(listed, listedIdentities())
    assert.deepEqual(Object.keys(listed[0] ?? {}).sort(), ['about', 'displayName', 'idNumber', 'key', 'role'])
  })

  for (const identity of identities) {
    test(`${identity.displayName}：姓名带「演示」，证件号与手机号能通过校验`, () => {
      assert.match(identity.name, /演示/)
      assert.ok(checkPersonName(identity.name).ok)
      assert.ok(checkPhone(identity.phone).ok)
      assert.ok(checkIdNumber(identity.idNumber, '2026-01-01').ok)
      assert.equal(identities.filter(other => other.idNumber === identity.idNumber).length, 1)
    })
  }
})
