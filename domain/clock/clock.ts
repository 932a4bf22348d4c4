import { addWorkdays, isEstimated, isWorkday, nextWorkday, receiptDay } from '../calendar/workday'
import type { WorkCalendar } from '../calendar/types'
import { addDays, dayOf, instantOf } from '../time'
import type { Instant, IsoDay } from '../time'
import type { ClockParameters } from './parameters'

/** 停表原因只有这四种：特别程序、依法等申请人、法定公告公示冷静期、外部系统故障。 */
export type StopReason = 'special_procedure' | 'awaiting_applicant' | 'public_notice' | 'external_fault'

/** 一次停表；没有 to 就是仍在停。 */
export interface ClockStop {
  from: Instant
  to?: Instant
  /** 停表时告知申请人的预计恢复日 */
  expectedResume?: IsoDay
  reason: StopReason
}

export interface ClockInput {
  /** 受理时刻 */
  acceptedAt: Instant
  /** 即办件当日办结，承诺件按工作日计 */
  handlingType: 'instant' | 'promised'
  /** 承诺时限，工作日；即办件不看这一项 */
  promisedDays: number
  stops: ClockStop[]
  /** 经批准的延期，工作日 */
  extensionDays?: number
  /** 作出决定、撤回或终止的时刻：钟从此不走 */
  endedAt?: Instant
}

export type ClockState = 'running' | 'paused' | 'stopped' | 'overdue'
export type DeadlineLight = 'green' | 'yellow' | 'red'

export interface Clock {
  /** 已过完的计时工作日 */
  used: number
  /** 剩余工作日，含正在过的这一日；到期后为 0，此后每过一个工作日再减 1 */
  remaining: number
  /** 到期时刻；停表期间是「按预计恢复日」推算的 */
  dueAt: Instant
  state: ClockState
  /** 时限灯；停表期间页面显示灰色「暂停」，这里保留停表前的灯 */
  light: DeadlineLight
  /** 途经尚未公布放假安排的年份，到期是估算 */
  estimated: boolean
}

/** 停表扣除的日子 [first, last)：起始日不计时，恢复日计时。 */
interface Pause {
  first: IsoDay
  /** 恢复计时的第一日 */
  last: IsoDay
}

/** 系统故障停表封顶后恢复计时的那一日。 */
const faultCap = (stop: ClockStop, calendar: WorkCalendar, parameters: ClockParameters): IsoDay =>
  addWorkdays(receiptDay(stop.from, calendar, parameters.closing), parameters.faultStopDays, calendar)

/** 起始与恢复都按收件规则折成工作日：下班后才停或才恢复的，算在下一工作日，免得把已过完的一日退回来。 */
function pauseOf(stop: ClockStop, now: Instant, calendar: WorkCalendar, parameters: ClockParameters): Pause {
  const first = receiptDay(stop.from, calendar, parameters.closing)
  const earliest = receiptDay(stop.to ?? now, calendar, parameters.closing)
  const expected = stop.to === undefined && stop.expectedResume ? stop.expectedResume : earliest
  let last = expected > earliest ? expected : earliest
  if (stop.reason === 'external_fault' && faultCap(stop, calendar, parameters) < last) last = faultCap(stop, calendar, parameters)
  return { first, last }
}

/** 此刻是否仍停着：系统故障过了封顶就自动恢复计时。 */
function isHeld(stop: ClockStop, at: Instant, calendar: WorkCalendar, parameters: ClockParameters): boolean {
  if (stop.to !== undefined && stop.to <= at) return false
  return stop.reason !== 'external_fault' || dayOf(at) < faultCap(stop, calendar, parameters)
}

const isCounted = (day: IsoDay, pauses: Pause[], calendar: WorkCalendar) =>
  isWorkday(day, calendar) && !pauses.some(pause => day >= pause.first && day < pause.last)

function countedDay(from: IsoDay, nth: number, pauses: Pause[], calendar: WorkCalendar): IsoDay {
  let day = from
  for (let left = nth; left > 0;) {
    day = addDays(day, 1)
    if (isCounted(day, pauses, calendar)) left -= 1
  }
  return day
}

function instantDue(input: ClockInput, receipt: IsoDay, pauses: Pause[], calendar: WorkCalendar, parameters: ClockParameters) {
  const late = dayOf(input.acceptedAt) === receipt && input.acceptedAt > instantOf(receipt, parameters.instantLateFrom)
  const plain = late ? nextWorkday(receipt, calendar) : receipt
  if (isCounted(plain, pauses, calendar)) return instantOf(plain, late ? parameters.instantExtendedTo : parameters.closing)
  return instantOf(countedDay(plain, 1, pauses, calendar), parameters.closing)
}

function lightOf(remaining: number, days: number, overdue: boolean, parameters: ClockParameters): DeadlineLight {
  if (overdue) return 'red'
  const line = Math.max(parameters.warningMinimumDays, Math.ceil(days / parameters.warningDivisor))
  return remaining > line ? 'green' : 'yellow'
}

/**
 * 承诺时限的钟：受理次日为第 1 日，第 n 个计时工作日的下班钟点到期。
 * 一日过了下班钟点才算用掉，所以最后一日当中仍剩 1 日。即办件没有日数可数，未到期一律黄灯。
 * 出处：办件时限规则（工作日计、停表按整工作日扣除、起始日不计恢复日计）。
 * @param now 此刻；已经停止的钟按 endedAt 计算
 */
export function clock(input: ClockInput, now: Instant, calendar: WorkCalendar, parameters: ClockParameters): Clock {
  const at = input.endedAt === undefined ? now : Math.min(now, input.endedAt)
  const stops = input.stops.filter(stop => stop.from <= at)
  const pauses = stops.map(stop => pauseOf(stop, at, calendar, parameters))
  const paused = stops.some(stop => isHeld(stop, at, calendar, parameters))
  const receipt = receiptDay(input.acceptedAt, calendar, parameters.closing)
  const isInstant = input.handlingType === 'instant'
  const days = isInstant ? 0 : input.promisedDays + (input.extensionDays ?? 0)
  const dueAt = isInstant || days === 0
    ? instantDue(input, receipt, pauses, calendar, parameters)
    : instantOf(countedDay(receipt, days, pauses, calendar), parameters.closing)

  let used = 0
  for (let day = addDays(receipt, 1); instantOf(day, parameters.closing) < at; day = addDays(day, 1)) {
    if (isCounted(day, pauses, calendar)) used += 1
  }
  const overdue = at > dueAt
  const lastDay = dayOf(dueAt)
  let estimated = false
  for (let day = receipt; day <= lastDay && !estimated; day = addDays(day, 1)) estimated = isEstimated(day, calendar)
  return {
    used,
    remaining: days - used,
    dueAt,
    state: input.endedAt !== undefined && input.endedAt <= now ? 'stopped' : paused ? 'paused' : overdue ? 'overdue' : 'running',
    light: lightOf(days - used, days, overdue, parameters),
    estimated
  }
}
