import type { FastifyReply, FastifyRequest } from 'fastify'
import { tx } from '../../db/pool'
import type { Deps } from '../../deps'
import { FRESH_MS } from '../../access'
import { GatewayUnavailable, type IdentityClaims } from '../../gateways/ports'
import { accountFor, hasAgreed, isSamePerson } from './accounts'
import { comeBack, setOut, type Attempt, type NewAttempt } from './attempts'
import { browserSecret, deviceName, knownBrowser, originOf, setRefreshCookie } from './browser'
import { refreshCompanies } from './companies'
import { sendPage } from './pages'
import { noteReauthentication, openSession } from './sessions'
import { openidContext } from './subjects'

const CALLBACK = '/api/v1/identity/callback'
/** How far the provider's clock may be behind ours. */
const CLOCK_SKEW_MS = 60_000

type Journey = Omit<NewAttempt, 'browser' | 'origin'> & { fresh: boolean }

/** Sends the browser to the identity provider. Errors: upstream_unavailable. */
export async function depart(request: FastifyRequest, reply: FastifyReply, deps: Deps, journey: Journey): Promise<FastifyReply> {
  const { config, gateways, pool } = deps
  const origin = originOf(request, config)
  const { fresh, ...attempt } = journey
  const sent = await setOut(pool, deps, { ...attempt, origin, browser: browserSecret(request, reply, config) })
  const url = await gateways.identity.authorizationUrl({ ...sent, redirectUri: origin + CALLBACK, fresh })
  return reply.redirect(seenFrom(origin, url, deps), 302)
}

/** The stand-in hangs on our own origin: whoever came in by another address stays on it. */
function seenFrom(origin: string, url: URL, { config }: Deps): string {
  return config.standInOrigin && url.origin === config.publicOrigin ? origin + url.pathname + url.search : url.href
}

/** What became of a journey, told to the app by `?sign-in=`. */
type Outcome = 'done' | 'cancelled' | 'unavailable' | 'mismatch'

/** Receives the browser back from the identity provider and finishes what it set out for. */
export async function arrive(
  request: FastifyRequest,
  reply: FastifyReply,
  deps: Deps,
  query: { state?: string; error?: string }
): Promise<FastifyReply> {
  const attempt = await comeBack(deps.pool, deps, query.state ?? '', knownBrowser(request))
  if (!attempt) {
    return sendPage(request, reply, {
      status: 400,
      title: '这次登录已经失效',
      text: '登录页打开太久，或换了浏览器。没有任何资料受影响，请重新登录。'
    })
  }
  if (query.error) return finish(request, reply, deps, attempt, 'cancelled')
  const claims = await exchange(request, deps, attempt, query.state ?? '')
  if (typeof claims === 'string') return finish(request, reply, deps, attempt, claims)
  if (attempt.purpose === 'login') {
    await signIn(request, reply, deps, claims)
    return finish(request, reply, deps, attempt, 'done')
  }
  const outcome = attempt.purpose === 'bind' ? await bind(deps, attempt, claims) : await reauthenticate(deps, attempt, claims)
  return finish(request, reply, deps, attempt, outcome)
}

async function exchange(request: FastifyRequest, deps: Deps, attempt: Attempt, state: string): Promise<IdentityClaims | 'unavailable'> {
  const { origin, nonce, codeVerifier } = attempt
  try {
    return await deps.gateways.identity.exchange({ callbackUrl: new URL(request.url, origin), state, nonce, codeVerifier })
  } catch (error) {
    if (!(error instanceof GatewayUnavailable)) throw error
    deps.log.warn({ traceId: request.id, system: error.system }, '统一身份认证换取身份失败')
    return 'unavailable'
  }
}

async function signIn(request: FastifyRequest, reply: FastifyReply, deps: Deps, claims: IdentityClaims): Promise<void> {
  const issued = await tx(deps.pool, async (client) => {
    const accountId = await accountFor(client, deps, claims)
    return openSession(client, deps, { accountId, channel: 'h5', device: deviceName(request, 'h5') })
  })
  setRefreshCookie(request, reply, deps.config, issued.refreshToken)
  await refreshIfAgreed(deps, issued.accountId)
}

