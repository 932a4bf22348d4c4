import type { PoolClient } from 'pg'
import type { DispatchedMaterial } from '../../../contract/gateways/departments'
import { transition } from '../../../domain/case/transition'
import type { CorrectionItem } from '../../../domain/case/types'
import type { FieldError, FormValues } from '../../../domain/form/types'
import { dayOf } from '../../../domain/time'
import type { Acting, Deps } from '../../deps'
import { Refusal } from '../../errors'
import { keepFiles, ownFiles } from '../file/service'
import { actAsApplicant } from './advance'
import { checkCorrectedValues } from './corrected-values'
import { markSupplied } from './deferred-repository'
import { sendMessage } from './dispatch'
import { fileLink } from './outgoing-materials'
import { withOwnCase, withOwnSubmission } from './own'
import type { LoadedCase } from './repository'
import { tellApplicant } from './settle'
import { departmentName, materialsOf, matterOf, type WorkingSet } from './working-set'

export interface Correction {
  values: FormValues
  files: Record<string, string[]>
}

/**
 * Answers a correction request, all its items at once and nothing else; the case goes back to pre-review.
 * Errors: not_found, illegal_transition, invalid_fields.
 */
export async function correct(deps: Deps, acting: Acting, caseId: string, correction: Correction): Promise<void> {
  await withOwnCase(deps, acting, caseId, async (client, set, subject) => {
    const items = subject.state.correction?.items ?? []
    const errors = items.length ? [...unmatched(items, correction), ...checkCorrectedValues(set, correction.values, dayOf(deps.now()))] : []
    if (errors.length) throw new Refusal('invalid_fields', { errors })
    await actAsApplicant(client, deps, acting, set, subject, 'corrected', { ...correction })
    const materials = await bring(client, deps, acting, set, subject, correction.files)
    await sendMessage(client, deps, set, subject, { kind: 'correction', values: correction.values, materials })
    await tellOwnAct(client, deps, set, subject, '补正已收到', `已交回${departmentName(set, subject)}继续预审。`)
  })
}

/**
 * Brings a material whose submission was deferred; of a case that still waits for others it goes out together with the case.
 * Errors: not_found, illegal_transition when it is not owed.
 */
export async function supplement(deps: Deps, acting: Acting, caseId: string, materialId: string, fileIds: string[]): Promise<void> {
  await withOwnCase(deps, acting, caseId, async (client, set, subject) => {
    const files = { [materialId]: fileIds }
    await actAsApplicant(client, deps, acting, set, subject, 'supplemented', { values: {}, files, materialId })
    if (!(await markSupplied(client, subject.id, materialId, deps.now())))
      throw new Refusal('illegal_transition', { detail: '这份材料不用补，或已经补过了' })
    const materials = await bring(client, deps, acting, set, subject, files)
    const isSent = subject.state.status !== 'waiting'
    if (isSent) await sendMessage(client, deps, set, subject, { kind: 'supplement', materials })
    const names = materials.map(({ name }) => `「${name}」`).join('、')
    const department = departmentName(set, subject)
    const body = isSent ? `${names}已交给${department}。` : `${names}已收下，轮到这一件时一起送到${department}。`
    await tellOwnAct(client, deps, set, subject, '材料已补交', body)
  })
}

/** Withdraws one case; what waits for it is blocked, the rest goes on. Errors: not_found, illegal_transition. */
export async function withdrawCase(deps: Deps, acting: Acting, caseId: string, reason: string | undefined): Promise<void> {
  await withOwnCase(deps, acting, caseId, async (client, set, subject) => {
    await withdrawOne(client, deps, acting, set, subject, reason)
    await tellOwnAct(client, deps, set, subject, '已撤回', '这一件不再办理。需要时可以重新申请，材料可以再用。')
  })
}

