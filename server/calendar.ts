import published from 'chinese-days/dist/chinese-days.json'
import type { CalendarDay, CalendarYear, WorkCalendar } from '../domain/calendar/types'

/** `{ '2026-10-01': 'National Day,国庆节,3' }` */
type Published = Record<string, string>

/**
 * The holidays and make-up working days that the State Council has published, as far as the package `chinese-days` has them.
 * Years without data are absent, so that the domain estimates them and says so.
 */
export function publishedCalendar(): WorkCalendar {
  const { holidays, workdays } = published as { holidays: Published; workdays: Published }
  const years: Record<string, CalendarYear> = {}
  for (const item of days(holidays)) yearOf(item).holidays.push(item)
  for (const item of days(workdays)) yearOf(item).makeUpDays.push({ day: item.day, name: `${item.name}调休` })
  return { years }

  function yearOf({ day }: CalendarDay): CalendarYear {
    return (years[day.slice(0, 4)] ??= { holidays: [], makeUpDays: [] })
  }
}

function days(entries: Published): CalendarDay[] {
  return Object.entries(entries)
    .map(([day, names]) => ({ day, name: names.split(',')[1] ?? names }))
    .sort((one, other) => (one.day < other.day ? -1 : 1))
}
