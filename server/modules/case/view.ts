import type { CaseSummary, ClockView, Submission, SubmissionSummary } from '../../../contract/submissions'
import type { Matter } from '../../../domain/bundle/types'
import { allowedActions, isClosed } from '../../../domain/case/transition'
import { nextStepText, statusText } from '../../../domain/case/words'
import { clock } from '../../../domain/clock/clock'
import { addWorkdays } from '../../../domain/calendar/workday'
import { maskName } from '../../../domain/identifier/mask'
import { submissionStatusText } from '../../../domain/submission/progress'
import { addDays, dayOf, instantOf } from '../../../domain/time'
import type { Deps } from '../../deps'
import type { SubjectRecord } from '../identity/subjects'
import { clockInput } from './clock-input'
import type { DeferredMaterial } from './deferred-repository'
import type { LoadedCase } from './repository'
import { departmentName, matterOf, nameOfKey, nodesOf, waitingFor, type WorkingSet } from './working-set'

const calendarName = '国务院放假安排'
const iso = (instant: number) => new Date(instant).toISOString()
const isoOrNull = (instant: number | null) => (instant === null ? null : iso(instant))

/** Until when a finished case can be rated; null before it is finished. */
export function ratingUntil(deps: Deps, subject: Pick<LoadedCase, 'state'>): number | null {
  const { closedAt, status } = subject.state
  if (closedAt === null || (status !== 'done' && status !== 'archived')) return null
  return instantOf(addDays(addWorkdays(dayOf(closedAt), deps.catalogue.current().catalogue.ratings.openWorkdays, deps.calendar), 1))
}

export function clockView(deps: Deps, { state }: Pick<LoadedCase, 'state'>, matter: Matter): ClockView {
  const input = clockInput(state, matter, deps.calendar)
  const base = { promisedDays: matter.limit.promised, calendar: matter.limit.unit === 'natural' ? '自然日' : calendarName }
  if (!input)
    return {
      ...base,
      used: 0,
      remaining: matter.limit.promised ?? 0,
      dueAt: null,
      state: 'notStarted',
      light: null,
      paused: null,
      estimated: false
    }
  const now = clock(input, deps.now(), deps.calendar, deps.catalogue.current().catalogue.clock)
  const stop = state.status === 'paused' ? state.stops[state.stops.length - 1] : undefined
  return {
    ...base,
    used: now.used,
    remaining: Math.max(now.remaining, 0),
    dueAt: iso(now.dueAt),
    state: now.state,
    light: isClosed(state.status) ? null : now.light,
    paused: stop
      ? { reason: stop.reason, since: iso(stop.from), expectedDay: addWorkdays(dayOf(stop.from), stop.expectedDays, deps.calendar) }
      : null,
    estimated: now.estimated
  }
}

export function caseSummary(deps: Deps, set: WorkingSet, subject: LoadedCase, deferred: DeferredMaterial[]): CaseSummary {
  const matter = matterOf(set.bundle, subject)
  const owed = deferred.filter((each) => each.caseId === subject.id && each.suppliedAt === null)
  const until = ratingUntil(deps, subject)
  const blockedBy = subject.events.find(({ type }) => type === 'blocked')?.data.blockedBy ?? null
  const department = departmentName(set.bundle, subject.departmentId)
  return {
    id: subject.id,
    caseNo: subject.caseNo,
    key: subject.key,
    matterName: matter.name,
    departmentName: department,
    status: subject.state.status,
    statusText: subject.state.status === 'done' && subject.state.outcome === 'disapprove' ? '不予办理' : statusText[subject.state.status],
    after: nodesOf(set).find(({ key }) => key === subject.key)?.after ?? [],
    clock: clockView(deps, subject, matter),
    nextStep: nextStepText(subject.state, {
      department,
      waitingFor: waitingFor(set, subject.key),
      blockedBy: blockedBy && nameOfKey(set, blockedBy),
      stillDeferred: owed.map(({ materialId }) => materialName(set, materialId))
    }),
    blockedBy: blockedBy && nameOfKey(set, blockedBy),
    result: subject.state.result ?? null,
    allowedActions: allowedActions(subject.state, {
      supplement: owed.length > 0,
      rate: !subject.state.rated && until !== null && deps.now() < until
    }),
    rated: subject.state.rated
  }
}

