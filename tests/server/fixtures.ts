import type { IssuedCode } from '../../contract/codes'
import type { OfferedDelegation } from '../../contract/delegations'
import type { Me, SessionList } from '../../contract/identity'
import { recordTrace } from '../../server/modules/trace/service'
import { tell } from '../../server/modules/message/service'
import { affairs } from './affairs'
import { newDevice } from './device'
import { api } from './journey'
import { confirmAgain, signInOnly, type Browser } from './sign-in'
import { mother, type World } from './world'

/** Somebody signed in, who owns the things that strangers are after. */
export interface Owner {
  browser: Browser
  me: Me
  world: World
}

/**
 * One request of a route, good enough to succeed for its owner.
 *
 * `public`: anybody may call it, and it gives nobody anything of anybody's. `own`: it names nothing, a stranger gets what is the
 * stranger's own. `owned`: it names a thing of the owner's; a stranger must get not_found or forbidden. `signed`: only by an RFC 9421
 * signature.
 */
export interface Fixture {
  kind: 'public' | 'own' | 'owned' | 'signed'
  /** Values of the address's parameters and the body; made by and for the owner, in the owner's world. */
  make?: (
    owner: Owner
  ) => Promise<{ params?: Record<string, string>; query?: Record<string, string>; body?: object; headers?: Record<string, string> }>
}

/** Every route of the OpenAPI document has its line here or in affairs.ts: `METHOD /path/{param}`. Add yours with your routes. */
export const fixtures: Record<string, Fixture> = {
  ...affairs,
  'GET /healthz': { kind: 'public' },
  'GET /readyz': { kind: 'public' },
  'GET /api/v1/.well-known/jwks.json': { kind: 'public' },
  'GET /.well-known/jwt-vc-issuer': { kind: 'public' },
  'GET /api/v1/licences/credential-types/{type}': { kind: 'public', make: async () => ({ params: { type: 'id-card' } }) },
  'GET /api/v1/licences/status-lists/{list}': { kind: 'public', make: async () => ({ params: { list: '0' } }) },
  'GET /api/v1/identity/notice': { kind: 'public' },
  'GET /api/v1/identity/login': { kind: 'public' },
  'GET /api/v1/identity/callback': { kind: 'public' },
  'GET /api/v1/identity/back.js': { kind: 'public' },
  'GET /api/v1/identity/bind': { kind: 'public', make: async () => ({ query: { ticket: 'made-up' } }) },
  'GET /api/v1/identity/reauthentication': { kind: 'public', make: async () => ({ query: { ticket: 'made-up' } }) },
  'POST /api/v1/identity/wechat': { kind: 'public', make: async () => ({ body: { code: 'a-code' } }) },
  'POST /api/v1/identity/refresh': { kind: 'public', make: async () => ({ body: { refreshToken: 'made-up' } }) },
  'GET /api/v1/live': { kind: 'public', make: async () => ({ query: { ticket: 'made-up' } }) },
  'GET /api/v1/identity/me': { kind: 'own' },
  'GET /api/v1/identity/sessions': { kind: 'own' },
  'GET /api/v1/identity/account/close-preview': { kind: 'own' },
  'POST /api/v1/identity/consents': { kind: 'own', make: async () => ({ body: { version: '2026-11', kinds: ['privacy'] } }) },
  'POST /api/v1/identity/consents/withdraw': { kind: 'own', make: async () => ({ body: { kinds: ['minor'] } }) },
  'POST /api/v1/identity/consents/decline': { kind: 'own' },
  'POST /api/v1/identity/reauthentication': { kind: 'own' },
  'POST /api/v1/identity/logout-others': { kind: 'own' },
  'POST /api/v1/identity/logout': { kind: 'own' },
  'POST /api/v1/identity/account/close': { kind: 'own', make: async () => ({ body: { confirm: '注销账号' } }) },
  'DELETE /api/v1/identity/sessions/{id}': {
    kind: 'owned',
    make: async ({ browser, world }) => {
      await signInOnly(world, mother)
      const { sessions } = (await browser.send({ method: 'GET', url: '/api/v1/identity/sessions' })).json<SessionList>()
      return { params: { id: sessions.find(({ current }) => !current)?.id ?? '' } }
    }
  },
  'GET /api/v1/traces': { kind: 'own', make: async (owner) => ({ params: await oneTrace(owner) }) },
  'GET /api/v1/traces/{id}': { kind: 'owned', make: async (owner) => ({ params: await oneTrace(owner) }) },
  'POST /api/v1/traces/{id}/objection': { kind: 'owned', make: async (owner) => ({ params: await oneTrace(owner), body: {} }) },
  'POST /api/v1/traces/objections/{id}/answer': {
    kind: 'signed',
    make: async (owner) => {
      const { id } = await oneTrace(owner)
      await api(owner.browser, 'POST', `/traces/${id}/objection`, {})
      const { rows } = await owner.world.deps.pool.query<{ id: string }>('select id from objection where trace_id = $1', [id])
      return { params: { id: rows[0]?.id ?? '' }, body: { text: '只告诉主人' } }
    }
  },
  'POST /api/v1/codes': { kind: 'own' },
  'GET /api/v1/codes/{id}': {
    kind: 'owned',
    make: async ({ browser }) => ({ params: { id: (await api<IssuedCode>(browser, 'POST', '/codes', undefined, 201)).id } })
  },
  'GET /api/v1/codes/scenes': { kind: 'public' },
  'GET /api/v1/codes/issuer': { kind: 'public' },
  'GET /api/v1/codes/pending-readings': { kind: 'own', make: async (owner) => ({ params: await awaitedReading(owner) }) },
  'POST /api/v1/codes/pending-readings/{id}/answer': {
    kind: 'owned',
    make: async (owner) => ({ params: await awaitedReading(owner), body: { agree: true } })
  },
  'POST /api/v1/codes/certificates': { kind: 'own', make: async ({ world }) => ({ body: newDevice().request(world.deps.now()) }) },
  'GET /api/v1/codes/readings/{id}': { kind: 'signed', make: async (owner) => ({ params: await awaitedReading(owner) }) },
  'POST /api/v1/codes/readings/offline': {
    kind: 'signed',
    make: async ({ world }) => ({
      body: { readings: [{ code: 'SFM320281:MADE UP', scene: 'queue', at: new Date(world.deps.now()).toISOString() }] }
    })
  },
  'POST /api/v1/codes/readings': {
    kind: 'signed',
    make: async ({ browser }) => {
      const { text } = await api<IssuedCode>(browser, 'POST', '/codes', undefined, 201)
      return { body: { code: text, scene: 'queue' } }
    }
  },
  'POST /api/v1/delegations': {
    kind: 'own',
    make: async ({ browser, world }) => {
      await confirmAgain(world, browser, mother)
      return { body: wish }
    }
  },
  'GET /api/v1/delegations': { kind: 'own' },
  'GET /api/v1/delegations/{id}': { kind: 'owned', make: async (owner) => ({ params: { id: (await offer(owner)).delegation.id } }) },
  'POST /api/v1/delegations/{id}/end': {
    kind: 'owned',
    make: async (owner) => ({ params: { id: (await offer(owner)).delegation.id }, body: { action: 'revoke' } })
  },
  // Whoever has been told the code may look and accept; without one there is nothing.
  'POST /api/v1/delegations/offers/lookup': { kind: 'own', make: async () => ({ body: { code: '00000000' } }) },
  'POST /api/v1/delegations/offers/accept': { kind: 'own', make: async () => ({ body: { code: '00000000' } }) },
  'GET /api/v1/messages': { kind: 'own', make: async (owner) => ({ query: { limit: '5' }, params: await oneMessage(owner) }) },
  'POST /api/v1/messages/{id}/read': { kind: 'owned', make: async (owner) => ({ params: await oneMessage(owner) }) },
  'POST /api/v1/messages/read-all': { kind: 'own' },
  'POST /api/v1/live/tickets': { kind: 'own' }
}

