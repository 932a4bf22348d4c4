import { addDays, dayOf, instantOf, weekdayOf } from '../time'
import type { Instant, IsoDay, TimeOfDay } from '../time'
import type { WorkCalendar } from './types'

/** 《全国年节及纪念日放假办法》（2025-01-01 起施行）里日期固定的节日：元旦、劳动节、国庆节。 */
const fixedHolidays = ['01-01', '05-01', '05-02', '10-01', '10-02', '10-03']

const yearOf = (day: IsoDay, calendar: WorkCalendar) => calendar.years[day.slice(0, 4)]

const isWeekend = (day: IsoDay) => [0, 6].includes(weekdayOf(day))

/** 这一日所在年份尚未公布放假安排，是不是工作日只能估算。 */
export const isEstimated = (day: IsoDay, calendar: WorkCalendar): boolean => yearOf(day, calendar) === undefined

/** 是否工作日：调休上班算，法定节假日与周末不算。 */
export function isWorkday(day: IsoDay, calendar: WorkCalendar): boolean {
  const year = yearOf(day, calendar)
  if (!year) return !isWeekend(day) && !fixedHolidays.includes(day.slice(5))
  const listed = (days: { day: IsoDay }[]) => days.some(item => item.day === day)
  return listed(year.makeUpDays) || (!isWeekend(day) && !listed(year.holidays))
}

/** 这一日之后的第一个工作日。 */
export function nextWorkday(day: IsoDay, calendar: WorkCalendar): IsoDay {
  let next = addDays(day, 1)
  while (!isWorkday(next, calendar)) next = addDays(next, 1)
  return next
}

/**
 * 之后第 count 个工作日；当日不计，count 为 0 时仍是当日。
 * @param count 工作日数，不小于 0
 */
export function addWorkdays(day: IsoDay, count: number, calendar: WorkCalendar): IsoDay {
  let reached = day
  for (let passed = 0; passed < count; passed += 1) reached = nextWorkday(reached, calendar)
  return reached
}

/** 两日之间的工作日数：from 不计，to 计；to 不晚于 from 时为 0。 */
export function workdaysBetween(from: IsoDay, to: IsoDay, calendar: WorkCalendar): number {
  let count = 0
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (isWorkday(day, calendar)) count += 1
  return count
}

/**
 * 收件日：下班钟点之后或非工作日提交的，按下一工作日收件。
 * @param closing 下班钟点，恰在这一分钟的仍算当日
 */
export function receiptDay(instant: Instant, calendar: WorkCalendar, closing: TimeOfDay): IsoDay {
  const day = dayOf(instant)
  const inHours = isWorkday(day, calendar) && instant <= instantOf(day, closing)
  return inHours ? day : nextWorkday(day, calendar)
}
