import { addWorkdays, isEstimated, isWorkday, nextWorkday, receiptDay, workdaysBetween } from '../calendar/workday'
import type { WorkCalendar } from '../calendar/types'
import type { ClockParameters } from '../clock/parameters'
import { addDays, dayOf, daysBetween, instantOf } from '../time'
import type { Instant, IsoDay } from '../time'
import { inOrder } from './graph'
import type { GraphNode } from './graph'
import type { SpecialProcedure } from './special-procedure'
import type { Matter } from './types'

/** 算日子用的历与参数。 */
export interface Timing {
  calendar: WorkCalendar
  parameters: ClockParameters
}

/** 排期里的一个事项：前置、时限、本次适用的特别程序。 */
export interface ScheduledMatter extends GraphNode {
  matter: Matter
  procedures: SpecialProcedure[]
}

/** 一个事项的三个日子；没有承诺时限的，后两个为 null。 */
export interface MatterDays {
  startDay: IsoDay
  promisedDay: IsoDay | null
  finishDay: IsoDay | null
}

/** 整件的跨度：到哪一日、几个工作日、几个自然日、是不是估算。 */
export interface Span {
  day: IsoDay
  workdays: number
  naturalDays: number
  estimated: boolean
}

const onWorkday = (day: IsoDay, calendar: WorkCalendar) => (isWorkday(day, calendar) ? day : nextWorkday(day, calendar))

const later = (days: IsoDay[], floor: IsoDay): IsoDay => days.reduce((latest, day) => (day > latest ? day : latest), floor)

function pass(from: IsoDay, days: number, unit: 'workday' | 'natural', calendar: WorkCalendar): IsoDay {
  return unit === 'workday' ? addWorkdays(onWorkday(from, calendar), days, calendar) : addDays(from, days)
}

/** 部门承诺的一段：自受理起数承诺时限；下班前不久受理的即办件可以顺延到次日。 */
function promisedFrom(start: IsoDay, matter: Matter, now: Instant, { calendar, parameters }: Timing): IsoDay {
  const { promised, unit } = matter.limit
  const begun = onWorkday(start, calendar)
  const lateToday = begun === dayOf(now) && now > instantOf(begun, parameters.instantLateFrom)
  if (!promised) return lateToday ? nextWorkday(begun, calendar) : begun
  return pass(begun, promised, unit, calendar)
}

/** 真正办完的一段：预审、承诺时限、特别程序，依次相接。 */
function finishedFrom(start: IsoDay, item: ScheduledMatter, now: Instant, timing: Timing): IsoDay {
  const review = item.matter.acceptOnReceipt ? 0 : timing.parameters.preReviewDays
  const accepted = pass(start, review, 'workday', timing.calendar)
  const promised = promisedFrom(accepted, item.matter, now, timing)
  return item.procedures.reduce((day, procedure) => pass(day, procedure.days, procedure.unit, timing.calendar), promised)
}

/**
 * 按前置关系排出每个事项的日子。
 * promisedDay 只数各部门承诺时限首尾相接；finishDay 另加预审与特别程序，所以不早于 promisedDay。
 * 没有承诺时限的事项不推算，其后继从它的起点接着排。
 * @param now 提交的时刻；下班后或非工作日按下一工作日收件
 */
export function scheduleOf(items: ScheduledMatter[], now: Instant, timing: Timing): Map<string, MatterDays> {
  const received = receiptDay(now, timing.calendar, timing.parameters.closing)
  const promisedEnd = new Map<string, IsoDay>()
  const finishedEnd = new Map<string, IsoDay>()
  const days = new Map<string, MatterDays>()
  for (const key of inOrder(items)) {
    const item = items.find(candidate => candidate.key === key)
    if (!item) continue
    const startDay = later(item.after.map(before => promisedEnd.get(before) ?? received), received)
    const realStart = later(item.after.map(before => finishedEnd.get(before) ?? received), received)
    const timeless = item.matter.limit.promised === null
    const promised = timeless ? startDay : promisedFrom(startDay, item.matter, now, timing)
    const finished = timeless ? realStart : finishedFrom(realStart, item, now, timing)
    promisedEnd.set(key, promised)
    finishedEnd.set(key, finished)
    days.set(key, { startDay, promisedDay: timeless ? null : promised, finishDay: timeless ? null : finished })
  }
  return days
}

/** 从收件到最后一日的跨度。 */
export function spanTo(ends: (IsoDay | null)[], now: Instant, { calendar, parameters }: Timing): Span {
  const received = receiptDay(now, calendar, parameters.closing)
  const day = later(ends.filter((end): end is IsoDay => end !== null), received)
  let estimated = false
  for (let passed = received; passed <= day && !estimated; passed = addDays(passed, 1)) estimated = isEstimated(passed, calendar)
  return { day, workdays: workdaysBetween(received, day, calendar), naturalDays: daysBetween(dayOf(now), day), estimated }
}
