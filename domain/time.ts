/**
 * 时刻与日。平台只服务中国大陆：一律按 Asia/Shanghai（UTC+8，1991 年后无夏令时）折算成日，
 * 不依赖设备时区，也不依赖小程序里不全的 Intl。
 */

/** 时刻：自 1970-01-01T00:00:00Z 起的毫秒数（UTC）。 */
export type Instant = number

/** 北京时间的一日，写作 'YYYY-MM-DD'；同一写法可以直接按字符串比先后。 */
export type IsoDay = string

/** 一日之内的钟点，写作 'HH:mm'（北京时间）。 */
export type TimeOfDay = string

const dayLength = 86_400_000
const offset = 8 * 3_600_000
const weekdayWords = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'] as const

const shanghai = (instant: Instant) => new Date(instant + offset).toISOString()
const utcMidnight = (day: IsoDay) => Date.parse(`${day}T00:00:00Z`)

/** 这一刻在北京是哪一日。 */
export const dayOf = (instant: Instant): IsoDay => shanghai(instant).slice(0, 10)

/** 这一刻在北京是几点几分，'HH:mm'。 */
export const timeOf = (instant: Instant): TimeOfDay => shanghai(instant).slice(11, 16)

/** 北京时间某日某钟点对应的时刻；缺省为零点。 */
export const instantOf = (day: IsoDay, time: TimeOfDay = '00:00'): Instant => Date.parse(`${day}T${time}:00Z`) - offset

/** 是否真实存在的一日：'2026-02-30' 与 '2026-2-3' 都不是。 */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const midnight = utcMidnight(text)
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().slice(0, 10) === text
}

/** 往后（负数为往前）数若干自然日。 */
export const addDays = (day: IsoDay, count: number): IsoDay =>
  new Date(utcMidnight(day) + count * dayLength).toISOString().slice(0, 10)

/** 从 from 到 to 的自然日数，to 较早时为负。 */
export const daysBetween = (from: IsoDay, to: IsoDay): number => Math.round((utcMidnight(to) - utcMidnight(from)) / dayLength)

/** 星期几：0 为周日，6 为周六。 */
export const weekdayOf = (day: IsoDay): number => new Date(utcMidnight(day)).getUTCDay()

/** 星期几的说法，如「周四」。 */
export const weekdayText = (day: IsoDay): string => weekdayWords[weekdayOf(day)] ?? ''

/**
 * 给人看的日期，如「11 月 26 日（周四）」；与今天不同年时带上年份。
 * @param today 今天，决定是否省略年份
 */
export function dayText(day: IsoDay, today: IsoDay): string {
  const [year, month, date] = day.split('-').map(Number)
  const withinYear = `${month} 月 ${date} 日（${weekdayText(day)}）`
  return day.slice(0, 4) === today.slice(0, 4) ? withinYear : `${year} 年 ${withinYear}`
}

/** 给人看的到期时刻，如「11 月 26 日（周四）17:00」。 */
export const deadlineText = (due: Instant, now: Instant): string => dayText(dayOf(due), dayOf(now)) + timeOf(due)

/** 一段以某日 24:00 为止的时间，给人看最后一天，如「12 月 19 日（周六）」：写成次日零点，人会多算一天。 */
export const lastDayText = (until: Instant, now: Instant): string => dayText(dayOf(until - 1), dayOf(now))

/** 给人看的期限，如「11 月 26 日（周四）17:00 前」；到一日之末的写「11 月 27 日（周五）结束前」，免得人把零点错当成当天。 */
export function beforeText(due: Instant, now: Instant): string {
  const lastMinute = due - (due % 60_000 === 0 && timeOf(due) === '00:00' ? 60_000 : 0)
  return timeOf(lastMinute) === '23:59' ? `${dayText(dayOf(lastMinute), dayOf(now))}结束前` : `${deadlineText(due, now)} 前`
}

/** 给人看的发生时刻：当天只写钟点（「09:30」），同年写「11 月 26 日 09:30」，否则带年份。 */
export function timeText(instant: Instant, now: Instant): string {
  const day = dayOf(instant)
  const today = dayOf(now)
  if (day === today) return timeOf(instant)
  const [year, month, date] = day.split('-').map(Number)
  const withinYear = `${month} 月 ${date} 日 ${timeOf(instant)}`
  return day.slice(0, 4) === today.slice(0, 4) ? withinYear : `${year} 年 ${withinYear}`
}
