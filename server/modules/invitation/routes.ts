import { AnswerInvitation, CloseInvitation, Invitation, InvitationList, InvitationSummary, Invite } from '../../../contract/invitations'
import { IdParams } from '../../../contract/wire'
import { acting } from '../../access'
import type { Deps } from '../../deps'
import { limits } from '../../http/limits'
import type { App } from '../../http/server'
import { answerInvitation, listInvitations, readInvitation } from './answer'
import { closeInvitation } from './close'
import { invite } from './invite'

const tags = ['持有人同意']

/** Consent of the other holder: asked for by the applicant, answered by the holder in the holder's own session. */
export function registerInvitations(app: App, deps: Deps): void {
  app.post(
    '/drafts/:id/invitations',
    {
      config: { access: 'session', delegable: 'bundle', rateLimit: limits.invite, problems: ['gone'] },
      schema: {
        summary: '请材料的持有人同意提供；对方有没有账号，答复都一样',
        tags,
        params: IdParams,
        body: Invite,
        response: { 201: InvitationSummary }
      }
    },
    async (request, reply) => reply.code(201).send(await invite(deps, acting(request), request.params.id, request.body))
  )

  app.get(
    '/invitations',
    {
      config: { access: 'session', delegable: 'own' },
      schema: { summary: '收到的与发出的邀请', tags, response: { 200: InvitationList } }
    },
    async (request) => listInvitations(deps, acting(request))
  )

  app.get(
    '/invitations/:id',
    {
      config: { access: 'session', delegable: 'own' },
      schema: { summary: '收到的一份邀请：谁、为什么、放出哪些字段、到何时', tags, params: IdParams, response: { 200: Invitation } }
    },
    async (request) => readInvitation(deps, acting(request), request.params.id)
  )

  app.post(
    '/invitations/:id/answer',
    {
      config: { access: 'session', delegable: 'own', problems: ['invitation_closed', 'upstream_unavailable'] },
      schema: { summary: '持有人答复：同意、不同意、收回', tags, params: IdParams, body: AnswerInvitation, response: { 200: Invitation } }
    },
    async (request) => answerInvitation(deps, acting(request), request.params.id, request.body.answer)
  )

  app.post(
    '/invitations/:id/close',
    {
      config: { access: 'session', delegable: 'bundle', problems: ['invitation_closed'] },
      schema: {
        summary: '申请人结束邀请：收回、联系不上、已故',
        tags,
        params: IdParams,
        body: CloseInvitation,
        response: { 200: InvitationSummary }
      }
    },
    async (request) => closeInvitation(deps, acting(request), request.params.id, request.body.reason)
  )
}
