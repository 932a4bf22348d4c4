import type { PoolClient } from 'pg'
import { resolveBundle, type Catalogue } from '../../../catalogue/load'
import type { HolderRole, Matter, ResolvedBundle } from '../../../domain/bundle/types'
import { hasResult } from '../../../domain/case/transition'
import type { FormValues } from '../../../domain/form/types'
import type { CaseNode } from '../../../domain/submission/progress'
import type { Queryable } from '../../db/pool'
import type { Deps } from '../../deps'
import { ownerOf } from '../identity/subjects'
import { casesOf, type LoadedCase } from './repository'
import { submissionBy, type SubmissionKey, type SubmissionRecord } from './submission-repository'

/** A submission with all its cases and the very catalogue revision that it was filled against. */
export interface WorkingSet {
  submission: SubmissionRecord
  catalogue: Catalogue
  bundle: ResolvedBundle
  cases: LoadedCase[]
}

/** Loads a submission to be changed, keeping everybody else from its cases until the transaction ends; null when there is none. */
export async function lockSubmission(client: PoolClient, deps: Deps, key: SubmissionKey): Promise<WorkingSet | null> {
  return load(client, deps, await submissionBy(client, deps.vault, key, true))
}

export async function readSubmissionSet(db: Queryable, deps: Deps, key: SubmissionKey): Promise<WorkingSet | null> {
  return load(db, deps, await submissionBy(db, deps.vault, key))
}

async function load(db: Queryable, deps: Deps, submission: SubmissionRecord | null): Promise<WorkingSet | null> {
  return submission && workingSet(db, deps, submission, await casesOf(db, deps.vault, [submission.id]))
}

/** Puts a submission and its cases together with the bundle as it was when signed. */
export async function workingSet(
  db: Queryable,
  deps: Pick<Deps, 'catalogue'>,
  submission: SubmissionRecord,
  cases: LoadedCase[]
): Promise<WorkingSet> {
  const catalogue = await deps.catalogue.at(submission.revision, db)
  const bundle = resolveBundle(catalogue, submission.bundleId)
  if (!bundle) throw new Error(`revision ${submission.revision} has no bundle ${submission.bundleId}`)
  return { submission, catalogue, bundle, cases }
}

export function matterOf({ bundle }: WorkingSet, { matterId }: Pick<LoadedCase, 'matterId'>): Matter {
  const matter = bundle.matterOf[matterId]
  if (!matter) throw new Error(`catalogue: ${bundle.id} has no matter ${matterId}`)
  return matter
}

export const departmentName = ({ bundle }: WorkingSet, { departmentId }: Pick<LoadedCase, 'departmentId'>): string =>
  bundle.departmentOf[departmentId]?.name ?? departmentId

/** The cases as nodes of the bundle's picture: prerequisites are those of the plan that was signed. */
export function nodesOf({ submission, cases }: WorkingSet): CaseNode[] {
  const after = new Map(submission.plan.matters.map(({ key, after: before }) => [key, before]))
  return cases.map(({ key, state }) => ({ key, after: after.get(key) ?? [], state }))
}

export function caseByKey({ cases }: WorkingSet, key: string): LoadedCase {
  const found = cases.find((each) => each.key === key)
  if (!found) throw new Error(`no case ${key}`)
  return found
}

export const nameOfKey = (set: WorkingSet, key: string): string => matterOf(set, caseByKey(set, key)).name

/** The materials that one node of the bundle needs, as planned when signed. */
export const materialsOf = ({ submission }: WorkingSet, key: string): WorkingSet['submission']['plan']['materials'] =>
  submission.plan.materials.filter(({ neededBy }) => neededBy.some((each) => each.key === key))

/** The top-level fields of the form that one node of the bundle needs. */
export const fieldsOf = ({ bundle }: WorkingSet, key: string): ResolvedBundle['form'][number]['fields'] =>
  bundle.form.flatMap(({ fields }) => fields).filter((field) => field.for.includes(key))

/** What was signed, with what the person corrected since on top. */
export function currentValues({ submission, cases }: WorkingSet): FormValues {
  const corrected = cases
    .flatMap(({ events }) => events)
    .filter(({ data }) => data.values)
    .sort((a, b) => a.at - b.at)
  return corrected.reduce<FormValues>((values, { data }) => ({ ...values, ...data.values }), submission.content.values)
}

/** Which prerequisites on record still lack their result, by name. */
export function waitingFor(set: WorkingSet, key: string): string[] {
  const node = nodesOf(set).find((each) => each.key === key)
  return (node?.after ?? []).filter((before) => !hasResult(caseByKey(set, before).state)).map((before) => nameOfKey(set, before))
}

/**
 * The applicant of a submission: the person who submitted, also when acting for a company or a child; of what a proxy submitted, the one
 * in whose place.
 */
export async function applicantOf(db: Queryable, { accountId, subjectId, delegationId }: SubmissionRecord): Promise<string> {
  if (delegationId === null) return ownerOf(db, accountId)
  const { rowCount } = await db.query("select 1 from delegation where id = $1 and role = 'proxy'", [delegationId])
  return rowCount ? subjectId : ownerOf(db, accountId)
}

/**
 * Whom a holder role means in a submission.
 * Another party's licence only ever comes by consent; an exempt one of theirs is the applicant's own, who filled in himself.
 * Null while the child or the company is not there yet.
 */
export async function holderOf(db: Queryable, { submission }: WorkingSet, role: HolderRole): Promise<string | null> {
  if (role === 'ward') return submission.wardId
  if (role === 'company') return submission.companyId
  return applicantOf(db, submission)
}
