import type { Deps } from '../../deps'
import { Refusal } from '../../errors'
import { submissionOfCase, type LoadedCase } from './repository'
import { departmentName, materialsOf, matterOf, readSubmissionSet, type WorkingSet } from './working-set'

/** For whom a file of a case leaves, as its owner will read it. */
interface SentFile {
  departmentName: string
  matterName: string
}

/**
 * Makes sure that a file was sent to this department with this very case: uploaded for one of its materials when submitting, or brought
 * by a correction or later for this case. Not before the case was sent, and not any more once it was withdrawn.
 * Errors: not_found; forbidden for another department's case.
 */
export async function sentFile(deps: Deps, departmentId: string, caseNo: string, fileId: string): Promise<SentFile> {
  const found = await submissionOfCase(deps.pool, { caseNo })
  const set = found && (await readSubmissionSet(deps.pool, deps, { id: found.submissionId }))
  const subject = set?.cases.find(({ id }) => id === found?.caseId)
  if (!set || !subject) throw new Refusal('not_found', { detail: `没有办件 ${caseNo}` })
  if (subject.departmentId !== departmentId) throw new Refusal('forbidden', { detail: '这不是你部门的办件' })
  if (notThere.includes(subject.state.status) || !filesOf(set, subject).includes(fileId))
    throw new Refusal('not_found', { detail: '这一件没有送过这个文件' })
  return { departmentName: departmentName(set, subject), matterName: matterOf(set, subject).name }
}

const notThere: readonly LoadedCase['state']['status'][] = ['waiting', 'blocked', 'withdrawn']

function filesOf(set: WorkingSet, { key, events }: LoadedCase): string[] {
  const signed = materialsOf(set, key).flatMap(({ id }) => set.submission.content.materials[id]?.files.map((file) => file.id) ?? [])
  return [...signed, ...events.flatMap(({ data }) => Object.values(data.files ?? {}).flat())]
}
