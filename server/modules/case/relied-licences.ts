import type { PoolClient } from 'pg'
import type { LicenceGrant } from '../../../contract/licences'
import type { ReliedStatus } from '../../../domain/case/types'
import { isClosed } from '../../../domain/case/transition'
import { reliedText } from '../../../domain/case/words'
import { dayOf, dayText } from '../../../domain/time'
import { tx } from '../../db/pool'
import type { Acting, Deps } from '../../deps'
import { Refusal } from '../../errors'
import { audienceOf } from '../identity/actors'
import type { LicenceChangeNote } from '../licence/changes'
import { mayClaim } from '../licence/claim'
import { findGrant, grantView, reliedCases, revoke } from '../licence/grants'
import { licenceName } from '../licence/name'
import { requireSensitiveConsent, walletSubjects } from '../licence/wallet'
import { announce } from '../live/service'
import { recordTrace } from '../trace/service'
import { actAsPlatform } from './advance'
import { sendMessage, traceSend } from './dispatch'
import type { LoadedCase } from './repository'
import { tellApplicant } from './settle'
import { lockSubmission, matterOf, type WorkingSet } from './working-set'

/**
 * Lets every running case that relies on a licence hear of its change: an event that the applicant sees, and a message to the department
 * behind all that it was sent. A case that has not been sent yet takes the licence as it is when it is.
 */
export async function tellReliedCases(client: PoolClient, deps: Deps, change: LicenceChangeNote): Promise<void> {
  const { type, identifier, status, day, reason } = change
  const on = dayText(day, dayOf(deps.now()))
  const because = [on, ...(reason === null ? [] : [reason])].join('，')
  for (const { submissionId, caseId, subjectId } of await reliedCases(client, change)) {
    const set = await lockSubmission(client, deps, { id: submissionId })
    const subject = set?.cases.find(({ id }) => id === caseId)
    if (!set || !subject || isClosed(subject.state.status)) continue
    await noteLicence(client, deps, set, subject, { type, identifier, status, because, holderId: subjectId })
  }
}

/**
 * Takes back a licence given to a case that is still open: the case and its department hear of it, what was done before stays done. One
 * that is on show can't be verified any more. Again answers the same. Errors: consent_required, forbidden for a delegate, not_found,
 * illegal_transition once the case, the showing or the licence ended.
 */
export async function revokeGrant(deps: Deps, acting: Acting, grantId: string): Promise<LicenceGrant> {
  await requireSensitiveConsent(deps, acting)
  if (!mayClaim.includes(acting.role)) throw new Refusal('forbidden', { detail: '授权由持证人、监护人或法定代表人来收回' })
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
    await revoke(client, deps, grant.id)
    const isSelf = grant.subjectId === acting.selfId
    await recordTrace(client, deps, {
      subjectId: grant.subjectId,
      actor: isSelf ? '本人' : '代办人',
      actorKind: isSelf ? 'self' : 'proxy',
      action: 'use',
      purpose: `收回${licenceName(deps, grant.type)}的授权：${grant.purpose}`,
      fields: []
    })
    const { type, identifier } = grant
    const because = dayText(dayOf(deps.now()), dayOf(deps.now()))
    if (set && subject)
      await noteLicence(client, deps, set, subject, { type, identifier, status: 'grantRevoked', because, holderId: grant.subjectId })
    const revoked = await findGrant(client, grant.id)
    return grantView(client, deps, acting, revoked ?? grant)
  })
}

/** The event, the message to the department, the one to the applicant, and the holder's trace. */
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
  await actAsPlatform(client, deps, set, subject, 'licenceChanged', { reason: `${what}。部门会收到通知。`, licence: { type, status } })
  await sendMessage(client, deps, set, subject, { kind: 'licence', note: what, licence: { type, identifier, status } })
  if (holderId) await traceSend(client, deps, set, subject, holderId, [`${name}·状态`])
  await tellApplicant(client, deps, set, {
    cause: `licenceChanged:${subject.id}:${subject.state.seq}`,
    title: `${matterOf(set, subject).name}：所依据的证照有变`,
    body: `${what}。部门会收到通知，可能要你另交材料。`,
    caseId: subject.id
  })
  await announce(client, await audienceOf(client, set.submission), { kind: 'case', id: subject.id })
}
