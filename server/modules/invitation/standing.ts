import type { InvitationStatus, InvitationSummary } from '../../../contract/invitations'
import type { ConsentAnswer } from '../../../domain/bundle/material-state'
import { maskName } from '../../../domain/identifier/mask'
import type { Queryable } from '../../db/pool'
import type { Deps } from '../../deps'
import {
  cancelInvitations,
  eraseLapsed,
  invitationById,
  invitationsFor,
  invitationsOfDraft,
  type InvitationRecord,
  type ReleasedLicence
} from './repository'

const iso = (instant: number) => new Date(instant).toISOString()

/** An invitation that nobody answered in time counts as unanswered, without anything having to run for it. */
export function statusAt({ status, expiresAt }: Pick<InvitationRecord, 'status' | 'expiresAt'>, now: number): InvitationStatus {
  return status === 'pending' && expiresAt <= now ? 'unanswered' : status
}

/** For how many days an agreement holds: as long as the shortest of what it is asked for. */
export const validDaysOf = ({ releases }: InvitationRecord): number => Math.min(...releases.map(({ validDays }) => validDays))

/** Whether what was released may be used at this moment. */
const isInForce = (invitation: InvitationRecord, now: number) =>
  invitation.status === 'granted' && invitation.validUntil !== null && invitation.validUntil > now

/** As the applicant sees it; `way` says how to go on when it did not go well. */
export function summaryOf({ catalogue, now }: Pick<Deps, 'catalogue' | 'now'>, invitation: InvitationRecord): InvitationSummary {
  const status = statusAt(invitation, now())
  const { materials } = catalogue.current().catalogue
  const rules = invitation.materialIds.map((id) => materials[id]?.consent?.ways)
  const way = isFailure(status) ? rules.find((ways) => ways !== undefined)?.[status] : undefined
  return {
    id: invitation.id,
    materialIds: invitation.materialIds,
    maskedHolderName: maskName(invitation.holderName),
    status,
    sentAt: iso(invitation.sentAt),
    expiresAt: iso(invitation.expiresAt),
    answeredAt: invitation.answeredAt === null ? null : iso(invitation.answeredAt),
    way: way ?? null
  }
}

const isFailure = (status: InvitationStatus): status is 'declined' | 'unanswered' | 'unreachable' | 'deceased' =>
  status === 'declined' || status === 'unanswered' || status === 'unreachable' || status === 'deceased'

/** What the invitations of a draft come to: the last word on each material, and what was released. */
export interface Consents {
  answers: Record<string, ConsentAnswer>
  /** Which invitation gave the material its answer, pending ones included. */
  invitationOf: Record<string, InvitationRecord>
  released: ReleasedLicence[]
}

export function consentsOf(invitations: InvitationRecord[], now: number): Consents {
  const consents: Consents = { answers: {}, invitationOf: {}, released: [] }
  for (const invitation of [...invitations].sort((one, other) => one.sentAt - other.sentAt)) {
    const status = statusAt(invitation, now)
    for (const materialId of invitation.materialIds) {
      const answer = status === 'granted' ? (isInForce(invitation, now) ? status : undefined) : isFailure(status) ? status : undefined
      delete consents.answers[materialId]
      if (answer) consents.answers[materialId] = answer
      consents.invitationOf[materialId] = invitation
    }
  }
  consents.released = invitations
    .filter((invitation) => isInForce(invitation, now))
    .flatMap((invitation) => invitation.released.filter(({ materialId }) => consents.invitationOf[materialId] === invitation))
  return consents
}

/** All invitations of a draft that were not taken back, latest first. */
export const draftInvitations = (deps: Deps, db: Queryable, draftId: string): Promise<InvitationRecord[]> =>
  invitationsOfDraft(db, deps.vault, draftId)

/**
 * What a holder released for this material by this invitation, as it stood when agreeing; null when it was not granted, was taken
 * back or has lapsed. For handing a submission's materials to a department.
 */
export async function releasedFor(deps: Deps, db: Queryable, invitationId: string, materialId: string): Promise<ReleasedLicence | null> {
  const invitation = await invitationById(db, deps.vault, invitationId)
  if (!invitation || !isInForce(invitation, deps.now())) return null
  return invitation.released.find((each) => each.materialId === materialId) ?? null
}

/** The ID number of the holder whom an invitation went to; null when there is no such invitation. */
export async function invitedHolder(deps: Deps, db: Queryable, invitationId: string): Promise<string | null> {
  return (await invitationById(db, deps.vault, invitationId))?.holderIdCode ?? null
}

/** The drafts for which the person with this ID number has released something that may still be used. */
export async function draftsReleasedFor(deps: Deps, db: Queryable, idCode: string): Promise<string[]> {
  const invitations = await invitationsFor(db, deps.vault, idCode)
  return invitations.filter((each) => isInForce(each, deps.now())).map(({ draftId }) => draftId)
}

/** Takes back the invitations of a draft that is given up and erases what they released, in the caller's transaction. */
export const withdrawInvitations = (db: Queryable, draftId: string): Promise<void> => cancelInvitations(db, draftId, 'all')

/** Takes back what nobody has answered when the draft is submitted, in the submission's transaction; grants stay. */
export const withdrawOpenInvitations = (db: Queryable, draftId: string): Promise<void> => cancelInvitations(db, draftId, 'pending')

/** Erases what holders released once the time that they agreed to is over. Safe to run often and on several servers. */
export const forgetLapsed = ({ pool, now }: Pick<Deps, 'pool' | 'now'>): Promise<void> => eraseLapsed(pool, new Date(now()))
