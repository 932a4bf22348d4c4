import { Type } from 'typebox'
import {
  BindQuery,
  CallbackQuery,
  LoginQuery,
  Notice,
  ReauthenticateReply,
  WechatLogin,
  WechatLoginReply
} from '../../../contract/identity'
import { acting } from '../../access'
import { tx } from '../../db/pool'
import type { Deps } from '../../deps'
import { limits } from '../../http/limits'
import type { App } from '../../http/server'
import { deviceName, refreshCookie } from './browser'
import { notice } from './notice'
import { backScript, sendPage } from './pages'
import { ACCESS_SECONDS, openSession, sessionOf } from './sessions'
import { arrive, depart, openidIndex, refreshIfAgreed } from './sign-in'
import { issueTicket, redeemTicket } from './tickets'

const tags = ['身份']
const TICKET_SECONDS = 600
const Redirect = Type.Null({ description: '转到统一身份认证，或转回应用' })
const Page = { description: '给人看的一页', content: { 'text/html': { schema: Type.String() } } }

/** Signing in: over the province's unified identity on H5, over WeChat in the mini-program. */
export function registerSignIn(app: App, deps: Deps): void {
  app.get(
    '/identity/notice',
    { config: { access: 'public' }, schema: { tags, summary: '隐私说明全文与三份同意', response: { 200: Notice } } },
    async () => notice
  )

  app.get(
    '/identity/login',
    {
      config: { access: 'public', rateLimit: limits.signIn, problems: ['upstream_unavailable'] },
      schema: { tags, summary: '去统一身份认证登录，或再确认一次是本人', querystring: LoginQuery, response: { 302: Redirect } }
    },
    async (request, reply) => {
      const { return: returnTo = '/', purpose = 'login' } = request.query
      const cookie = refreshCookie(request)
      const sessionId = purpose === 'reauthenticate' && cookie ? await sessionOf(deps.pool, deps, cookie) : null
      // Without a session there is nothing to confirm: it becomes a sign-in, and the app asks again.
      const journey = {
        purpose: sessionId ? purpose : ('login' as const),
        returnTo,
        sessionId,
        openid: null,
        fresh: purpose === 'reauthenticate'
      }
      return depart(request, reply, deps, journey)
    }
  )

  app.get(
    '/identity/callback',
    {
      config: { access: 'public', rateLimit: limits.signIn },
      schema: { tags, summary: '统一身份认证转回来的地方', querystring: CallbackQuery, response: { 200: Page, 303: Redirect, 400: Page } }
    },
    async (request, reply) => arrive(request, reply, deps, request.query)
  )

  app.get(
    '/identity/back.js',
    {
      config: { access: 'public' },
      schema: {
        tags,
        summary: '从 web-view 返回小程序的脚本',
        response: { 200: { description: '脚本', content: { 'text/javascript': { schema: Type.String() } } } }
      }
    },
    async (_request, reply) => reply.type('text/javascript; charset=utf-8').send(backScript)
  )

  registerWechat(app, deps)
}

function registerWechat(app: App, deps: Deps): void {
  app.post(
    '/identity/wechat',
    {
      config: { access: 'public', rateLimit: limits.signIn, problems: ['upstream_unavailable', 'unauthenticated'] },
      schema: { tags, summary: '小程序登录：wx.login 的 code 换会话，或换绑定地址', body: WechatLogin, response: { 200: WechatLoginReply } }
    },
    async (request) => {
      const openid = await deps.gateways.wechat.openid(request.body.code)
      const { rows } = await deps.pool.query<{ account_id: string }>(
        'select b.account_id from wechat_binding b join account a on a.id = b.account_id where b.openid_index = $1 and a.closed_at is null',
        [openidIndex(deps, openid)]
      )
      const accountId = rows[0]?.account_id
      if (!accountId) {
        const ticket = await issueTicket(deps.pool, deps, { kind: 'bind', openid, seconds: TICKET_SECONDS })
        return { bound: false as const, bindUrl: `/api/v1/identity/bind?ticket=${ticket}` }
      }
      const issued = await tx(deps.pool, async (client) =>
        openSession(client, deps, { accountId, channel: 'weapp', device: deviceName(request, 'weapp') })
      )
      await refreshIfAgreed(deps, accountId)
      const { accessToken, refreshToken } = issued
      return { bound: true as const, tokens: { accessToken, refreshToken, expiresInSeconds: ACCESS_SECONDS } }
    }
  )

  app.get(
    '/identity/bind',
    {
      config: { access: 'public', rateLimit: limits.signIn, problems: ['upstream_unavailable'] },
      schema: { tags, summary: '在小程序的 web-view 里绑定账号', querystring: BindQuery, response: { 302: Redirect, 410: Page } }
    },
    async (request, reply) => {
      const ticket =
        isInMiniProgram(request.headers['user-agent'], deps) && (await redeemTicket(deps.pool, deps, 'bind', request.query.ticket))
      if (!ticket || ticket.openid === null) return sendPage(request, reply, spent)
      return depart(request, reply, deps, { purpose: 'bind', returnTo: '', sessionId: null, openid: ticket.openid, fresh: true })
    }
  )

  app.post(
    '/identity/reauthentication',
    {
      config: { access: 'session', delegable: 'own', rateLimit: limits.signIn },
      schema: { tags, summary: '小程序里再确认一次是本人：取 web-view 的地址', response: { 200: ReauthenticateReply } }
    },
    async (request) => {
      const { sessionId } = acting(request)
      const ticket = await issueTicket(deps.pool, deps, { kind: 'reauthenticate', sessionId, seconds: TICKET_SECONDS })
      return { url: `/api/v1/identity/reauthentication?ticket=${ticket}` }
    }
  )

  app.get(
    '/identity/reauthentication',
    {
      config: { access: 'public', rateLimit: limits.signIn, problems: ['upstream_unavailable'] },
      schema: { tags, summary: '在小程序的 web-view 里再确认一次是本人', querystring: BindQuery, response: { 302: Redirect, 410: Page } }
    },
    async (request, reply) => {
      const ticket =
        isInMiniProgram(request.headers['user-agent'], deps) &&
        (await redeemTicket(deps.pool, deps, 'reauthenticate', request.query.ticket))
      if (!ticket || !ticket.sessionId) return sendPage(request, reply, spent)
      return depart(request, reply, deps, {
        purpose: 'reauthenticate',
        returnTo: '',
        sessionId: ticket.sessionId,
        openid: null,
        fresh: true
      })
    }
  )
}

const spent = {
  status: 410,
  title: '这个链接已经失效',
  text: '链接只能用一次，10 分钟内有效，而且要在小程序里打开。请返回小程序重新开始。',
  back: true
}

/**
 * Whoever is sent such a link in a chat must not tie a stranger's WeChat to their own account: WeChat marks the web-views of
 * mini-programs, which open only what the mini-program gives them. The demo is tried in any browser.
 */
function isInMiniProgram(userAgent: string | undefined, { config }: Deps): boolean {
  return config.mode === 'demo' || /miniProgram/i.test(userAgent ?? '')
}
