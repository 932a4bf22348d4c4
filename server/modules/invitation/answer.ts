import type { AnswerInvitation, Invitation, InvitationSummary } from '../../../contract/invitations'
import type { Static } from 'typebox'
import { maskName } from '../../../domain/identifier/mask'
import { unique } from '../../../domain/lists'
import { tx, type Queryable } from '../../db/pool'
import type { Acting, Deps } from '../../deps'
import { Refusal } from '../../errors'
import { consentsInForce } from '../identity/accounts'
import { readSubject, shownName } from '../identity/subjects'
import { licenceName } from '../licence/name'
import { holdingsOf, type Holdings } from '../licence/service'
import { isUsable } from '../licence/status'
import { requireSensitiveConsent } from '../licence/wallet'
import { announce } from '../live/service'
import { tell } from '../message/service'
import { enqueue } from '../outbox/service'
import { recordTrace } from '../trace/service'
import { invitationById, invitationsBy, invitationsFor, settleInvitation, type InvitationRecord, type ReleasedLicence } from './repository'
import { statusAt, summaryOf, validDaysOf } from './standing'
import { allowed, inviterOf, viewOf } from './view'

const dayMs = 86_400_000
type Answer = Static<typeof AnswerInvitation>['answer']

/** What others ask of the person, found by the own ID number, and what was asked of others on behalf of the one acted for. */
export async function listInvitations(deps: Deps, acting: Acting): Promise<{ received: Invitation[]; sent: InvitationSummary[] }> {
  const received = await receivedInvitations(deps, acting)
  const sent = await invitationsBy(deps.pool, deps.vault, acting.accountId, acting.subjectId)
  return { received, sent: sent.map((each) => summaryOf(deps, each)) }
}

/** What others ask of the person. */
export async function receivedInvitations(deps: Deps, acting: Acting): Promise<Invitation[]> {
  const { idCode } = await readSubject(deps.pool, deps, acting.selfId)
  const records = idCode === null ? [] : await invitationsFor(deps.pool, deps.vault, idCode)
  const holdings = await holdingsFor(deps, acting, records)
  return Promise.all(records.map((each) => viewOf(deps, each, holdings)))
}

/** One invitation as its holder sees it. Errors: not_found, also for everybody else. */
export async function readInvitation(deps: Deps, acting: Acting, id: string): Promise<Invitation> {
  const invitation = await receivedInvitation(deps, deps.pool, acting, id)
  const holdings = await holdingsFor(deps, acting, [invitation])
  return viewOf(deps, invitation, holdings)
}

/**
 * Records the holder's answer. A grant keeps exactly the fields asked for, as they stand at this moment; taking it back erases them.
 * Errors: not_found; invitation_closed with the actions still open; consent_required, to a grant, which takes looking at the own
 * licences; upstream_unavailable, when nothing was recorded.
 */
export async function answerInvitation(deps: Deps, acting: Acting, id: string, answer: Answer): Promise<Invitation> {
  const asked = await receivedInvitation(deps, deps.pool, acting, id)
  refuseUnlessAllowed(deps, asked, answer)
  if (answer === 'grant') await requireSensitiveConsent(deps, acting)
  const holdings = answer === 'grant' ? await holderHoldings(deps, acting.selfId, [asked]) : null
  if (holdings && !holdings.reachable) {
    throw new Refusal('upstream_unavailable', { detail: '证照库暂时连不上，你的答复还没有记录，请稍后再试' })
  }
  const released = holdings ? snapshot(asked, holdings) : []
  await tx(deps.pool, async (db) => {
    const invitation = await receivedInvitation(deps, db, acting, id, true)
    refuseUnlessAllowed(deps, invitation, answer)
    await settleInvitation(db, deps.vault, id, {
      status: answer === 'grant' ? 'granted' : 'declined',
      answeredAt: deps.now(),
      validUntil: answer === 'grant' ? deps.now() + validDaysOf(invitation) * dayMs : null,
      released
    })
    await traceAnswer(deps, db, acting, invitation, answer, released)
    if (answer === 'revoke') await noteWithdrawn(deps, db, acting, invitation)
    await tellApplicant(deps, db, invitation, answer)
  })
  return readInvitation(deps, acting, id)
}

/** What lies in an outbox row of kind `licence` when a holder took a consent back: what was released of whom, for which draft. */
export interface ConsentWithdrawn {
  invitationId: string
  draftId: string
  holderId: string
  released: Pick<ReleasedLicence, 'materialId' | 'licenceType' | 'identifier'>[]
}