async function oneTrace({ world, me }: Owner): Promise<{ id: string }> {
  const { pool } = world.deps
  const subjectId = me.subjects[0]?.id ?? ''
  const entry = { subjectId, actor: '演示部门', actorKind: 'department', action: 'read', purpose: '只属于主人', fields: ['姓名'] } as const
  await recordTrace(pool, world.deps, { ...entry, fields: [...entry.fields] })
  const { rows } = await pool.query<{ id: string }>(
    `select id from trace where subject_id = $1 and actor_kind = 'department'
     and not exists (select 1 from objection where trace_id = trace.id)`,
    [subjectId]
  )
  return rows[0] ?? { id: '' }
}

const wish = { scope: { scenes: ['queue'], bundles: [] }, until: '2026-11-30' }

async function offer({ browser, world }: Owner): Promise<OfferedDelegation> {
  await confirmAgain(world, browser, mother)
  return api<OfferedDelegation>(browser, 'POST', '/delegations', wish, 201)
}

async function oneMessage({ world, me }: Owner): Promise<Record<string, string>> {
  const { accountId } = me
  const cause = world.deps.newId()
  const words = { kind: 'account', title: '只属于主人', body: '只属于主人', target: null } as const
  await tell(world.deps.pool, world.deps, { accountId, subjectId: null, cause, ...words })
  const { rows } = await world.deps.pool.query<{ id: string }>('select id from message where account_id = $1 and cause = $2', [
    accountId,
    cause
  ])
  return { id: rows[0]?.id ?? '' }
}

/** A reading at the counter that waits for the owner's word. */
async function awaitedReading({ browser, world }: Owner): Promise<{ id: string }> {
  const { text } = await api<IssuedCode>(browser, 'POST', '/codes', undefined, 201)
  const payload = { code: text, scene: 'present' }
  // Made with a good signature also where the next request is to have none.
  const { callbacksHold } = world.outside
  world.outside.callbacksHold = true
  const reply = await world.app.inject({ method: 'POST', url: '/api/v1/codes/readings', payload, headers: { 'x-reader': 'hall-desk' } })
  world.outside.callbacksHold = callbacksHold
  return { id: reply.json<{ readingId: string }>().readingId }
}
