import type { RouteOptions } from 'fastify'
import { problems, type ProblemCode } from '../../contract/problems'
import type { App } from './server'

/**
 * Who may call a route: anybody; anybody, and who is signed in is told more; a signed-in person who agreed to the privacy notice; a
 * signed-in person who has not yet; another system by an RFC 9421 signature, which the route itself verifies over the raw body.
 */
export type Access = 'public' | 'public-or-session' | 'session' | 'session-without-consent' | 'signed'

/**
 * What a delegate may use a route for (docs/adr/0011); without a word, nothing. `own`: it is about the delegate's own account, or keeps
 * to the delegation by itself; `bundle` and `code`: the delegation covers at least one bundle, or one scene, and the route keeps to
 * those that it covers.
 */
export type Delegable = 'own' | 'bundle' | 'code'

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access
    /** A delegate is refused with beyond_delegation by a route that does not say it. */
    delegable?: Delegable
    /** Refusals of this route beyond those that its access, body and address bring with them. */
    problems?: readonly ProblemCode[]
  }
}

const ofAccess: Record<Access, ProblemCode[]> = {
  public: [],
  'public-or-session': ['unauthenticated', 'session_expired', 'forbidden', 'consent_required', 'beyond_delegation'],
  session: ['unauthenticated', 'session_expired', 'forbidden', 'consent_required', 'beyond_delegation'],
  'session-without-consent': ['unauthenticated', 'session_expired', 'forbidden', 'beyond_delegation'],
  signed: ['signature_invalid']
}

/**
 * Holds every route added to `api` from here on to the house rules: it names its access, and is documented (summary, tags, replies).
 * Adds the problem replies to the document.
 *
 * @throws at registration, naming the route and what it lacks
 */
export function holdRoutesToRules(api: App): void {
  api.addHook('onRoute', (route) => {
    const { access, problems: own = [] } = route.config ?? {}
    const { schema } = route
    if (!access) throw new Error(`路由 ${route.method} ${route.url} 没有声明 config.access`)
    if (!schema?.summary || !schema.tags?.length || !schema.response) {
      throw new Error(`路由 ${route.method} ${route.url} 缺少 schema 的 summary、tags 或 response`)
    }
    const codes = new Set<ProblemCode>([...ofAccess[access], ...ofRequest(route), ...own, 'internal'])
    const secured = access === 'session' || access === 'session-without-consent'
    route.schema = {
      ...schema,
      // @fastify/websocket hides its routes; ours are documented like any other.
      hide: false,
      ...(secured && { security: [{ accessToken: [], actingFor: [] }, { accessToken: [] }] }),
      ...(access === 'public-or-session' && { security: [{ accessToken: [], actingFor: [] }, { accessToken: [] }, {}] }),
      response: { ...(schema.response as object), ...problemReplies([...codes]) }
    }
  })
}

function ofRequest({ schema, config }: RouteOptions): ProblemCode[] {
  const codes: ProblemCode[] = []
  if (schema?.params) codes.push('not_found')
  if (schema?.body) codes.push('bad_request', 'payload_too_large')
  if (schema?.body || schema?.querystring || schema?.headers) codes.push('invalid_fields')
  if (config?.rateLimit) codes.push('rate_limited')
  return codes
}

function problemReplies(codes: ProblemCode[]): Record<number, object> {
  const statuses = [...new Set(codes.map((code) => problems[code].status))].sort()
  return Object.fromEntries(
    statuses.map((status) => {
      const here = codes.filter((code) => problems[code].status === status)
      const description = here.map((code) => `${code}：${problems[code].title}`).join('；')
      return [status, { description, content: { 'application/problem+json': { schema: { $ref: 'Problem#' } } } }]
    })
  )
}
