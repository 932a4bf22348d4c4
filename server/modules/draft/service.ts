import type { Static } from 'typebox'
import type { Draft, DraftSummary, FieldObjection, SaveDraft } from '../../../contract/drafts'
import { normaliseAnswers } from '../../../domain/bundle/questions'
import { formProgress } from '../../../domain/form/view'
import { tx, type Queryable } from '../../db/pool'
import type { Acting, Deps } from '../../deps'
import { Refusal } from '../../errors'
import { refuseStrangeChoices } from '../bundle/service'
import { coversBundle } from '../delegation/standing'
import { dropFiles, ownFiles } from '../file/service'
import { withdrawInvitations, withdrawOpenInvitations } from '../invitation/standing'
import { assemble, bundleOf, fileIds, summarise, type AssembledDraft } from './assemble'
import { choiceFaults, shapeFaults, withoutLocked } from './choices'
import type { DraftContent } from './content'
import { endDraft, liveDraft, liveDrafts, updateDraft, type DraftRecord, type OpenedDraft } from './repository'

const dayMs = 86_400_000

/** Whether the draft was begun by this account for the one it acts for; by a delegate, while the delegation covers its bundle. */
export const isOwn = ({ accountId, subjectId, bundleId }: DraftRecord, acting: Acting) =>
  accountId === acting.accountId && subjectId === acting.subjectId && coversBundle(acting, bundleId)

/** When a draft touched now is given up: parameter of the city (processes.md §1: 30 days, demo value). */
export const keptUntil = (deps: Deps) => deps.now() + deps.catalogue.current().catalogue.deadlines.draftKeepDays * dayMs

/** The live draft of the one acting. Errors: not_found. */
export async function openDraft(deps: Deps, db: Queryable, acting: Acting, id: string, lock = false): Promise<OpenedDraft> {
  const opened = await liveDraft(db, deps.vault, id, new Date(deps.now()), lock)
  if (!opened || !isOwn(opened.record, acting)) throw new Refusal('not_found', { detail: '没有找到这份草稿，可能已提交、已删除或已到期' })
  return opened
}

/** The draft with plan and form by the catalogue in force. Errors: not_found, gone. */
export const readDraft = async (deps: Deps, acting: Acting, id: string): Promise<AssembledDraft> =>
  assemble(deps, acting, await openDraft(deps, deps.pool, acting, id))

/** The live drafts for the one acted for, last touched first. */
export async function listDrafts(deps: Deps, acting: Acting): Promise<DraftSummary[]> {
  const records = await liveDrafts(deps.pool, acting.accountId, [acting.subjectId], new Date(deps.now()))
  return records.filter(({ bundleId }) => coversBundle(acting, bundleId)).map((record) => summarise(deps, record))
}

/**
 * Saves what came, leaving the rest as it was: `values` and `materials` are merged key by key, `answers` and `picks` replaced.
 * All of it is saved or nothing. Errors: not_found, draft_conflict with the draft as it is now, invalid_fields.
 */
export async function saveDraft(deps: Deps, acting: Acting, id: string, save: SaveDraft): Promise<Draft> {
  const before = await openDraft(deps, deps.pool, acting, id)
  if (before.record.version !== save.version) throw await conflict(deps, acting, id)
  const { revision, bundle } = bundleOf(deps, before.record)
  refuseStrangeChoices(bundle, { answers: save.answers ?? {}, picks: save.picks ?? [] })
  refuseFaults(shapeFaults(bundle, save))
  const { record, content } = before
  const merged: DraftContent = {
    answers: normaliseAnswers(bundle, save.answers ?? content.answers),
    picks: save.picks ?? content.picks,
    values: { ...content.values, ...save.values },
    materials: { ...content.materials, ...save.materials },
    objections: content.objections
  }
  await ownFiles(
    deps,
    deps.pool,
    acting,
    Object.values(save.materials ?? {}).flatMap(({ files }) => files)
  )
  const next = { ...record, revision, step: save.step ?? record.step }
  const worked = await assemble(deps, acting, { record: next, content: merged })
  refuseFaults(choiceFaults(worked, save))
  return write(deps, acting, worked, { ...merged, values: withoutLocked(merged.values, worked.form) })
}

/** Says that a locked field is wrong; what the person claims goes to the source's department with the case. Errors: see saveDraft. */
export async function objectToField(
  deps: Deps,
  acting: Acting,
  id: string,
  { fieldId, claim }: Static<typeof FieldObjection>
): Promise<Draft> {
  const { record, content, form, revision } = await readDraft(deps, acting, id)
  const field = form.groups.flatMap((group) => group.fields).find((each) => each.id === fieldId)
  const refusal = (code: string, message: string) => new Refusal('invalid_fields', { errors: [{ pointer: '/fieldId', code, message }] })
  if (!field) throw refusal('unknown', `这张表单里没有「${fieldId}」这一项，请刷新后再试`)
  if (!field.locked) throw refusal('not_locked', `「${field.label}」可以直接改，请直接填写正确的内容`)
  const objections = { ...content.objections, [fieldId]: claim }
  const worked = await assemble(deps, acting, { record: { ...record, revision }, content: { ...content, objections } })
  return write(deps, acting, worked, worked.content)
}

async function write(deps: Deps, acting: Acting, worked: AssembledDraft, content: DraftContent): Promise<Draft> {
  const next: DraftRecord = {
    ...worked.record,
    ...formProgress(worked.form),
    version: worked.record.version + 1,
    updatedAt: deps.now(),
    expiresAt: keptUntil(deps)
  }
  if (!(await updateDraft(deps.pool, deps.vault, next, content))) throw await conflict(deps, acting, next.id)
  return { ...worked.view, ...summarise(deps, next) }
}

async function conflict(deps: Deps, acting: Acting, id: string): Promise<Refusal> {
  const { view } = await readDraft(deps, acting, id)
  return new Refusal('draft_conflict', { detail: '另一台设备或另一个页面刚保存过，请看看两边的不同再决定', current: view })
}

function refuseFaults(errors: { pointer: string; code: string; message: string }[]): void {
  if (errors.length > 0) throw new Refusal('invalid_fields', { errors })
}

/** Gives a draft up: its content, its files and its open invitations go with it. Errors: not_found. */
export async function discardDraft(deps: Deps, acting: Acting, id: string): Promise<void> {
  const files = await tx(deps.pool, async (db) => {
    await openDraft(deps, db, acting, id, true)
    return giveUp(deps, db, id, 'discarded')
  })
  await dropFiles(deps, files)
}

/** Ends a draft in the caller's transaction and takes its invitations back; answers the files it leaves, to be dropped afterwards. */
export async function giveUp(deps: Deps, db: Queryable, id: string, as: 'discarded' | 'expired'): Promise<string[]> {
  const ended = await endDraft(db, deps.vault, id, as)
  if (!ended) return []
  await withdrawInvitations(db, id)
  return fileIds(ended.content)
}

/**
 * Turns a live draft into a submission's past, in the submission's transaction: invitations that nobody answered are taken back.
 * The submission keeps the files that it was signed with; what else was uploaded is swept. False when it is no longer live.
 */
export async function markSubmitted(deps: Deps, db: Queryable, id: string): Promise<boolean> {
  const ended = await endDraft(db, deps.vault, id, 'submitted')
  if (!ended) return false
  await withdrawOpenInvitations(db, id)
  return true
}