/** Asks the licence library about the person's companies, if the person has agreed to being asked about. */
export async function refreshIfAgreed(deps: Deps, accountId: string): Promise<void> {
  if (!(await hasAgreed(deps.pool, accountId))) return
  const { rows } = await deps.pool.query<{ subject_id: string }>('select subject_id from account where id = $1', [accountId])
  if (rows[0]) await refreshCompanies(deps, accountId, rows[0].subject_id)
}

/** Ties a WeChat identity to the account; one that was tied to another account moves. */
async function bind(deps: Deps, { openid }: Attempt, claims: IdentityClaims): Promise<Outcome> {
  if (openid === null) throw new Error('an attempt to bind has no openid')
  const { pool, vault, now } = deps
  const index = openidIndex(deps, openid)
  await tx(pool, async (client) => {
    const accountId = await accountFor(client, deps, claims)
    await client.query(
      `insert into wechat_binding (openid_index, openid_sealed, account_id, bound_at) values ($1, $2, $3, $4)
       on conflict (openid_index) do update set account_id = excluded.account_id, bound_at = excluded.bound_at`,
      [index, vault.seal(openid, openidContext(index)), accountId, new Date(now())]
    )
  })
  return 'done'
}

export function openidIndex({ vault }: Pick<Deps, 'vault'>, openid: string): Buffer {
  return vault.blindIndex(openid, 'wechat_binding.openid')
}

/** Counts only when it is the same person, who has just now proved it, not by a session that the provider still had. */
async function reauthenticate(deps: Deps, { sessionId, startedAt }: Attempt, claims: IdentityClaims): Promise<Outcome> {
  const fresh = claims.authenticatedAt >= startedAt - CLOCK_SKEW_MS && claims.authenticatedAt > deps.now() - FRESH_MS
  if (!sessionId || !fresh || !(await isSamePerson(deps.pool, deps, sessionId, claims.idNumber))) return 'mismatch'
  await noteReauthentication(deps.pool, deps, sessionId)
  return 'done'
}

const pageOf: Record<'bind' | 'reauthenticate', Record<Outcome, { title: string; text: string }>> = {
  bind: {
    done: { title: '已绑定', text: '这个微信已绑定到你的账号，请返回小程序继续。' },
    cancelled: { title: '没有绑定', text: '你选择了不登录。什么都没有改变，请返回小程序。' },
    unavailable: { title: '暂时绑定不了', text: '统一身份认证暂时连不上，请返回小程序稍后再试。' },
    mismatch: { title: '没有绑定', text: '请返回小程序重新开始。' }
  },
  reauthenticate: {
    done: { title: '已确认是你本人', text: '请在 5 分钟内返回小程序继续。' },
    cancelled: { title: '没有确认', text: '你选择了不确认。填写的内容都还在，请返回小程序。' },
    unavailable: { title: '暂时确认不了', text: '统一身份认证暂时连不上。填写的内容都还在，请返回小程序稍后再试。' },
    mismatch: { title: '不是同一个人', text: '刚才确认的人与登录的账号不一致。填写的内容都还在，请返回小程序，用本人身份再确认一次。' }
  }
}

/** Back into the H5 app, or, from the mini-program's web-view (nowhere to return to), onto a page that leads back. */
function finish(request: FastifyRequest, reply: FastifyReply, { config }: Deps, attempt: Attempt, outcome: Outcome): FastifyReply {
  const { purpose, returnTo } = attempt
  if (purpose !== 'login' && returnTo === '') return sendPage(request, reply, { ...pageOf[purpose][outcome], back: true })
  const target = new URL(returnTo, originOf(request, config))
  if (outcome !== 'done') target.searchParams.set('sign-in', outcome)
  // '/..//elsewhere' ends as '//elsewhere', which a browser takes for another site.
  return reply.redirect(target.pathname.replace(/^\/+/, '/') + target.search + target.hash, 303)
}
