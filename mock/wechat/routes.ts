import { createHash, randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { Code2SessionReply, SubscribeMessage, WechatReply, WechatTokenReply } from '../../contract/gateways/notify'
import type { MockConfig } from '../config'

const tokenSeconds = 7200

interface Query {
  Querystring: Record<string, string | undefined>
}

const refuse = (errcode: number, errmsg: string): WechatReply => ({ errcode, errmsg })

/** 微信服务端接口的替身：code2session、access_token、订阅消息；错误码与说明同微信公开文档。 */
export function wechatRoutes(app: FastifyInstance, config: MockConfig, now: () => number): void {
  const sent: SubscribeMessage[] = []
  let token = { value: '', expiresAt: 0 }

  /** appid、secret 不对时的答复，对就是 null。 */
  function credentialFault(appId: string | undefined, secret: string | undefined): WechatReply | null {
    if (appId !== config.wechat.appId) return refuse(40013, 'invalid appid')
    return secret === config.wechat.secret ? null : refuse(40125, 'invalid appsecret')
  }

  app.get<Query>('/mock/wechat/sns/jscode2session', async ({ query }): Promise<Code2SessionReply> => {
    const fault = credentialFault(query.appid, query.secret)
    if (fault) return fault
    const { js_code: code = '' } = query
    if (!code.startsWith('demo-') || code.length < 6) return refuse(40029, 'invalid code')
    // 真微信的 code 是一次性的随机串；演示码本身就代表一个人，所以同一个码总得到同一个 openid。
    const openid = `demo-${createHash('sha256').update(code).digest('base64url').slice(0, 23)}`
    return { openid, session_key: randomBytes(16).toString('base64') }
  })

  app.get<Query>('/mock/wechat/cgi-bin/token', async ({ query }): Promise<WechatTokenReply> => {
    if (query.grant_type !== 'client_credential') return refuse(40002, 'invalid grant_type')
    const fault = credentialFault(query.appid, query.secret)
    if (fault) return fault
    token = { value: randomBytes(24).toString('base64url'), expiresAt: now() + tokenSeconds * 1000 }
    return { access_token: token.value, expires_in: tokenSeconds }
  })

  app.post<{ Querystring: { access_token?: string }; Body: SubscribeMessage }>(
    '/mock/wechat/cgi-bin/message/subscribe/send',
    async ({ query, body }): Promise<WechatReply> => {
      if (!query.access_token) return refuse(41001, 'access_token missing')
      if (query.access_token !== token.value) return refuse(40001, 'invalid credential, access_token is invalid or not latest')
      if (token.expiresAt <= now()) return refuse(42001, 'access_token expired')
      if (!body?.touser?.startsWith('demo-')) return refuse(40003, 'invalid openid')
      if (!body.template_id) return refuse(40037, 'invalid template_id')
      sent.push(body)
      return refuse(0, 'ok')
    }
  )

  app.get('/mock/wechat/sent.json', async () => sent)
}
