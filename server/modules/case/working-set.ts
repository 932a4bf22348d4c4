import type { PoolClient } from 'pg'
import { resolveBundle } from '../../../catalogue/load'
import type { Matter, ResolvedBundle } from '../../../domain/bundle/types'
import { hasResult } from '../../../domain/case/transition'
import type { FormValues } from '../../../domain/form/types'
import type { CaseNode } from '../../../domain/submission/progress'
import type { Queryable } from '../../db/pool'
import type { Deps } from '../../deps'
import { casesOf, type LoadedCase } from './repository'
import { submissionBy, type SubmissionKey, type SubmissionRecord } from './submission-repository'

/** A submission with all its cases and the very catalogue revision that it was filled against. */
export interface WorkingSet {
  submission: SubmissionRecord
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
  if (!submission) return null
  return { submission, bundle: await resolveFor(deps, submission), cases: await casesOf(db, deps.vault, [submission.id]) }
}

/** The bundle as it was when this submission was signed. */
export async function resolveFor(
  deps: Pick<Deps, 'catalogue'>,
  { revision, bundleId }: Pick<SubmissionRecord, 'revision' | 'bundleId'>
): Promise<ResolvedBundle> {
  const bundle = resolveBundle(await deps.catalogue.at(revision), bundleId)
  if (!bundle) throw new Error(`revision ${revision} has no bundle ${bundleId}`)
  return bundle
}

export function matterOf(bundle: ResolvedBundle, subject: Pick<LoadedCase, 'matterId'>): Matter {
  const matter = bundle.matterOf[subject.matterId]
  if (!matter) throw new Error(`catalogue: ${bundle.id} has no matter ${subject.matterId}`)
  return matter
}

export const departmentName = (bundle: ResolvedBundle, id: string): string => bundle.departmentOf[id]?.name ?? id

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

export function nameOfKey(set: WorkingSet, key: string): string {
  return matterOf(set.bundle, caseByKey(set, key)).name
}

/** What was signed, with what the person corrected since on top. */
export function currentValues({ submission, cases }: WorkingSet): FormValues {
  const corrected = cases
    .flatMap(({ events }) => events)
    .filter(({ data }) => data.values)
    .sort((a, b) => a.at - b.at)
  return corrected.reduce<FormValues>((values, { data }) => ({ ...values, ...data.values }), submission.content.values)
}

/** Whether any prerequisite on record still lacks its result, by name. */
export function waitingFor(set: WorkingSet, key: string): string[] {
  const node = nodesOf(set).find((each) => each.key === key)
  return (node?.after ?? []).filter((before) => !hasResult(caseByKey(set, before).state)).map((before) => nameOfKey(set, before))
}
