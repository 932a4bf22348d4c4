import { createHash, randomBytes, sign } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { PoolClient } from 'pg'
import type { SubmitReply } from '../../../contract/drafts'
import type { ResolvedBundle } from '../../../domain/bundle/types'
import { open } from '../../../domain/case/events'
import { dayOf, dayText } from '../../../domain/time'
import { tx, type Queryable } from '../../db/pool'
import type { Acting, Deps } from '../../deps'
import { Refusal } from '../../errors'
import type { AssembledDraft } from '../draft/assemble'
import { contentHash, frozenContent } from '../draft/freeze'
import { openPoints } from '../draft/review'
import { markSubmitted, openDraft, readDraft } from '../draft/service'
import type { ReviewedContent, SignedContent } from '../draft/signed-content'
import { keepFiles } from '../file/service'
import { lockAccounts } from '../identity/locking'
import { spendReauthentication } from '../identity/sessions'
import { actorOf } from '../trace/actor'
import { recordTrace } from '../trace/service'
import { applicantText } from './advance'
import { insertDeferred } from './deferred-repository'
import { mayAct } from './own'
import { appendEvent, insertCase } from './repository'
import { storedReply, storeReply } from './reply-repository'
import { insertSubmission, submissionBy, type SubmissionRecord } from './submission-repository'
import { settle, tellApplicant } from './settle'
import { lockSubmission } from './working-set'

export interface SubmitRequest {
  draftId: string
  version: number
  contentHash: string
  commitments: string[]
  idempotencyKey: string
}

/**
 * Submits a draft once: signs exactly what was reviewed, opens a case for each matter and sends out those that wait for nothing.
 * A second tap, a retry after a lost reply and a second device all get the first one's answer.
 * Errors: not_found, idempotency_mismatch, draft_conflict, draft_incomplete, catalogue_changed, and what `requireFresh` throws.
 */
export async function submit(deps: Deps, acting: Acting, request: SubmitRequest, requireFresh: () => void): Promise<SubmitReply> {
  const { draftId, version, contentHash: seen, commitments } = request
  const canonical = canonicalize({ draftId, version, contentHash: seen, commitments }) ?? ''
  const requestHash = createHash('sha256').update(canonical).digest()
  const answered = await answeredBefore(deps.pool, deps, acting, request, requestHash)
  if (answered) return answered
  requireFresh()
  try {
    return await submitNow(deps, acting, request, requestHash)
  } catch (error) {
    // Of several taps at once the first may have submitted while this one was at work: then the draft was gone under it.
    const first = error instanceof Refusal && (await answeredBefore(deps.pool, deps, acting, request, requestHash))
    if (first) return first
    throw error
  }
}

async function submitNow(deps: Deps, acting: Acting, request: SubmitRequest, requestHash: Buffer): Promise<SubmitReply> {
  const { draftId, version, idempotencyKey } = request
  const draft = await readDraft(deps, acting, draftId)
  const submission = signed(deps, acting, request, draft)
  return tx(deps.pool, async (client) => {
    // One at a time per account: the key is looked up and written under the same lock.
    await lockAccounts(client, [acting.accountId])
    const meanwhile = await answeredBefore(client, deps, acting, request, requestHash)
    if (meanwhile) return meanwhile
    const { record: now } = await openDraft(deps, client, acting, draftId, true)
    if (now.version !== version) throw new Refusal('draft_conflict', { current: draft.view })
    await record(client, deps, acting, submission)
    await traceAgent(client, deps, acting, submission)
    const reply = { submissionId: submission.id, receiptCode: submission.receiptCode }
    await storeReply(client, acting.accountId, idempotencyKey, requestHash, reply, deps.now())
    return reply
  })
}

async function answeredBefore(
  db: Queryable,
  deps: Deps,
  acting: Acting,
  request: SubmitRequest,
  requestHash: Buffer
): Promise<SubmitReply | null> {
  const stored = await storedReply(db, acting.accountId, request.idempotencyKey)
  if (stored && !stored.requestHash.equals(requestHash)) throw new Refusal('idempotency_mismatch')
  if (stored) return stored.reply as SubmitReply
  const earlier = await submissionBy(db, deps.vault, { draftId: request.draftId })
  return earlier && (await mayAct(db, acting, { submission: earlier }))
    ? { submissionId: earlier.id, receiptCode: earlier.receiptCode }
    : null
}

