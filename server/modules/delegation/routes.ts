import {
  AcceptOffer,
  Delegation,
  DelegationList,
  EndDelegation,
  LookUpOffer,
  OfferDelegation,
  OfferedDelegation
} from '../../../contract/delegations'
import { IdParams } from '../../../contract/wire'
import { acting, requireFresh } from '../../access'
import type { Deps } from '../../deps'
import { limits } from '../../http/limits'
import type { App } from '../../http/server'
import { acceptOffer, lookUpOffer } from './accept'
import { offerDelegation, roleToGive } from './offer'
import { endDelegation, listDelegations, readDelegation } from './service'

const tags = ['授权经办']

/** Letting others act for oneself or for one's company, within limits, until a day, and taking it back. */
export function registerDelegations(app: App, deps: Deps): void {
  app.post(
    '/delegations',
    {
      config: { access: 'session', rateLimit: limits.offerDelegation, problems: ['reauthentication_required', 'illegal_transition'] },
      schema: {
        summary: '开出一份授权：做哪些事、到哪天；授权码只给这一次，10 分钟内有效',
        tags,
        body: OfferDelegation,
        response: { 201: OfferedDelegation }
      }
    },
    async (request, reply) => {
      roleToGive(acting(request))
      requireFresh(request, deps.now())
      reply.header('Cache-Control', 'no-store')
      return reply.code(201).send(await offerDelegation(deps, acting(request), request.body))
    }
  )

  app.get(
    '/delegations',
    {
      config: { access: 'session', delegable: 'own' },
      schema: { summary: '我授权出去的、授权给我的', tags, response: { 200: DelegationList } }
    },
    async (request) => listDelegations(deps, acting(request))
  )

  app.get(
    '/delegations/:id',
    {
      config: { access: 'session', delegable: 'own' },
      schema: { summary: '一份授权，两边看到的一样', tags, params: IdParams, response: { 200: Delegation } }
    },
    async (request) => readDelegation(deps, acting(request), request.params.id)
  )

  app.post(
    '/delegations/:id/end',
    {
      config: { access: 'session', delegable: 'own', problems: ['delegation_closed'] },
      schema: { summary: '收回或放弃，立刻生效', tags, params: IdParams, body: EndDelegation, response: { 200: Delegation } }
    },
    async (request) => endDelegation(deps, acting(request), request.params.id, request.body.action)
  )

  app.post(
    '/delegations/offers/lookup',
    {
      config: { access: 'session', delegable: 'own', rateLimit: limits.openOffer, problems: ['gone'] },
      schema: { summary: '凭授权码看清是谁、做什么、到哪天', tags, body: LookUpOffer, response: { 200: Delegation } }
    },
    async (request) => lookUpOffer(deps, acting(request), request.body.code)
  )

  app.post(
    '/delegations/offers/accept',
    {
      config: { access: 'session', delegable: 'own', rateLimit: limits.openOffer, problems: ['gone', 'illegal_transition'] },
      schema: { summary: '接受授权，从此刻起生效', tags, body: AcceptOffer, response: { 200: Delegation } }
    },
    async (request) => acceptOffer(deps, acting(request), request.body.code)
  )
}