/** Lets the cases that got or wait for what was released hear of it: apart, as their locks are taken before everybody else's. */
async function noteWithdrawn(deps: Deps, db: Queryable, { selfId }: Acting, { id, draftId, released }: InvitationRecord): Promise<void> {
  const payload: ConsentWithdrawn = {
    invitationId: id,
    draftId,
    holderId: selfId,
    released: released.map(({ materialId, licenceType, identifier }) => ({ materialId, licenceType, identifier }))
  }
  await enqueue(db, deps, { messageId: deps.newId(), lane: `invitation:${id}`, kind: 'licence', payload })
}

async function receivedInvitation(deps: Deps, db: Queryable, { selfId }: Acting, id: string, lock = false): Promise<InvitationRecord> {
  const invitation = await invitationById(db, deps.vault, id, lock)
  const { idCode } = await readSubject(db, deps, selfId)
  if (!invitation || invitation.status === 'cancelled' || invitation.holderIdCode !== idCode) {
    throw new Refusal('not_found', { detail: '没有找到这份邀请，对方可能已经收回' })
  }
  return invitation
}

function refuseUnlessAllowed({ now }: Deps, invitation: InvitationRecord, answer: Answer): void {
  const actions = allowed[statusAt(invitation, now())] ?? []
  if (!actions.includes(answer)) throw new Refusal('invitation_closed', { detail: '已经答复过，或已过答复的期限', allowedActions: actions })
}

/** What the holder has of what is still waited for, no more; nothing is looked up of one who has not agreed to it. */
async function holdingsFor(deps: Deps, { accountId, selfId }: Acting, invitations: InvitationRecord[]): Promise<Holdings | null> {
  const pending = invitations.filter((each) => statusAt(each, deps.now()) === 'pending')
  if (pending.length === 0 || !(await consentsInForce(deps.pool, accountId)).includes('sensitive')) return null
  return holderHoldings(deps, selfId, pending)
}

const holderHoldings = (deps: Deps, selfId: string, invitations: InvitationRecord[]): Promise<Holdings> =>
  holdingsOf(deps, {
    subjectId: selfId,
    types: unique(invitations.flatMap(({ releases }) => releases.map((release) => release.licenceType))),
    purpose: '核对别人请你同意提供的证照'
  })

function snapshot({ releases }: InvitationRecord, { licences }: Holdings): ReleasedLicence[] {
  return releases.flatMap((release) => {
    const licence = licences.find(({ type, status }) => type === release.licenceType && isUsable(status))
    if (!licence) return []
    const face = Object.fromEntries(
      release.fields.flatMap((field) => (licence.face[field] === undefined ? [] : [[field, licence.face[field]]]))
    )
    const { identifier, version, issuer, validTo } = licence
    return [{ ...release, identifier, version, issuer, validTo, face }]
  })
}

async function traceAnswer(
  deps: Deps,
  db: Queryable,
  { selfId }: Acting,
  invitation: InvitationRecord,
  answer: Answer,
  released: ReleasedLicence[]
): Promise<void> {
  if (answer !== 'grant') return
  const inviter = await inviterOf(deps, db, invitation)
  const fields = released.flatMap(({ licenceType, face }) => Object.keys(face).map((field) => `${licenceName(deps, licenceType)}·${field}`))
  await recordTrace(db, deps, {
    subjectId: selfId,
    actor: '本人',
    actorKind: 'self',
    action: 'send',
    purpose: `同意提供给 ${shownName(inviter)} 用于：${invitation.purpose}`,
    fields
  })
  await recordTrace(db, deps, {
    subjectId: invitation.subjectId,
    actor: maskName(invitation.holderName),
    actorKind: 'proxy',
    action: 'use',
    purpose: `对方同意提供材料，用于：${invitation.purpose}`,
    fields
  })
}

const answerTitles: Record<Answer, string> = { grant: '对方已同意提供材料', decline: '对方没有同意提供材料', revoke: '对方收回了同意' }

async function tellApplicant(deps: Deps, db: Queryable, invitation: InvitationRecord, answer: Answer): Promise<void> {
  const { id, accountId, subjectId, draftId, holderName } = invitation
  const isSubmitted = (await db.query('select 1 from submission where draft_id = $1', [draftId])).rowCount === 1
  const goOn = isSubmitted ? '这件事已经提交，进度里会写明哪几件受影响。' : '请打开草稿，看看还有什么办法。'
  const next = answer === 'grant' ? '可以接着办了。' : goOn
  await tell(db, deps, {
    accountId,
    subjectId,
    kind: 'invitation',
    title: answerTitles[answer],
    body: `${maskName(holderName)} 已答复你的邀请。${next}`,
    target: null,
    cause: `invitation:${id}:${answer}`
  })
  await announce(db, [accountId], { kind: 'draft', id: draftId })
}
