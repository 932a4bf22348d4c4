import type { CloseInvitation, InvitationSummary } from '../../../contract/invitations'
import type { Static } from 'typebox'
import { tx } from '../../db/pool'
import type { Acting, Deps } from '../../deps'
import { Refusal } from '../../errors'
import { announce } from '../live/service'
import { invitationById, settleInvitation } from './repository'
import { statusAt, summaryOf } from './standing'

/**
 * The applicant ends an invitation: taken back, the holder out of reach or dead; the material's consent rule says how to go on.
 * Errors: not_found, invitation_closed.
 */
export async function closeInvitation(
  deps: Deps,
  acting: Acting,
  id: string,
  reason: Static<typeof CloseInvitation>['reason']
): Promise<InvitationSummary> {
  return tx(deps.pool, async (db) => {
    const invitation = await invitationById(db, deps.vault, id, true)
    if (!invitation || invitation.accountId !== acting.accountId || invitation.subjectId !== acting.subjectId)
      throw new Refusal('not_found')
    const status = statusAt(invitation, deps.now())
    const isWaiting = status === 'pending' || status === 'unanswered'
    if (!isWaiting && !(reason === 'cancelled' && (status === 'granted' || status === 'declined'))) {
      throw new Refusal('invitation_closed', { detail: '对方已经答复，或这份邀请已经结束' })
    }
    await settleInvitation(db, deps.vault, id, { status: reason, answeredAt: deps.now(), validUntil: null, released: [] })
    await announce(db, [acting.accountId], { kind: 'draft', id: invitation.draftId })
    return summaryOf(deps, { ...invitation, status: reason, answeredAt: deps.now() })
  })
}
