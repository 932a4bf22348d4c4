import type { PoolClient } from 'pg'
import type { LicenceGrant } from '../../../contract/licences'
import type { ReliedStatus } from '../../../domain/case/types'
import { isClosed } from '../../../domain/case/transition'
import { reliedText } from '../../../domain/case/words'
import { unique } from '../../../domain/lists'
import { dayOf, dayText } from '../../../domain/time'
import { tx } from '../../db/pool'
import type { Acting, Deps } from '../../deps'
import { Refusal } from '../../errors'
import { audienceOf, isDelegate } from '../identity/actors'
import { findSubject } from '../identity/subjects'
import type { ConsentWithdrawn } from '../invitation/answer'
import { invitedHolder } from '../invitation/standing'
import { submissionsAwaiting } from '../licence/awaiting'
import type { LicenceChangeNote } from '../licence/changes'
import { findGrant, grantStatus, grantView, grantWithCase, reliedCases, revoke, type GrantRecord } from '../licence/grants'
import { licenceName } from '../licence/name'
import { requireSensitiveConsent, walletSubjects } from '../licence/wallet'
import { announce } from '../live/service'
import { actorOf } from '../trace/actor'
import { recordTrace } from '../trace/service'
import { actAsPlatform } from './advance'
import { sendMessage, traceSend } from './dispatch'
import type { LoadedCase } from './repository'
import { tellApplicant } from './settle'
import { holderOf, lockSubmission, materialsOf, matterOf, type WorkingSet } from './working-set'

/**
 * Lets every running case that relies on a licence hear of its change: an event that the applicant sees, and a message to the department
 * behind all that it was sent. A case that still waits for others is told too; its department gets the licence as it is when it is sent.
 */
export async function tellReliedCases(client: PoolClient, deps: Deps, change: LicenceChangeNote): Promise<void> {
  const { type, identifier, status, day, reason, holderId } = change
  const on = dayText(day, dayOf(deps.now()))
  const because = [on, ...(reason === null ? [] : [reason])].join('，')
  const about = { type, identifier, status, because }
  const relied = await reliedCases(client, change)
  const waiting = holderId ? await submissionsAwaiting(client, deps, holderId) : []
  // Submissions are locked in one order everywhere.
  for (const submissionId of unique([...relied.map((each) => each.submissionId), ...waiting]).sort()) {
    const set = await lockSubmission(client, deps, { id: submissionId })
    for (const subject of set?.cases.filter(({ state }) => !isClosed(state.status)) ?? []) {
      const grant = relied.find(({ caseId }) => caseId === subject.id)
      if (!set) continue
      if (grant) await noteLicence(client, deps, set, subject, { ...about, holderId: grant.subjectId })
      else if (holderId && (await willRelyOn(client, deps, set, subject, { type, holderId })))
        await noteLicence(client, deps, set, subject, { ...about, holderId })
    }
  }
}

/** Whether a case that was not sent yet will take this licence along: the applicant's own, or one that its holder released. */
async function willRelyOn(
  client: PoolClient,
  deps: Deps,
  set: WorkingSet,
  { key, state }: LoadedCase,
  { type, holderId }: { type: string; holderId: string }
): Promise<boolean> {
  if (state.status !== 'waiting') return false
  for (const { id, materialId, holder } of materialsOf(set, key)) {
    const source = set.bundle.materialOf[materialId]?.source
    if (source?.kind !== 'licence' || source.licenceType !== type) continue
    const { how, invitationId } = set.submission.content.materials[id] ?? {}
    if (how === 'exempt' && (await holderOf(client, set, holder)) === holderId) return true
    const holderHere = how === 'consent' && invitationId ? await invitedHolder(deps, client, invitationId) : null
    if (holderHere && (await findSubject(client, deps, holderHere))?.id === holderId) return true
  }
  return false
}

/**
 * A holder took back what was released to a submission: what went to a department with it ends like any grant taken back, and what still
 * waits goes without it; either says so.
 */