export const materialName = ({ submission, bundle }: WorkingSet, id: string): string =>
  submission.plan.materials.find((each) => each.id === id || each.materialId === id)?.name ?? bundle.materialOf[id]?.name ?? id

export function submissionSummary(deps: Deps, set: WorkingSet, deferred: DeferredMaterial[], subject: SubjectRecord): SubmissionSummary {
  const { submission, bundle } = set
  const cases = set.cases.map((each) => caseSummary(deps, set, each, deferred))
  const waitingForMe = cases.flatMap((each) => waiting(deps, set, each, deferred))
  return {
    id: submission.id,
    bundleId: submission.bundleId,
    bundleName: bundle.name,
    subjectId: submission.subjectId,
    maskedSubjectName: subject.kind === 'legal_person' ? subject.name : maskName(subject.name),
    status: submission.status,
    statusText: submissionStatusText[submission.status],
    submittedAt: iso(submission.submittedAt),
    done: cases.filter(({ status }) => isClosed(status)).length,
    total: cases.length,
    light: (['red', 'yellow', 'green'] as const).find((light) => cases.some((each) => each.clock.light === light)) ?? null,
    nextStep: nextStep(submission.closedAt !== null, waitingForMe, cases),
    waitingForMe
  }
}

function waiting(deps: Deps, set: WorkingSet, summary: CaseSummary, deferred: DeferredMaterial[]): SubmissionSummary['waitingForMe'] {
  const { id: caseId, matterName, allowedActions: actions } = summary
  const state = set.cases.find((each) => each.id === caseId)?.state
  const result: SubmissionSummary['waitingForMe'] = []
  if (actions.includes('correct'))
    result.push({
      caseId,
      action: 'correct',
      say: `${matterName}：请补正 ${state?.correction?.items.length ?? 0} 处`,
      dueAt: isoOrNull(state?.correction?.dueAt ?? null)
    })
  if (actions.includes('supplement')) {
    const owed = deferred.filter((each) => each.caseId === caseId && each.suppliedAt === null)
    result.push({
      caseId,
      action: 'supplement',
      say: `${matterName}：请补交${owed.map(({ materialId }) => materialName(set, materialId)).join('、')}`,
      dueAt: owed[0] ? iso(instantOf(owed[0].until, '23:59')) : null
    })
  }
  if (actions.includes('rate')) {
    const until = state ? ratingUntil(deps, { state }) : null
    result.push({ caseId, action: 'rate', say: `${matterName}办好了，说说办得怎么样`, dueAt: isoOrNull(until) })
  }
  return result
}

function nextStep(closed: boolean, waitingForMe: SubmissionSummary['waitingForMe'], cases: CaseSummary[]): string {
  const urgent = waitingForMe.find(({ action }) => action !== 'rate')
  if (urgent) return urgent.say
  if (closed) return '已全部收口，结果都在下面。'
  const open = cases.filter(({ status }) => !isClosed(status) && status !== 'waiting')
  return open.length
    ? `${[...new Set(open.map(({ departmentName: name }) => name))].join('、')}正在办，不用你做什么。`
    : '正在送往部门，不用你做什么。'
}

export function submissionView(
  deps: Deps,
  set: WorkingSet,
  deferred: DeferredMaterial[],
  subjects: { subject: SubjectRecord; ward: SubjectRecord | null }
): Submission {
  const { submission } = set
  const summary = submissionSummary(deps, set, deferred, subjects.subject)
  const cases = set.cases.map((each) => caseSummary(deps, set, each, deferred))
  return {
    ...summary,
    catalogueRevision: submission.revision,
    receiptCode: submission.receiptCode,
    cases,
    edges: submission.plan.edges,
    promisedDay: submission.plan.promise.day,
    finishDay: submission.plan.finish.day,
    estimated: submission.plan.finish.estimated,
    allowedActions: cases.some(({ allowedActions: actions }) => actions.includes('withdraw')) ? ['withdraw'] : [],
    ward: subjects.ward && { subjectId: subjects.ward.id, maskedName: maskName(subjects.ward.name) }
  }
}
