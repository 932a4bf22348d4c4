import type { CaseAction, CaseSummary, ClockView, Submission, SubmissionSummary } from '../../../contract/submissions'
import { isClosed } from '../../../domain/case/transition'
import { nextStepText, statusText, systemTroubleText } from '../../../domain/case/words'
import { clock } from '../../../domain/clock/clock'
import { addWorkdays } from '../../../domain/calendar/workday'
import { submissionStatusText } from '../../../domain/submission/progress'
import { dayOf, instantOf } from '../../../domain/time'
import type { Deps } from '../../deps'
import { shownName, type SubjectRecord } from '../identity/subjects'
import { ownActions, owedBy, ratingUntil } from './actions'
import { clockInput } from './clock-input'
import type { DeferredMaterial } from './deferred-repository'
import type { LoadedCase } from './repository'
import { departmentName, matterOf, nameOfKey, nodesOf, waitingFor, type WorkingSet } from './working-set'

const calendarName = '国务院放假安排'
const iso = (instant: number) => new Date(instant).toISOString()
const isoOrNull = (instant: number | null) => (instant === null ? null : iso(instant))

/** Where a case stands by its promised time, for showing. */
function clockView(deps: Deps, set: WorkingSet, subject: LoadedCase): ClockView {
  const { state } = subject
  const matter = matterOf(set, subject)
  const { limit } = matter
  const input = clockInput(state, matter, deps.calendar)
  const base = { promisedDays: limit.promised, calendar: limit.unit === 'natural' ? '自然日' : calendarName }
  if (!input)
    return {
      ...base,
      used: 0,
      remaining: limit.promised ?? 0,
      dueAt: null,
      state: 'notStarted',
      light: null,
      paused: null,
      estimated: false
    }
  const now = clock(input, deps.now(), deps.calendar, set.catalogue.clock)
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
  const { state } = subject
  const blockedBy = subject.events.find(({ type }) => type === 'blocked')?.data.blockedBy
  const blocker = blockedBy === undefined ? null : nameOfKey(set, blockedBy)
  const department = departmentName(set, subject)
  return {
    id: subject.id,
    caseNo: subject.caseNo,
    key: subject.key,
    matterName: matterOf(set, subject).name,
    departmentName: department,
    status: state.status,
    statusText: state.status === 'done' && state.outcome === 'disapprove' ? '不予办理' : statusText[state.status],
    after: nodesOf(set).find(({ key }) => key === subject.key)?.after ?? [],
    clock: clockView(deps, set, subject),
    nextStep: nextStepText(state, {
      department,
      waitingFor: waitingFor(set, subject.key),
      blockedBy: blocker,
      refusedBySystem: subject.refusedBySystem,
      stillDeferred: owedBy(subject, deferred).map(({ materialId }) => materialName(set, materialId))
    }),
    blockedBy: blocker,
    result: state.result ?? null,
    allowedActions: ownActions(deps, set, subject, deferred),
    rated: state.rated
  }
}

export const materialName = ({ submission, bundle }: WorkingSet, id: string): string =>
  submission.plan.materials.find((each) => each.id === id || each.materialId === id)?.name ?? bundle.materialOf[id]?.name ?? id

export const submissionSummary = (deps: Deps, set: WorkingSet, deferred: DeferredMaterial[], subject: SubjectRecord): SubmissionSummary =>
  summarise(deps, set, deferred, subject).summary

export function submissionView(
  deps: Deps,
  set: WorkingSet,
  deferred: DeferredMaterial[],
  subjects: { subject: SubjectRecord; ward: SubjectRecord | null }
): Submission {
  const { submission } = set
  const { summary, cases } = summarise(deps, set, deferred, subjects.subject)
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
    ward: subjects.ward && { subjectId: subjects.ward.id, maskedName: shownName(subjects.ward) }
  }
}

function summarise(
  deps: Deps,
  set: WorkingSet,
  deferred: DeferredMaterial[],
  subject: SubjectRecord
): { summary: SubmissionSummary; cases: CaseSummary[] } {
  const { submission, bundle } = set
  const cases = set.cases.map((each) => caseSummary(deps, set, each, deferred))
  const waitingForMe = set.cases.flatMap((each) => waiting(deps, set, each, deferred))
  const summary: SubmissionSummary = {
    id: submission.id,
    bundleId: submission.bundleId,
    bundleName: bundle.name,
    subjectId: submission.subjectId,
    maskedSubjectName: shownName(subject),
    status: submission.status,
    statusText: submissionStatusText[submission.status],
    submittedAt: iso(submission.submittedAt),
    done: cases.filter(({ status }) => isClosed(status)).length,
    total: cases.length,
    light: (['red', 'yellow', 'green'] as const).find((light) => cases.some(({ clock }) => clock.light === light && !clock.paused)) ?? null,
    nextStep: nextStep(submission.closedAt !== null, waitingForMe, cases),
    waitingForMe
  }
  return { summary, cases }
}

/** What a case asks of the applicant, each with the moment until which it can be done. */
function waiting(deps: Deps, set: WorkingSet, subject: LoadedCase, deferred: DeferredMaterial[]): SubmissionSummary['waitingForMe'] {
  const { name } = matterOf(set, subject)
  const { correction } = subject.state
  const owed = owedBy(subject, deferred)
  const says: Record<CaseAction, { say: string; dueAt: string | null } | null> = {
    correct: { say: `${name}：请补正 ${correction?.items.length ?? 0} 处`, dueAt: isoOrNull(correction?.dueAt ?? null) },
    supplement: {
      say: `${name}：请补交${owed.map(({ materialId }) => materialName(set, materialId)).join('、')}`,
      dueAt: owed[0] ? iso(instantOf(owed[0].until, '23:59')) : null
    },
    rate: { say: `${name}办好了，说说办得怎么样`, dueAt: isoOrNull(ratingUntil(deps, set, subject)) },
    withdraw: null
  }
  return ownActions(deps, set, subject, deferred).flatMap((action) => {
    const said = says[action]
    return said ? [{ caseId: subject.id, action, ...said }] : []
  })
}

function nextStep(closed: boolean, waitingForMe: SubmissionSummary['waitingForMe'], cases: CaseSummary[]): string {
  const urgent = waitingForMe.find(({ action }) => action !== 'rate')
  if (urgent) return urgent.say
  if (closed) return '已全部收口，结果都在下面。'
  const open = cases.filter(({ status }) => !isClosed(status) && status !== 'waiting')
  if (open.some(({ nextStep: say }) => say === systemTroubleText)) return systemTroubleText
  return open.length
    ? `${[...new Set(open.map(({ departmentName: name }) => name))].join('、')}正在办，不用你做什么。`
    : '正在送往部门，不用你做什么。'
}