export async function takeBackConsent(client: PoolClient, deps: Deps, withdrawn: ConsentWithdrawn): Promise<void> {
  const { draftId, invitationId, holderId, released } = withdrawn
  const set = await lockSubmission(client, deps, { draftId })
  const because = dayText(dayOf(deps.now()), dayOf(deps.now()))
  for (const subject of set?.cases.filter(({ state }) => !isClosed(state.status)) ?? []) {
    for (const { id, materialId } of set ? materialsOf(set, subject.key) : []) {
      const release = released.find((each) => each.materialId === materialId)
      if (!set || !release?.identifier || set.submission.content.materials[id]?.invitationId !== invitationId) continue
      const licence = { type: release.licenceType, identifier: release.identifier }
      const grant = await grantWithCase(client, subject.id, licence)
      if (grant && (await grantStatus(client, deps, grant)) === 'active')
        await takeBack(client, deps, grant, { selfId: holderId, role: 'self' })
      else if (grant || subject.state.status !== 'waiting') continue
      await noteLicence(client, deps, set, subject, { ...licence, status: 'grantRevoked', because, holderId })
    }
  }
}

/**
 * Takes back a licence given to a case that is still open: the case and its department hear of it, what was done before stays done. One
 * that is on show can't be verified any more. Again answers the same. Errors: consent_required, forbidden for a delegate, not_found,
 * illegal_transition once the case, the showing or the licence ended.
 */
export async function revokeGrant(deps: Deps, acting: Acting, grantId: string): Promise<LicenceGrant> {
  await requireSensitiveConsent(deps, acting)
  if (isDelegate(acting.role)) throw new Refusal('forbidden', { detail: '授权由持证人、监护人或法定代表人来收回' })
  const subjects = await walletSubjects(deps, acting)
  return tx(deps.pool, async (client) => {
    const known = await findGrant(client, grantId)
    const set = known?.submissionId ? await lockSubmission(client, deps, { id: known.submissionId }) : null
    const grant = await findGrant(client, grantId, true)
    const subject = set?.cases.find(({ id }) => id === grant?.caseId)
    if (!grant?.subjectId || !subjects.includes(grant.subjectId)) throw new Refusal('not_found', { detail: '没有找到这份授权' })
    const { status } = await grantView(client, deps, acting, grant)
    if (status === 'revoked') return grantView(client, deps, acting, grant)
    if (status === 'ended' || (grant.caseId !== null && (!subject || isClosed(subject.state.status))))
      throw new Refusal('illegal_transition', { detail: '这份授权已经结束，不用再收回', allowedActions: [] })
    await takeBack(client, deps, grant, acting)
    const { type, identifier } = grant
    const because = dayText(dayOf(deps.now()), dayOf(deps.now()))
    if (set && subject)
      await noteLicence(client, deps, set, subject, { type, identifier, status: 'grantRevoked', because, holderId: grant.subjectId })
    const revoked = await findGrant(client, grant.id)
    return grantView(client, deps, acting, revoked ?? grant)
  })
}

/** Ends a grant now, with a trace. */
async function takeBack(client: PoolClient, deps: Deps, grant: GrantRecord, by: Pick<Acting, 'selfId' | 'role'>): Promise<void> {
  await revoke(client, deps, grant.id)
  if (grant.subjectId === null) return
  await recordTrace(client, deps, {
    subjectId: grant.subjectId,
    ...(await actorOf(client, deps, by, grant.subjectId)),
    action: 'use',
    purpose: `收回${licenceName(deps, grant.type)}的授权：${grant.purpose}`,
    fields: []
  })
}

/** The event, the message to the department that has the case, the one to the applicant, and the holder's trace. */
async function noteLicence(
  client: PoolClient,
  deps: Deps,
  set: WorkingSet,
  subject: LoadedCase,
  about: { type: string; identifier: string | null; status: ReliedStatus; because: string; holderId: string | null }
): Promise<void> {
  const { type, identifier, status, because, holderId } = about
  const name = licenceName(deps, type)
  const what = `所依据的${name}有变：${reliedText[status]}（${because}）`
  const isSent = subject.state.status !== 'waiting'
  const next = isSent ? '部门会收到通知' : '这一件还没送到部门，送办时按那时的来'
  await actAsPlatform(client, deps, set, subject, 'licenceChanged', { reason: `${what}。${next}。`, licence: { type, status } })
  if (isSent) {
    await sendMessage(client, deps, set, subject, { kind: 'licence', note: what, licence: { type, identifier, status } })
    if (holderId) await traceSend(client, deps, set, subject, holderId, [`${name}·状态`])
  }
  await tellApplicant(client, deps, set, {
    cause: `licenceChanged:${subject.id}:${subject.state.seq}`,
    title: `${matterOf(set, subject).name}：所依据的证照有变`,
    body: `${what}。${next}，可能要你另交材料。`,
    caseId: subject.id
  })
  await announce(client, await audienceOf(client, set.submission), { kind: 'case', id: subject.id })
}
