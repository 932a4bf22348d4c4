import type { AnswerInvitation, Invitation, InvitationStatus } from '../../../contract/invitations'
import type { Static } from 'typebox'
import type { Queryable } from '../../db/pool'
import type { Deps } from '../../deps'
import { ownerOf, readSubject, shownName, type SubjectRecord } from '../identity/subjects'
import { licenceName } from '../licence/name'
import { type Holdings } from '../licence/service'
import { isUsable } from '../licence/status'
import type { InvitationRecord } from './repository'
import { statusAt, validDaysOf } from './standing'

/** What the holder may answer, by where the invitation stands. */
export const allowed: Partial<Record<InvitationStatus, Static<typeof AnswerInvitation>['answer'][]>> = {
  pending: ['grant', 'decline'],
  granted: ['revoke']
}

/** As its holder sees it; `holdings` null: what the holder has was not looked up. */
export async function viewOf(deps: Deps, invitation: InvitationRecord, holdings: Holdings | null): Promise<Invitation> {
  const status = statusAt(invitation, deps.now())
  const inviter = await inviterOf(deps, deps.pool, invitation)
  const isHeld = (materialId: string, licenceType: string) =>
    status === 'pending'
      ? (holdings?.licences.some((licence) => licence.type === licenceType && isUsable(licence.status)) ?? false)
      : invitation.released.some((release) => release.materialId === materialId)
  return {
    id: invitation.id,
    maskedApplicantName: shownName(inviter),
    purpose: invitation.purpose,
    status,
    releases: invitation.releases.map(({ materialId, licenceType, fields }) => ({
      licenceName: licenceName(deps, licenceType),
      fields,
      held: isHeld(materialId, licenceType)
    })),
    sentAt: new Date(invitation.sentAt).toISOString(),
    expiresAt: new Date(invitation.expiresAt).toISOString(),
    validDays: validDaysOf(invitation),
    validUntil: invitation.validUntil === null ? null : new Date(invitation.validUntil).toISOString(),
    allowedActions: allowed[status] ?? []
  }
}

/**
 * Who invites: the company acted for, the one in whose place a proxy asks, else the person who asks, never the child acted for, of whom
 * the holder is told nothing.
 */
export async function inviterOf(deps: Deps, db: Queryable, { accountId, subjectId, draftId }: InvitationRecord): Promise<SubjectRecord> {
  const subject = await readSubject(db, deps, subjectId)
  const isProxys = (await db.query('select 1 from draft where id = $1 and delegation_id is not null', [draftId])).rowCount === 1
  return subject.kind === 'legal_person' || isProxys ? subject : readSubject(db, deps, await ownerOf(db, accountId))
}
