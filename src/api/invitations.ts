import type { Invitation, InvitationList, InvitationSummary } from '../../contract/invitations'
import { call } from './client'

export const listInvitations = () => call<InvitationList>('get', '/invitations')
export const readInvitation = (id: string) => call<Invitation>('get', `/invitations/${id}`)
export const answerInvitation = (id: string, answer: 'grant' | 'decline' | 'revoke') =>
  call<Invitation>('post', `/invitations/${id}/answer`, { answer })
export const invite = (draftId: string, materialIds: string[], holderName: string, holderIdNumber: string) =>
  call<InvitationSummary>('post', `/drafts/${draftId}/invitations`, { materialIds, holderName, holderIdNumber })
export const closeInvitation = (id: string, reason: 'cancelled' | 'unreachable' | 'deceased') =>
  call<InvitationSummary>('post', `/invitations/${id}/close`, { reason })