/** What was reviewed, complete and signed; refuses anything that is not exactly that. */
function signed(deps: Deps, acting: Acting, request: SubmitRequest, draft: AssembledDraft): SubmissionRecord {
  if (draft.record.version !== request.version) throw new Refusal('draft_conflict', { current: draft.view })
  const { errors, pending } = openPoints(deps, draft)
  if (errors.length || pending.length)
    throw new Refusal('draft_incomplete', { errors, ...(pending.length && { detail: pending.map(({ say }) => say).join('；') }) })
  const reviewed = frozenContent(draft)
  if (contentHash(reviewed) !== request.contentHash) throw new Refusal('catalogue_changed')
  refuseUnticked(reviewed, request.commitments)
  const submittedAt = deps.now()
  const content: SignedContent = { ...reviewed, signedAt: new Date(submittedAt).toISOString() }
  const { privateKey, keyId } = deps.keys.platformSigning
  return {
    id: deps.newId(),
    draftId: request.draftId,
    bundleId: content.bundleId,
    revision: content.revision,
    accountId: acting.accountId,
    subjectId: acting.subjectId,
    ...actedFor(acting, draft.bundle),
    delegationId: acting.delegation?.id ?? null,
    status: 'submitted',
    plan: draft.plan,
    content,
    contentHash: Buffer.from(contentHash(content), 'hex'),
    signature: sign(null, Buffer.from(canonicalize(content) ?? ''), privateKey),
    keyId,
    receiptCode: randomBytes(16).toString('base64url'),
    submittedAt,
    closedAt: null
  }
}

/** The child or company that this is for. A bundle that brings a new one has none yet, also when begun while acting for another. */
const actedFor = ({ role, subjectId }: Acting, { ward, company }: ResolvedBundle) => ({
  wardId: role === 'guardian' && !ward ? subjectId : null,
  companyId: (role === 'legalRepresentative' || role === 'operator') && !company ? subjectId : null
})

function refuseUnticked({ commitments }: ReviewedContent, ticked: string[]): void {
  const missing = commitments.filter(({ id }) => !ticked.includes(id))
  if (!missing.length) return
  const errors = missing.map(({ id, title }) => ({ pointer: `/commitments/${id}`, code: 'required', message: `请阅读并勾选「${title}」` }))
  throw new Refusal('draft_incomplete', { detail: '还有承诺没有勾选', errors })
}

async function record(client: PoolClient, deps: Deps, acting: Acting, submission: SubmissionRecord): Promise<void> {
  await markSubmitted(deps, client, submission.draftId)
  await insertSubmission(client, deps.vault, submission)
  await openCases(client, deps, acting, submission)
  await keepFiles(
    deps,
    client,
    Object.values(submission.content.materials).flatMap(({ files }) => files.map(({ id }) => id))
  )
  await spendReauthentication(client, acting.sessionId)
  const set = await lockSubmission(client, deps, { id: submission.id })
  if (!set) throw new Error('a submission vanished while it was recorded')
  await tellApplicant(client, deps, set, {
    cause: `submitted:${submission.id}`,
    title: `${set.bundle.name}：已提交`,
    body: `一次提交 ${set.cases.length} 件，预计${dayText(submission.plan.finish.day, dayOf(deps.now()))}前全部办完。进度会自动更新。`
  })
  await settle(client, deps, set)
}

/** What a delegate sends in another's name, that person reads in their trace. */
async function traceAgent(client: PoolClient, deps: Deps, acting: Acting, { content }: SubmissionRecord): Promise<void> {
  if (!content.agent) return
  await recordTrace(client, deps, {
    subjectId: acting.subjectId,
    ...(await actorOf(client, deps, acting, acting.subjectId)),
    action: 'send',
    purpose: `凭授权签字提交「${content.bundleName}」`,
    fields: ['提交时签名的全部内容']
  })
}

async function openCases(client: PoolClient, deps: Deps, acting: Acting, submission: SubmissionRecord): Promise<void> {
  const by = await applicantText(client, deps, acting, submission.subjectId)
  const { divisionCode } = deps.catalogue.current().catalogue.city
  const caseNoPrefix = `${divisionCode}-${dayOf(submission.submittedAt).replaceAll('-', '')}-`
  for (const { key, matterId, departmentId } of submission.plan.matters) {
    const { event, state } = open(submission.submittedAt, by)
    const id = deps.newId()
    await insertCase(client, { id, submissionId: submission.id, key, matterId, departmentId, state, caseNoPrefix })
    await appendEvent(client, deps.vault, id, event, state, { sourceId: null, dueAt: null })
    for (const planned of submission.plan.materials.filter(({ neededBy }) => neededBy.some((each) => each.key === key))) {
      const until = submission.content.materials[planned.id]?.deferUntil
      if (until) await insertDeferred(client, { caseId: id, materialId: planned.id, until, suppliedAt: null })
    }
  }
}
