import type { Code2SessionReply, SubscribeMessage, WechatReply, WechatTokenReply } from '../../contract/gateways/notify'
import type { Config } from '../config'
import { Refusal } from '../errors'
import { ask, readJson } from './http'
import { GatewayUnavailable, type Gateways } from './ports'

const SYSTEM = '微信'
/** WeChat's error codes: the login code is wrong or used; the access token is invalid or too old; the person refused the message. */
const BAD_CODE = [40029, 40163]
const BAD_TOKEN = [40001, 42001]
const NOT_WANTED = 43101
/** A token is renewed this long before WeChat lets it expire. */
const MARGIN_MS = 5 * 60_000

/** WeChat's server API for mini-programs, as its public documentation describes it. */
export function wechatGateway({ gateways, mode }: Config, now: () => number): Gateways['wechat'] {
  const { origin, appId, secret, templates } = gateways.wechat
  let token: { text: string; until: number } | undefined

  return {
    async openid(code) {
      const query = new URLSearchParams({ appid: appId, secret, js_code: code, grant_type: 'authorization_code' })
      const reply = readJson(SYSTEM, await ask(SYSTEM, `${origin}/sns/jscode2session?${query}`), isObject<Code2SessionReply>)
      if (reply.openid) return reply.openid
      if (BAD_CODE.includes(reply.errcode ?? 0)) throw new Refusal('unauthenticated', { detail: '微信登录已失效，请重新打开小程序' })
      throw new GatewayUnavailable(SYSTEM, new Error(`jscode2session: ${reply.errcode}`))
    },

    async subscribeMessage(openid, kind, page, data) {
      const template = templates[kind]
      // Nobody could have subscribed to it: the inbox has it.
      if (template === undefined) return
      const message: SubscribeMessage = {
        touser: openid,
        template_id: template,
        page,
        miniprogram_state: mode === 'production' ? 'formal' : 'developer',
        data: Object.fromEntries(Object.entries(data).map(([name, value]) => [name, { value }]))
      }
      let errcode = await send(message)
      if (BAD_TOKEN.includes(errcode)) {
        token = undefined
        errcode = await send(message)
      }
      // Whoever did not ask for the message gets none: done, not failed.
      if (errcode !== 0 && errcode !== NOT_WANTED) throw new GatewayUnavailable(SYSTEM, new Error(`subscribe/send: ${errcode}`))
    }
  }

  async function send(message: SubscribeMessage): Promise<number> {
    const url = `${origin}/cgi-bin/message/subscribe/send?access_token=${encodeURIComponent(await accessToken())}`
    const headers = { 'content-type': 'application/json' }
    const answer = await ask(SYSTEM, url, { method: 'POST', headers, body: JSON.stringify(message) })
    return readJson(SYSTEM, answer, isObject<WechatReply>).errcode
  }

  async function accessToken(): Promise<string> {
    if (token && token.until > now()) return token.text
    const query = new URLSearchParams({ grant_type: 'client_credential', appid: appId, secret })
    const reply = readJson(SYSTEM, await ask(SYSTEM, `${origin}/cgi-bin/token?${query}`), isObject<WechatTokenReply>)
    if (!reply.access_token || !reply.expires_in) throw new GatewayUnavailable(SYSTEM, new Error(`cgi-bin/token: ${reply.errcode}`))
    token = { text: reply.access_token, until: now() + reply.expires_in * 1000 - MARGIN_MS }
    return token.text
  }
}

function isObject<T extends object>(value: unknown): value is T {
  return typeof value === 'object' && value !== null
}
