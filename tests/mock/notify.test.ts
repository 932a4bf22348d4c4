import { after, before, describe, test } from 'node:test'
import assert from 'node:assert/strict'
import type { Code2SessionReply, WechatReply, WechatTokenReply } from '../../contract/gateways/notify'
import { startMock } from './running'
import type { RunningMock } from './running'
import { startServerEnd } from './server-end'
import type { ServerEnd } from './server-end'

let mock: RunningMock
let server: ServerEnd
let clock = Date.parse('2026-11-21T02:00:00Z')
before(async () => {
  server = await startServerEnd(() => mock.origin)
  mock = await startMock({ serverOrigin: server.origin }, () => clock)
})
after(async () => {
  await mock.remove()
  await server.close()
})

const app = { appid: 'wxdemo0000000000', secret: 'demo-wechat-secret' }
const get = async <Reply>(path: string, query: Record<string, string>) =>
  await (await fetch(`${mock.origin}/mock/wechat/${path}?${new URLSearchParams(query)}`)).json() as Reply

describe('微信替身', () => {
  const session = (code: string, over = {}) =>
    get<Code2SessionReply>('sns/jscode2session', { ...app, js_code: code, grant_type: 'authorization_code', ...over })

  test('code2session：同一个演示码总是同一个 openid，不同的码不同；错码 40029，错密钥 40125', async () => {
    const { openid, session_key: key } = await session('demo-mother')
    assert.match(openid ?? '', /^demo-[\w-]{23}$/)
    assert.ok(key)
    assert.equal((await session('demo-mother')).openid, openid)
    assert.notEqual((await session('demo-father')).openid, openid)
    assert.equal((await session('the-code')).errcode, 40029)
    assert.equal((await session('demo-mother', { secret: 'wrong' })).errcode, 40125)
    assert.equal((await session('demo-mother', { appid: 'wrong' })).errcode, 40013)
  })

  test('订阅消息：要最新的、没过期的令牌；发出的看得到', async () => {
    const token = () => get<WechatTokenReply>('cgi-bin/token', { ...app, grant_type: 'client_credential' })
    const data = { thing1: { value: '已受理' } }
    const message = { touser: 'demo-abc', template_id: 'T1', page: 'pages/home/index', data, miniprogram_state: 'developer' }
    const send = async (accessToken: string) => await (await fetch(
      `${mock.origin}/mock/wechat/cgi-bin/message/subscribe/send?access_token=${accessToken}`,
      { method: 'POST', body: JSON.stringify(message), headers: { 'content-type': 'application/json' } }
    )).json() as WechatReply
    const { access_token: first = '' } = await token()
    const { access_token: second = '' } = await token()
    assert.equal((await send(first)).errcode, 40001, '旧令牌已被新令牌取代')
    assert.deepEqual(await send(second), { errcode: 0, errmsg: 'ok' })
    clock += 7_200_001
    assert.equal((await send(second)).errcode, 42001)
    assert.deepEqual(await get('sent.json', {}), [message])
  })
})

describe('短信替身', () => {
  const message = { messageId: 'sms-1', phone: '16000000002', template: 'accepted', params: { matter: '出生登记' } }
  const send = async (body: object, token = 'demo-sms-token') => {
    const url = `${mock.origin}/mock/sms/send`
    const text = JSON.stringify(body)
    const headers = { ...await server.signed('POST', url, text), authorization: `Bearer ${token}` }
    return fetch(url, { method: 'POST', body: text, headers })
  }
  const sent = async () => await (await fetch(`${mock.origin}/mock/sms/sent.json`)).json()

  test('同一条来多次只发一次；令牌不对、没有签名都不发', async () => {
    const replies = await Promise.all([send(message), send(message), send(message)])
    for (const reply of replies) assert.deepEqual(await reply.json(), { messageId: 'sms-1', accepted: true })
    assert.equal((await send({ ...message, messageId: 'sms-2' }, 'wrong')).status, 401)
    const unsigned = await fetch(`${mock.origin}/mock/sms/send`, {
      method: 'POST', body: JSON.stringify(message), headers: { 'content-type': 'application/json', authorization: 'Bearer demo-sms-token' }
    })
    assert.equal(unsigned.status, 401)
    assert.deepEqual(await sent(), [message])
  })
})

describe('总页', () => {
  test('说明这些都是替身，样式不内联，带严格的内容安全策略', async () => {
    const response = await fetch(`${mock.origin}/mock`)
    const text = await response.text()
    assert.match(text, /演示 · 模拟系统，不是真系统/)
    assert.doesNotMatch(text, /<script|style=|<style/)
    assert.match(response.headers.get('content-security-policy') ?? '', /default-src 'none'; style-src 'self'/)
    assert.equal((await fetch(`${mock.origin}/mock/style.css`)).headers.get('content-type'), 'text/css; charset=utf-8')
  })
})
