import type { FastifyRequest } from 'fastify'
import type { Acting, Deps, InForce } from './deps'
import { Refusal } from './errors'
import type { App } from './http/server'
import { endOverdueOf } from './modules/delegation/end'
import { delegationInForce } from './modules/delegation/standing'
import { isDelegate } from './modules/identity/actors'
import { notice } from './modules/identity/notice'
import { sha256 } from './modules/identity/secrets'
import { actorOf } from './modules/trace/actor'
import { traceRefusal } from './modules/trace/refusals'

declare module 'fastify' {
  interface FastifyRequest {
    acting: Acting | null
  }
}

/** How long after confirming who one is a signature may follow. */
export const FRESH_MS = 5 * 60_000
const SEEN_EVERY_MS = 60_000
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

type SessionRow = {
  id: string
  account_id: string
  self_id: string
  channel: Acting['channel']
  expires_at: Date
  ended_because: string | null
  ended: boolean
  last_seen_at: Date
  reauthenticated_at: Date | null
  consented: boolean
  /** Whether a delegation that it received has run out, and nobody has ended it yet. */
  overdue: boolean
  /** Of the account with the subject it wants to act for; null when there is none. */
  role: Acting['role'] | null
}

/**
 * Settles before every route of `api` who calls it and for whom: the bearer access token names the session, the header
 * `X-Acting-For` the subject (own when absent), which must be related to the account at this moment.
 *
 * Errors: unauthenticated, session_expired, session_reused, consent_required; forbidden when acting for somebody unrelated, of which
 * a trace is kept that the somebody can read; beyond_delegation, also traced, when a delegate calls what is not for delegates.
 */
export function guardRoutes(api: App, deps: Deps): void {
  api.decorateRequest('acting', null)
  api.addHook('onRequest', async (request) => {
    const { access } = request.routeOptions.config
    const signedIn = access === 'session' || access === 'session-without-consent'
    if (!signedIn && (access !== 'public-or-session' || request.headers.authorization === undefined)) return
    const wanted = actingFor(request)
    const row = await liveSession(request, wanted, deps)
    if (access !== 'session-without-consent' && !row.consented) throw new Refusal('consent_required')
    const subjectId = wanted ?? row.self_id
    const delegation = isDelegate(row.role) ? await delegationInForce(deps.pool, deps, row.account_id, subjectId) : null
    if (!row.role || (isDelegate(row.role) && !delegation)) {
      await traceRefusal(deps, row.account_id, {
        subjectId,
        actor: '未获授权的账号',
        actorKind: 'proxy',
        purpose: '试图代表你办理，已拒绝'
      })
      throw new Refusal('forbidden', { detail: '你现在不能代表这个主体办理，请换回本人或重新选择' })
    }
    const settled: Acting = {
      sessionId: row.id,
      accountId: row.account_id,
      selfId: row.self_id,
      subjectId,
      role: row.role,
      channel: row.channel,
      reauthenticatedAt: row.reauthenticated_at?.getTime() ?? null,
      delegation
    }
    if (delegation) await refuseBeyond(request, deps, settled, delegation)
    request.acting = settled
  })
}

/** Whom this request acts for. Only for routes whose access is a session's. */
export function acting(request: FastifyRequest): Acting {
  if (!request.acting) throw new Error(`${request.routeOptions.url} is not a route with a session`)
  return request.acting
}

/** Refuses with reauthentication_required unless the person confirmed who they are within the last five minutes. */
export function requireFresh(request: FastifyRequest, now: number): void {
  const { reauthenticatedAt } = acting(request)
  if (reauthenticatedAt === null || now - reauthenticatedAt > FRESH_MS) throw new Refusal('reauthentication_required')
}

function actingFor(request: FastifyRequest): string | undefined {
  const header = request.headers['x-acting-for']
  if (header === undefined) return undefined
  if (typeof header !== 'string' || !UUID.test(header)) throw new Refusal('forbidden', { detail: 'X-Acting-For 应为主体标识' })
  return header.toLowerCase()
}

async function liveSession(request: FastifyRequest, wanted: string | undefined, deps: Deps): Promise<SessionRow> {
  const row = await sessionOf(request, wanted, deps)
  if (!row.overdue) return row
  // Whatever asks only for the relation, such as a list, must not find one that has run out.
  await endOverdueOf(deps, row.account_id)
  return sessionOf(request, wanted, deps)
}

async function sessionOf(request: FastifyRequest, wanted: string | undefined, { pool, now }: Deps): Promise<SessionRow> {
  const token = /^Bearer ([\w-]{20,128})$/.exec(request.headers.authorization ?? '')?.[1]
  if (!token) throw new Refusal('unauthenticated')
  const { rows } = await pool.query<SessionRow>({
    name: 'access-session',
    text: `select s.id, s.account_id, a.subject_id as self_id, s.channel, least(t.expires_at, s.expires_at) as expires_at,
                  s.ended_at is not null as ended, s.ended_because, s.last_seen_at, s.reauthenticated_at, r.role,
                  exists (select 1 from consent c where c.account_id = a.id and c.kind = 'privacy' and c.version = $3
                          and c.withdrawn_at is null) as consented,
                  exists (select 1 from delegation d where d.delegate_id = a.id and d.ended_at is null and d.until <= $4) as overdue
           from access_token t
           join session s on s.id = t.session_id
           join account a on a.id = s.account_id
           left join relation r on r.account_id = a.id and r.subject_id = coalesce($2::uuid, a.subject_id) and r.until is null
           where t.hash = $1`,
    values: [sha256(token), wanted ?? null, notice.version, new Date(now())]
  })
  const row = rows[0]
  if (!row) throw new Refusal('unauthenticated')
  if (row.ended_because === 'reused') throw new Refusal('session_reused')
  if (row.ended || row.expires_at.getTime() <= now()) throw new Refusal('session_expired')
  if (now() - row.last_seen_at.getTime() > SEEN_EVERY_MS) {
    await pool.query('update session set last_seen_at = $2 where id = $1', [row.id, new Date(now())])
  }
  return row
}

/** By default nothing is for delegates: a route says what of it is, and the delegation must cover some of that. */
async function refuseBeyond(request: FastifyRequest, deps: Deps, acting: Acting, { scenes, bundles }: InForce): Promise<void> {
  const { delegable } = request.routeOptions.config
  if (delegable === 'own' || (delegable === 'bundle' && bundles.length > 0) || (delegable === 'code' && scenes.length > 0)) return
  const { summary = '' } = request.routeOptions.schema ?? {}
  await traceRefusal(deps, acting.accountId, {
    subjectId: acting.subjectId,
    ...(await actorOf(deps.pool, deps, acting, acting.subjectId)),
    purpose: `想用授权之外的功能，已拒绝：${summary}`
  })
  throw new Refusal('beyond_delegation', { detail: '授权里没有这一项。请对方自己办，或者请对方重新授权时加上' })
}
