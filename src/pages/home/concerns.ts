import type { Home } from '../../../contract/home'
import type { SubmissionSummary } from '../../../contract/submissions'
import { beforeText, dayOf, daysBetween, dayText, instantOf } from '../../../domain/time'
import type { IconName, Tone } from '../../components'
import type { Params } from '../../platform/navigation'

/** One row of 与我有关: what it is, what comes next and by when, where it leads. */
export interface Concern {
  key: string
  title: string
  note: string
  icon: IconName
  tag: { text: string; tone: Tone } | null
  /** The edge of what waits for the person. */
  edge?: 'amber' | 'red'
  to: string
  params?: Params
}

/**
 * What concerns the person, most urgent first: what waits for them (earliest deadline first), drafts, invitations, what is running,
 * licences about to expire, what may be rated, unread messages.
 *
 * @param now epoch ms
 */
export function concernsOf(home: Home, now: number): Concern[] {
  const urgent = home.waiting.flatMap((submission) => submission.waitingForMe
    .filter(({ action }) => action !== 'rate')
    .map((item) => ({ due: item.dueAt ? Date.parse(item.dueAt) : Infinity, concern: waiting(submission, item, now) })))
  const waitsOnlyForRating = home.waiting.filter(({ waitingForMe }) => waitingForMe.every(({ action }) => action === 'rate'))
  const unfinished = waitsOnlyForRating.filter(({ status }) => status === 'submitted' || status === 'running')
  return [
    ...urgent.sort((one, other) => one.due - other.due).map(({ concern }) => concern),
    ...home.drafts.map((draft) => drafted(draft, now)),
    ...home.invitations.map((invitation) => invited(invitation, now)),
    ...[...home.running, ...unfinished].map(running),
    ...home.expiring.map((licence) => expiring(licence, now)),
    ...home.waiting.flatMap(rateable),
    ...unread(home.unreadMessages)
  ]
}

function waiting(
  { bundleName, nextStep }: SubmissionSummary, { caseId, action, say, dueAt }: SubmissionSummary['waitingForMe'][number], now: number
): Concern {
  const due = dueAt === null ? null : Date.parse(dueAt)
  const late = due !== null && due < now
  return {
    key: `waiting ${caseId} ${action}`,
    title: say,
    note: due === null ? `${bundleName} · ${nextStep}` : `${bundleName} · ${beforeText(due, now)}`,
    icon: 'warning',
    tag: { text: due === null ? '等你办' : leftText(due, now), tone: late ? 'red' : 'amber' },
    edge: late ? 'red' : 'amber',
    to: '/features/case/detail/index',
    params: { id: caseId }
  }
}

function drafted({ id, step, subjectId, bundleName, filled, total, expiresAt }: Home['drafts'][number], now: number): Concern {
  const page = step === 'materials' || step === 'sign' ? step : 'form'
  return {
    key: `draft ${id}`,
    title: `继续办「${bundleName}」`,
    note: `填好 ${filled} 项，共 ${total} 项 · 保留到 ${dayText(dayOf(Date.parse(expiresAt)), dayOf(now))}`,
    icon: 'edit',
    tag: { text: '接着填', tone: 'water' },
    to: `/features/bundle/${page}/index`,
    params: { draft: id, for: subjectId }
  }
}

function invited({ id, maskedApplicantName, purpose, expiresAt }: Home['invitations'][number], now: number): Concern {
  return {
    key: `invitation ${id}`,
    title: `${maskedApplicantName} 请你确认`,
    note: `${purpose} · ${beforeText(Date.parse(expiresAt), now)}答复`,
    icon: 'people',
    tag: { text: '等你答复', tone: 'amber' },
    edge: 'amber',
    to: '/features/invitation/answer/index',
    params: { id }
  }
}

const lights: Record<NonNullable<SubmissionSummary['light']>, { text: string; tone: Tone }> = {
  green: { text: '正常', tone: 'green' }, yellow: { text: '快到期', tone: 'amber' }, red: { text: '已超期', tone: 'red' }
}

function running({ id, bundleName, done, total, nextStep, light }: SubmissionSummary): Concern {
  return {
    key: `running ${id}`,
    title: `${bundleName} · 已办好 ${done} 项，共 ${total} 项`,
    note: nextStep,
    icon: 'progress',
    tag: light && lights[light],
    to: '/features/case/submission/index',
    params: { id }
  }
}

function expiring({ id, name, validTo }: Home['expiring'][number], now: number): Concern {
  const day = validTo ?? dayOf(now)
  return {
    key: `licence ${id}`,
    title: `${name}快到期`,
    note: `有效到 ${dayText(day, dayOf(now))}`,
    icon: 'licence',
    tag: { text: leftText(instantOf(day, '23:59'), now), tone: 'amber' },
    edge: 'amber',
    to: '/features/licence/detail/index',
    params: { id }
  }
}

function rateable({ id, bundleName, waitingForMe }: SubmissionSummary): Concern[] {
  const count = waitingForMe.filter(({ action }) => action === 'rate').length
  if (count === 0) return []
  return [{
    key: `rate ${id}`,
    title: `${bundleName} · ${count} 项办好了，评一评`,
    note: '好不好你说了算，可以匿名',
    icon: 'star',
    tag: { text: '待评价', tone: 'grey' },
    to: '/features/case/submission/index',
    params: { id }
  }]
}

function unread(count: number): Concern[] {
  if (count === 0) return []
  return [{
    key: 'messages', title: `${count} 条新消息`, note: '办件每走一步都会告诉你', icon: 'message', tag: { text: '未读', tone: 'water' },
    to: '/features/message/inbox/index'
  }]
}

function leftText(due: number, now: number): string {
  if (due < now) return '已过期'
  const days = daysBetween(dayOf(now), dayOf(due))
  return days === 0 ? '今天截止' : `还剩 ${days} 天`
}