/** Withdraws all that can still be; what has been decided stays as it is. Errors: not_found, illegal_transition when nothing can. */
export async function withdrawSubmission(deps: Deps, acting: Acting, submissionId: string, reason: string | undefined): Promise<void> {
  await withOwnSubmission(deps, acting, submissionId, async (client, set) => {
    const open = set.cases.filter(({ state }) => transition(state, 'withdrawn', 'applicant').ok)
    if (!open.length) throw new Refusal('illegal_transition', { detail: '已经没有可以撤回的办件', allowedActions: [] })
    for (const subject of open) await withdrawOne(client, deps, acting, set, subject, reason)
    await tellApplicant(client, deps, set, {
      cause: `withdrawn:${submissionId}:${deps.now()}`,
      title: `${set.bundle.name}：已撤回`,
      body: `撤回了 ${open.length} 件，已经作出决定的不变。需要时可以重新申请，材料可以再用。`
    })
  })
}

async function withdrawOne(
  client: PoolClient,
  deps: Deps,
  acting: Acting,
  set: WorkingSet,
  subject: LoadedCase,
  reason?: string
): Promise<void> {
  const isSent = subject.state.status !== 'waiting'
  await actAsApplicant(client, deps, acting, set, subject, 'withdrawn', { reason: reason ?? '申请人撤回' })
  if (isSent) await sendMessage(client, deps, set, subject, { kind: 'withdrawal', note: reason ?? null })
}

/** The receipt of what the applicant did to a case (processes.md §1: 已收到、已补齐、撤回回执). */
async function tellOwnAct(
  client: PoolClient,
  deps: Deps,
  set: WorkingSet,
  subject: LoadedCase,
  title: string,
  body: string
): Promise<void> {
  const cause = `${subject.events.at(-1)?.type}:${subject.id}:${subject.state.seq}`
  await tellApplicant(client, deps, set, { cause, title: `${matterOf(set, subject).name}：${title}`, body, caseId: subject.id })
}

/** What was asked for and did not come, and what came and was not asked for. */
function unmatched(items: CorrectionItem[], { values, files }: Correction): FieldError[] {
  const pointerOf = (kind: CorrectionItem['kind'], target: string) => `/${kind === 'field' ? 'values' : 'files'}/${target}`
  const asked = items.map(({ kind, target }) => pointerOf(kind, target))
  const missing = items
    .filter(({ kind, target }) => (kind === 'field' ? values[target] === undefined : !files[target]?.length))
    .map(({ kind, target, mend }) => ({ pointer: pointerOf(kind, target), code: 'required', message: `这一项还没补：${mend}` }))
  const strange = [...Object.keys(values).map((id) => pointerOf('field', id)), ...Object.keys(files).map((id) => pointerOf('material', id))]
    .filter((pointer) => !asked.includes(pointer))
    .map((pointer) => ({ pointer, code: 'not_asked', message: '没有要求补正这一项，请去掉' }))
  return [...missing, ...strange]
}

/** Hands files over for materials of this case; one that was deferred is thereby brought. Errors: not_found, invalid_fields. */
async function bring(
  client: PoolClient,
  deps: Deps,
  acting: Acting,
  set: WorkingSet,
  subject: LoadedCase,
  files: Record<string, string[]>
): Promise<DispatchedMaterial[]> {
  const materials: DispatchedMaterial[] = []
  for (const [id, fileIds] of Object.entries(files)) {
    const planned = materialsOf(set, subject.key).find((each) => each.id === id || each.materialId === id)
    if (!planned) {
      const errors = [{ pointer: `/files/${id}`, code: 'unknown', message: '这一件不需要这份材料，请去掉' }]
      throw new Refusal('invalid_fields', { errors })
    }
    const found = await ownFiles(deps, client, { ...acting, subjectId: set.submission.subjectId }, fileIds)
    await keepFiles(deps, client, fileIds)
    await markSupplied(client, subject.id, planned.id, deps.now())
    materials.push({
      id: planned.materialId,
      name: planned.name,
      how: 'upload',
      licence: null,
      files: found.map((file) => fileLink(deps, subject.caseNo, file))
    })
  }
  return materials
}
