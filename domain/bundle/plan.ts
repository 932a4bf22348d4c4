import { receiptDay } from '../calendar/workday'
import type { WorkCalendar } from '../calendar/types'
import type { ClockParameters } from '../clock/parameters'
import type { Facts } from '../condition/evaluate'
import { evaluate, evaluateOptional } from '../condition/evaluate'
import { factsOf } from '../condition/facts'
import type { Answers } from '../condition/types'
import { collect } from '../lists'
import type { Holding } from '../licence/types'
import { daysBetween } from '../time'
import type { Instant } from '../time'
import { applicabilityOf } from './applicability'
import type { Applicability } from './applicability'
import { layersOf, longestInto, longestPath, prune } from './graph'
import type { ConsentAnswer } from './material-state'
import { materialsOf } from './materials'
import type { Plan, PlanExcluded, PlanMatter, PlanVerdict } from './plan-types'
import { normaliseAnswers, unansweredQuestions } from './questions'
import { savingsOf } from './savings'
import { scheduleOf, spanTo } from './schedule'
import type { MatterDays, ScheduledMatter } from './schedule'
import type { HolderRole, ResolvedBundle } from './types'

/** 算方案的情况：除答案以外的一切都从外面给，同样的输入总得同样的方案。 */
export interface PlanInput {
  answers: Answers
  /** 勾选的可选事项（bundle.matters[].key） */
  picks: string[]
  /** 查到的证照；null 为没有登录、还没查 */
  holdings: Holding[] | null
  /** 已知证件号、可以去查其证照与共享数据的持有人；缺省为没有登录、还不知道 */
  knownHolders?: HolderRole[]
  /** 提交（或设想提交）的时刻 */
  now: Instant
  calendar: WorkCalendar
  parameters: ClockParameters
  /** 已有答复的持有人同意：材料码 → 答复；缺省为都没有答复 */
  consents?: Record<string, ConsentAnswer>
  /** 这次没能取到的共享数据或证照：材料码；缺省为都取得到 */
  unavailable?: string[]
  /** 申请人在失信名单内，不可选告知承诺；缺省为否 */
  promiseBarred?: boolean
}

const usableTypes = (holdings: Holding[] | null) =>
  holdings?.filter(holding => holding.status === 'valid' || holding.status === 'expiring').map(holding => holding.licenceType)

function scheduledOf(bundle: ResolvedBundle, decisions: Applicability[], facts: Facts): ScheduledMatter[] {
  const kept = new Set(decisions.filter(({ state }) => state === 'applies').map(({ node }) => node.key))
  const items: ScheduledMatter[] = []
  for (const node of prune(bundle.matters, kept)) {
    const matter = bundle.matterOf[bundle.matters.find(candidate => candidate.key === node.key)?.matter ?? '']
    if (!matter) throw new Error(`catalogue: node ${node.key} of ${bundle.id} refers to a missing matter`)
    const procedures = matter.specialProcedures.filter(({ when }) => evaluateOptional(when, facts).verdict === 'yes')
    items.push({ ...node, matter, procedures })
  }
  return items
}

function matterView(item: ScheduledMatter, decision: Applicability, days: MatterDays, bundle: ResolvedBundle): PlanMatter {
  const { matter } = item
  const resultName = matter.result.kind === 'licence' ? bundle.licenceTypeOf[matter.result.licenceType]?.name : matter.result.name
  return {
    key: item.key,
    matterId: matter.id,
    name: matter.name,
    plainName: matter.plainName ?? null,
    departmentId: matter.department,
    departmentName: bundle.departmentOf[matter.department]?.name ?? matter.department,
    optional: decision.node.pick === true,
    handlingType: matter.handlingType,
    statutoryDays: matter.limit.statutory,
    promisedDays: matter.limit.promised,
    unit: matter.limit.unit,
    specialProcedures: item.procedures.map(({ kind, name, days: length, unit }) => ({ kind, name, days: length, unit })),
    after: item.after,
    result: { kind: matter.result.kind, name: resultName ?? matter.name },
    fee: matter.fee ?? null,
    visitReason: matter.visitReason ?? null,
    why: decision.why,
    ...days
  }
}

const excludedView = (bundle: ResolvedBundle) => ({ node, state, why }: Applicability): PlanExcluded => ({
  key: node.key, name: bundle.matterOf[node.matter]?.name ?? node.key, optional: state === 'unpicked', why
})

