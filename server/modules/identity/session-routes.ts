import { RefreshBody, SessionList, Tokens } from '../../../contract/identity'
import { IdParams, Nothing } from '../../../contract/wire'
import { acting } from '../../access'
import type { Deps } from '../../deps'
import { Refusal } from '../../errors'
import { limits } from '../../http/limits'
import type { App } from '../../http/server'
import { clearRefreshCookie, refreshCookie, requireOwnSite, setRefreshCookie } from './browser'
import { ACCESS_SECONDS, endSessions, rotate } from './sessions'

const tags = ['身份']

type Row = { id: string; device: string; created_at: Date; last_seen_at: Date }

/** Staying signed in and signing out. */
export function registerSessions(app: App, deps: Deps): void {
  app.post(
    '/identity/refresh',
    {
      config: {
        access: 'public',
        rateLimit: limits.refresh,
        problems: ['unauthenticated', 'session_expired', 'session_reused', 'csrf_failed']
      },
      schema: { tags, summary: '换新令牌：H5 凭 cookie 与 X-CSRF-Token，小程序凭刷新令牌', body: RefreshBody, response: { 200: Tokens } }
    },
    async (request, reply) => {
      const given = request.body.refreshToken
      if (given) {
        const { accessToken, refreshToken, channel } = await rotate(deps, given)
        // A cookie's token must stay one: handed out in a body, any script could read it.
        if (channel !== 'weapp') throw new Refusal('unauthenticated')
        return { accessToken, refreshToken, expiresInSeconds: ACCESS_SECONDS }
      }
      const cookie = refreshCookie(request)
      if (!cookie) throw new Refusal('unauthenticated')
      requireOwnSite(request, deps.config)
      try {
        const { accessToken, refreshToken } = await rotate(deps, cookie)
        setRefreshCookie(request, reply, deps.config, refreshToken)
        return { accessToken, expiresInSeconds: ACCESS_SECONDS }
      } catch (error) {
        if (error instanceof Refusal) clearRefreshCookie(request, reply, deps.config)
        throw error
      }
    }
  )

  app.get(
    '/identity/sessions',
    {
      config: { access: 'session-without-consent', delegable: 'own' },
      schema: { tags, summary: '登录着的设备', response: { 200: SessionList } }
    },
    async (request) => {
      const { accountId, sessionId } = acting(request)
      const { rows } = await deps.pool.query<Row>(
        `select id, device, created_at, last_seen_at from session
         where account_id = $1 and ended_at is null and expires_at > $2 order by last_seen_at desc, id`,
        [accountId, new Date(deps.now())]
      )
      return {
        sessions: rows.map(({ id, device, created_at: createdAt, last_seen_at: lastSeenAt }) => ({
          id,
          device,
          createdAt: createdAt.toISOString(),
          lastSeenAt: lastSeenAt.toISOString(),
          current: id === sessionId
        }))
      }
    }
  )

  app.post(
    '/identity/logout',
    { config: { access: 'session-without-consent', delegable: 'own' }, schema: { tags, summary: '退出登录', response: { 204: Nothing } } },
    async (request, reply) => {
      await endSessions(deps.pool, deps, { sessionId: acting(request).sessionId }, 'logout')
      clearRefreshCookie(request, reply, deps.config)
      return reply.code(204).send(null)
    }
  )

  app.post(
    '/identity/logout-others',
    { config: { access: 'session-without-consent', delegable: 'own' }, schema: { tags, summary: '退出其他设备', response: { 204: Nothing } } },
    async (request, reply) => {
      const { accountId, sessionId } = acting(request)
      await endSessions(deps.pool, deps, { accountId, except: sessionId }, 'logout')
      return reply.code(204).send(null)
    }
  )

  app.delete(
    '/identity/sessions/:id',
    {
      config: { access: 'session-without-consent', delegable: 'own' },
      schema: { tags, summary: '退出某一台设备', params: IdParams, response: { 204: Nothing } }
    },
    async (request, reply) => {
      const { rowCount } = await deps.pool.query('select 1 from session where id = $1 and account_id = $2 and ended_at is null', [
        request.params.id,
        acting(request).accountId
      ])
      if (!rowCount) throw new Refusal('not_found')
      await endSessions(deps.pool, deps, { sessionId: request.params.id }, 'logout')
      return reply.code(204).send(null)
    }
  )
}
