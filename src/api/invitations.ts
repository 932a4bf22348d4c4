import type { Draft } from '../../contract/drafts'
import type { Invitation, InvitationList } from '../../contract/invitations'
import { call } from './client'

export const listInvitations = () => call<InvitationList>('get', '/invitations')
export const readInvitation = (id: string) => call<Invitation>('get', `/invitations/${id}`)
export const answerInvitation = (id: string, answer: 'grant' | 'decline' | 'revoke') =>
  call<Invitation>('post', `/invitations/${id}/answer`, { answer })
export const invite = (draftId: string, materialIds: string[], holderName: string, holderIdNumber: string) =>
  call<Draft>('post', `/drafts/${draftId}/invitations`, { materialIds, holderName, holderIdNumber })
export const closeInvitation = (id: string, reason: 'cancelled' | 'unreachable' | 'deceased') =>
  call<Draft>('post', `/invitations/${id}/close`, { reason })
