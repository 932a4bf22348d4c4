import type { CaseSummary, ClockView } from '../../../contract/submissions'
import { isClosed } from '../../../domain/case/transition'
import { beforeText, dayOf, dayText } from '../../../domain/time'
import type { Tone } from '../../components'

interface Standing {
  tone: Tone
  word: string
}

/** Where a case stands, in one word and its colour: done, running, waits for me, paused, waits for another, ended. */
export function standingOf({ status, statusText, result, allowedActions }: CaseSummary): Standing {
  if (allowedActions.includes('correct')) return { tone: 'amber', word: '等你补正' }
  if (allowedActions.includes('supplement')) return { tone: 'amber', word: '等你补材料' }
  switch (status) {
    case 'done':
    case 'archived':
      return { tone: result ? 'green' : 'red', word: statusText }
    case 'rejected':
    case 'blocked':
      return { tone: 'red', word: statusText }
    case 'waiting':
    case 'paused':
    case 'withdrawn':
    case 'terminated':
      return { tone: 'grey', word: statusText }
    default:
      return { tone: 'water', word: statusText }
  }
}

interface ClockWords {
  headline: string
  lines: string[]
  ring: { value: number; text: string; label: string; ink: 'green' | 'amber' | 'red' | 'edge' } | null
}

const inks = { green: 'green', yellow: 'amber', red: 'red' } as const
/** A clock in words: how many days are left of how many, by when, by which calendar; why it stands still when it does. */
export function clockWords({ clock, status }: Pick<CaseSummary, 'clock' | 'status'>, now: number): ClockWords | null {
  const { promisedDays, used, remaining, dueAt, state, light, paused } = clock
  const days = (count: number) => `${count} ${clock.calendar === '自然日' ? '日' : '个工作日'}`
  const promise = promisedDays === null ? null : promisedDays === 0 ? '即办件，受理当天办结' : `承诺 ${days(promisedDays)}`
  const due = dueAt === null ? null : beforeText(Date.parse(dueAt), now)
  const promiseLine = [promise, due].filter(Boolean).join(' · ')
  const of = Math.max(promisedDays ?? 0, remaining, 1)
  if (state === 'notStarted') {
    if (isClosed(status) || promise === null) return null
    return { headline: promise, lines: ['受理后开始计时。', calendarLine(clock)], ring: null }
  }
  if (state === 'stopped' || isClosed(status)) {
    const spent = used === 0 ? `用时不到 ${days(1)}` : `用时 ${days(used)}`
    return { headline: spent, lines: promise ? [promise] : [], ring: null }
  }
  if (state === 'paused')
    return {
      headline: '暂停计时',
      ring: { value: remaining / of, text: '暂停', label: `暂停计时，恢复后还剩 ${days(remaining)}`, ink: 'edge' },
      lines: [
        ...(paused ? [pausedLine(paused, now)] : []),
        promisedDays === 0 ? '恢复后当天办结。' : `恢复后还剩 ${days(remaining)}。`,
        calendarLine(clock)
      ]
    }
  if (state === 'overdue')
    return {
      headline: '已超过承诺时限',
      lines: [promiseLine, '可以打窗口电话催办。'],
      ring: { value: 1, text: '超期', label: '已超过承诺时限', ink: 'red' }
    }
  const today = promisedDays === 0
  return {
    headline: today ? '今天办结' : `还剩 ${days(remaining)}`,
    lines: [promiseLine, calendarLine(clock)],
    ring: {
      value: remaining / of,
      text: today ? '当天' : `${remaining}日`,
      ink: light ? inks[light] : 'green',
      label: today ? '受理当天办结' : `还剩 ${days(remaining)}，共 ${days(of)}`
    }
  }
}

function pausedLine({ reason, since, expectedDay }: NonNullable<ClockView['paused']>, now: number): string {
  const today = dayOf(now)
  const resume = expectedDay ? `，预计 ${dayText(expectedDay, today)}恢复` : ''
  return `${reason}，${dayText(dayOf(Date.parse(since)), today)}起停${resume}。`
}

/** Which calendar counts, and whether part of it is still a guess. */
export function calendarLine({ calendar, estimated }: Pick<ClockView, 'calendar' | 'estimated'>): string {
  const basis = calendar === '自然日' ? '按自然日计算，周末也算' : `按${calendar}计算，周末不计`
  return estimated ? `${basis}；有一段的放假安排还没公布，是估算。` : `${basis}。`
}

/** How many days there are to bring what was deferred, from when they count and by which calendar. */
export function deferralLine(workdays: number, isWaiting: boolean): string {
  const calendar = '按国务院放假安排计算，周末不计。'
  return isWaiting
    ? `这一件还在等前一步，现在就可以补。轮到它送到部门那天，会重新给足 ${workdays} 个工作日，${calendar}`
    : `从送到部门那天起给 ${workdays} 个工作日，${calendar}`
}