const unitText = (unit: 'workday' | 'natural') => (unit === 'workday' ? '个工作日' : '个自然日')

/** 「全部办完」比部门承诺多算了什么，逐条写明。 */
function includesOf(items: ScheduledMatter[], parameters: ClockParameters): string[] {
  const reviewed = items.some(({ matter }) => !matter.acceptOnReceipt) && parameters.preReviewDays > 0
  const review = reviewed ? [`网上预审，每个环节 ${parameters.preReviewDays} 个工作日（演示）`] : []
  const timeless = items.filter(({ matter }) => matter.limit.promised === null).map(({ matter }) => `「${matter.name}」没有承诺时限，未计入`)
  const procedures = collect(items, ({ matter, procedures: own }) =>
    own.map(({ name, days, unit }) => `「${matter.name}」的${name} ${days} ${unitText(unit)}`))
  return [...review, ...procedures, ...timeless]
}

function verdictOf(stopped: boolean, missing: string[], matters: PlanMatter[]): PlanVerdict {
  if (stopped) return 'stopped'
  if (missing.length > 0) return 'incomplete'
  return matters.length > 0 ? 'ready' : 'nothing'
}

/**
 * 一件事的方案：哪些事项办、哪些不办、为什么；先后与两个日子；材料合并后各怎么交；比单办省多少。
 * 时限单位见各字段；日子是北京时间。答案先整理（隐藏题的旧答案不作数）。
 * @throws 目录引用了不存在的事项时抛错：目录校验应当先拦下
 */
export function plan(bundle: ResolvedBundle, input: PlanInput): Plan {
  const answers = normaliseAnswers(bundle, input.answers)
  const facts = factsOf(bundle.questions, answers, usableTypes(input.holdings))
  const decisions = applicabilityOf(bundle, facts, input.picks)
  const items = scheduledOf(bundle, decisions, facts)
  const days = scheduleOf(items, input.now, input)
  const matters = collect(items, item => {
    const decision = decisions.find(({ node }) => node.key === item.key)
    const own = days.get(item.key)
    return decision && own ? [matterView(item, decision, own, bundle)] : []
  })

  const weight = (key: string) => {
    const matter = matters.find(candidate => candidate.key === key)
    return matter?.unit === 'workday' ? matter.promisedDays ?? 0 : 0
  }
  const promisedLengths = longestInto(items, weight)
  const start = receiptDay(input.now, input.calendar, input.parameters.closing)
  const lateness = (key: string) => daysBetween(start, days.get(key)?.finishDay ?? start)
  const rank = (key: string) => (promisedLengths.get(key) ?? 0) * 10_000 + lateness(key)
  const promised = spanTo(matters.map(matter => matter.promisedDay), input.now, input)
  const finish = spanTo(matters.map(matter => matter.finishDay), input.now, input)
  const workdays = Math.max(0, ...Array.from(promisedLengths.values()))

  const stops = bundle.stops.filter(stop => evaluate(stop.when, facts).verdict === 'yes').map(({ say, blocking }) => ({ say, blocking }))
  const missing = unansweredQuestions(bundle, answers)
  const materials = materialsOf(bundle, items, {
    facts, calendar: input.calendar, received: start, holdings: input.holdings, knownHolders: input.knownHolders,
    consents: input.consents ?? {}, unavailable: input.unavailable ?? [], promiseBarred: input.promiseBarred ?? false
  })
  const notIncluded = excludedView(bundle)
  return {
    bundleId: bundle.id,
    verdict: verdictOf(stops.some(stop => stop.blocking), missing, matters),
    stops,
    missing,
    matters,
    excluded: decisions.filter(({ state }) => state === 'excluded' || state === 'unpicked').map(notIncluded),
    undecided: decisions.filter(({ state }) => state === 'undecided').map(notIncluded),
    edges: collect(items, item => item.after.map(from => ({ from, to: item.key }))),
    layers: layersOf(items),
    criticalPath: longestPath(items, rank),
    materials,
    promise: { workdays, day: promised.day, estimated: promised.estimated },
    finish: { ...finish, includes: includesOf(items, input.parameters) },
    savings: savingsOf(items, materials, workdays),
    fees: collect(matters, ({ name, fee }) => (fee ? [{ matter: name, amount: fee.amount, note: fee.note }] : []))
  }
}
