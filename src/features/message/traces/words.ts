import type { Trace } from '../../../../contract/traces'
import { addDays, beforeText, dayOf, dayText, instantOf, timeOf, timeText, type IsoDay } from '../../../../domain/time'
import type { TraceSift } from '../../../api/traces'
import type { IconName, Tone } from '../../../components'

/** What can be looked at alone, in the order of the tabs; undefined is everything. */
export const sifts: { of: TraceSift | undefined; title: string; empty: string }[] = [
  { of: undefined, title: '全部', empty: '还没有人看过' },
  { of: 'reader', title: '核码', empty: '还没有人核过这个码' },
  { of: 'department', title: '部门', empty: '还没有部门看过' },
  { of: 'proxy', title: '代办', empty: '还没有人代办时看过' },
  { of: 'refused', title: '被拒绝', empty: '没有被拒绝的' }
]

/** What was done, in one word with its colour and picture; the verb before the fields. */
export const actions: Record<Trace['action'], { word: string; tone: Tone; icon: IconName; verb: string }> = {
  ask: { word: '请你点头', tone: 'amber', icon: 'eye', verb: '想看' },
  read: { word: '看过', tone: 'grey', icon: 'eye', verb: '看了' },
  fetch: { word: '查取', tone: 'grey', icon: 'search', verb: '查取了' },
  use: { word: '用于办事', tone: 'grey', icon: 'document', verb: '用了' },
  send: { word: '发出去了', tone: 'water', icon: 'upload', verb: '发了' },
  reveal: { word: '看了原值', tone: 'amber', icon: 'eye', verb: '看了原值' },
  export: { word: '导出', tone: 'amber', icon: 'document', verb: '导出了' },
  refused: { word: '没让看', tone: 'red', icon: 'lock', verb: '想看' }
}

/** Entries of one day of Beijing, under its heading. */
export interface TraceDay {
  day: IsoDay
  title: string
  traces: Trace[]
}

/** Puts the entries, newest first, under their days. */
export function byDay(traces: Trace[], now: number): TraceDay[] {
  const days: TraceDay[] = []
  for (const trace of traces) {
    const day = dayOf(Date.parse(trace.at))
    const last = days[days.length - 1]
    if (last?.day === day) last.traces.push(trace)
    else days.push({ day, title: dayTitle(day, dayOf(now)), traces: [trace] })
  }
  return days
}

function dayTitle(day: IsoDay, today: IsoDay): string {
  if (day === today) return `今天，${dayText(day, today)}`
  if (day === addDays(today, -1)) return `昨天，${dayText(day, today)}`
  return dayText(day, today)
}

/** When it was: under the heading of its day only the time. */
export const clockText = (at: string, now: number, underDay: boolean): string =>
  underDay ? timeOf(Date.parse(at)) : timeText(Date.parse(at), now)

/** What follows when the objection is made, before it is. */
export function promiseText({ actor, explainedBy }: Trace, days: number | null): string {
  const until = days === null ? '' : `在 ${days} 个工作日内`
  const demo = days === null ? '' : '（演示期限，待核）'
  return explainedBy === 'reader'
    ? `我们请「${actor}」${until}说明${demo}。`
    : `我们转给个人信息保护投诉受理（演示），由它${until}查明、说明${demo}。`
}

/** How an objection stands: the word of its state, and what happens next and by when. */
export function standingOf(
  { objection }: Pick<Trace, 'objection'>,
  hotline: string,
  now: number
): { word: string; tone: Tone; next: string } | null {
  if (!objection) return null
  const { answeredAt, deliveredAt, answerBy } = objection
  if (answeredAt) return { word: '对方已说明', tone: 'green', next: `还有疑问，可以打 ${hotline}。` }
  if (!deliveredAt) return { word: '已提异议', tone: 'amber', next: '正在送给对方；还没送到，送到了这里会写明。' }
  const due = instantOf(addDays(answerBy, 1))
  if (now >= due) return { word: '过了期限没说明', tone: 'red', next: `已经送到，对方过了期限（演示，待核）还没说明。可以打 ${hotline} 催。` }
  return { word: '已提异议', tone: 'amber', next: `已经送到，请对方在 ${beforeText(due, now)}说明（演示期限，待核）。说明来了会发消息告诉你。` }
}
