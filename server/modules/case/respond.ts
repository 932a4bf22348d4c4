import type { PoolClient } from 'pg'
import type { DispatchedMaterial } from '../../../contract/gateways/departments'
import { transition } from '../../../domain/case/transition'
import type { CaseEventType, CorrectionItem } from '../../../domain/case/types'
import { maskName } from '../../../domain/identifier/mask'
import type { FieldError, FormValues } from '../../../domain/form/types'
import { dayOf } from '../../../domain/time'
import { tx } from '../../db/pool'
import type { Acting, Deps } from '../../deps'
import { Refusal } from '../../errors'
import { keepFiles, ownFiles } from '../file/service'
import { readSubject } from '../identity/subjects'
import { announce } from '../live/service'
import { advanceCase } from './advance'
import { checkCorrectedValues } from './corrected-values'
import { fileLink, sendMessage } from './dispatch'
import { markSupplied } from './deferred-repository'
import { submissionOfCase, type LoadedCase } from './repository'
import { settle } from './settle'
import { lockSubmission, matterOf, type WorkingSet } from './working-set'

export interface Correction {
  values: FormValues
  files: Record<string, string[]>
}

/** Answers a correction request, all its items at once; the case goes back to pre-review. Errors: not_found, illegal_transition, invalid_fields. */
export async function correct(deps: Deps, acting: Acting, caseId: string, correction: Correction): Promise<void> {
  await withOwnCase(deps, acting, { caseId }, async (client, set, subject) => {
    const items = subject.state.correction?.items
    if (!items) throw new Refusal('illegal_transition', { detail: '这一件现在没有要补正的' })
    const errors = [...missingItems(items, correction), ...checkCorrectedValues(set, correction.values, dayOf(deps.now()))]
    if (errors.length) throw new Refusal('invalid_fields', { errors })
    const materials = await broughtMaterials(client, deps, acting, set, correction.files)
    await happen(client, deps, set, subject, 'corrected', correction)
    await sendMessage(client, deps, set, subject, { kind: 'correction', values: correction.values, materials, note: null })
  })
}

/** Brings a material whose submission was deferred. Errors: not_found, illegal_transition. */
export async function supplement(deps: Deps, acting: Acting, caseId: string, materialId: string, fileIds: string[]): Promise<void> {
  await withOwnCase(deps, acting, { caseId }, async (client, set, subject) => {
    const files = { [materialId]: fileIds }
    const materials = await broughtMaterials(client, deps, acting, set, files)
    await happen(client, deps, set, subject, 'supplemented', { values: {}, files, materialId })
    if (!(await markSupplied(client, subject.id, materialId, deps.now())))
      throw new Refusal('illegal_transition', { detail: '这份材料不用补，或已经补过了' })
    await sendMessage(client, deps, set, subject, { kind: 'supplement', values: {}, materials, note: null })
  })
}

/** Withdraws one case; what waits for it is blocked, the rest goes on. Errors: not_found, illegal_transition. */
export async function withdrawCase(deps: Deps, acting: Acting, caseId: string, reason: string | undefined): Promise<void> {
  await withOwnCase(deps, acting, { caseId }, (client, set, subject) => withdrawOne(client, deps, set, subject, reason))
}

/** Withdraws all that can still be; what has been decided stays as it is. Errors: not_found, illegal_transition when nothing can. */
export async function withdrawSubmission(deps: Deps, acting: Acting, submissionId: string, reason: string | undefined): Promise<void> {
  await withOwn(deps, acting, submissionId, async (client, set) => {
    const open = set.cases.filter(({ state }) => transition(state, 'withdrawn', 'applicant').ok)
    if (!open.length) throw new Refusal('illegal_transition', { detail: '已经没有可以撤回的办件' })
    for (const subject of open) await withdrawOne(client, deps, set, subject, reason)
  })
}

async function withdrawOne(
  client: PoolClient,
  deps: Deps,
  set: WorkingSet,
  subject: LoadedCase,
  reason: string | undefined
): Promise<void> {
  const sent = subject.state.status !== 'waiting'
  await happen(client, deps, set, subject, 'withdrawn', { reason: reason ?? '申请人撤回' })
  if (sent) await sendMessage(client, deps, set, subject, { kind: 'withdrawal', values: {}, materials: [], note: reason ?? null })
}

async function happen(
  client: PoolClient,
  deps: Deps,
  set: WorkingSet,
  subject: LoadedCase,
  type: CaseEventType,
  data: Partial<Correction> & { reason?: string; materialId?: string }
): Promise<void> {
  const applicant = await readSubject(client, deps, set.submission.subjectId)
  await advanceCase(client, deps, subject, matterOf(set.bundle, subject), {
    type,
    at: deps.now(),
    actor: 'applicant',
    by: maskName(applicant.name),
    data
  })
}

/** Runs `act` on an own case under the submission's lock, then settles the whole. */
export async function withOwnCase(
  deps: Deps,
  acting: Acting,
  { caseId }: { caseId: string },
  act: (client: PoolClient, set: WorkingSet, subject: LoadedCase) => Promise<void>
): Promise<void> {
  const found = await submissionOfCase(deps.pool, { id: caseId })
  if (!found) throw new Refusal('not_found')
  await withOwn(deps, acting, found.submissionId, async (client, set) => {
    const subject = set.cases.find(({ id }) => id === caseId)
    if (!subject) throw new Refusal('not_found')
    await act(client, set, subject)
    await announce(client, [acting.accountId], { kind: 'case', id: caseId })
  })
}

async function withOwn(
  deps: Deps,
  acting: Acting,
  submissionId: string,
  act: (client: PoolClient, set: WorkingSet) => Promise<void>
): Promise<void> {
  await tx(deps.pool, async (client) => {
    const set = await lockSubmission(client, deps, { id: submissionId })
    if (!set || !mayAct(acting, set)) throw new Refusal('not_found')
    await act(client, set)
    await settle(client, deps, set)
  })
}

/** Only the account that submitted, and only while acting for the subject it submitted for, or for oneself. */
export const mayAct = (acting: Acting, { submission }: Pick<WorkingSet, 'submission'>): boolean =>
  submission.accountId === acting.accountId && (acting.role === 'self' || acting.subjectId === submission.subjectId)

function missingItems(items: CorrectionItem[], { values, files }: Correction): FieldError[] {
  return items
    .filter(({ kind, target }) => (kind === 'field' ? values[target] === undefined : !files[target]?.length))
    .map(({ kind, target, mend }) => ({
      pointer: kind === 'field' ? `/values/${target}` : `/files/${target}`,
      code: 'required',
      message: `这一项还没补：${mend}`
    }))
}

async function broughtMaterials(
  client: PoolClient,
  deps: Deps,
  acting: Acting,
  set: WorkingSet,
  files: Record<string, string[]>
): Promise<DispatchedMaterial[]> {
  const materials: DispatchedMaterial[] = []
  for (const [id, fileIds] of Object.entries(files)) {
    const planned = set.submission.plan.materials.find((each) => each.id === id || each.materialId === id)
    if (!planned)
      throw new Refusal('invalid_fields', {
        errors: [{ pointer: `/files/${id}`, code: 'unknown', message: '这件事不需要这份材料，请去掉' }]
      })
    const found = await ownFiles(deps, client, { ...acting, subjectId: set.submission.subjectId }, fileIds)
    await keepFiles(deps, client, fileIds)
    materials.push({
      id: planned.materialId,
      name: planned.name,
      how: 'upload',
      licence: null,
      files: found.map((file) => fileLink(deps, file))
    })
  }
  return materials
}
