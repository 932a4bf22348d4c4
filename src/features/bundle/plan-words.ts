import type { PlanMaterial, PlanMatter } from '../../../domain/bundle/plan-types'
import { dayText, type IsoDay } from '../../../domain/time'
import type { SessionStatus } from '../../session/session'

const beginWords: Record<SessionStatus, string> = {
  starting: '开始填写',
  out: '登录后开始填写',
  consenting: '看完隐私说明，开始填写',
  in: '开始填写',
  unreachable: '连上网，开始填写'
}

/** What the plan's button does now; for whoever is signed in it is never to sign in, network or not. */
export function beginText(status: SessionStatus, draftId: string | undefined, minutes: number | undefined): string {
  if (draftId) return '按这个方案接着填'
  return `${beginWords[status]}${minutes ? `（约 ${minutes} 分钟）` : ''}`
}

/** How long a department promises, in words. */
export function promiseText({ promisedDays, unit }: Pick<PlanMatter, 'promisedDays' | 'unit'>): string {
  if (promisedDays === null) return '没有承诺时限'
  if (promisedDays === 0) return '当场办结'
  return `${promisedDays} ${unit === 'workday' ? '个工作日' : '天'}`
}

interface Tagged {
  text: string
  tone: 'water' | 'green' | 'amber' | 'grey'
}

const states: Record<PlanMaterial['state'], Tagged> = {
  exempt: { text: '免提交', tone: 'green' },
  upload: { text: '需上传', tone: 'amber' },
  consent: { text: '需对方同意', tone: 'amber' },
  predecessor: { text: '上一步产出', tone: 'grey' },
  fill: { text: '表单填报', tone: 'water' },
  generated: { text: '系统生成', tone: 'grey' }
}

/** The state of a material and the other ways that are open, as tags. */
export function materialTags({ state, canDefer, canPromise }: PlanMaterial, today: IsoDay): Tagged[] {
  const open = state === 'upload' || state === 'consent'
  return [
    states[state],
    ...(open && canDefer ? [{ text: `可容缺，${dayText(canDefer.until, today)}前补`, tone: 'water' as const }] : []),
    ...(open && canPromise ? [{ text: '可承诺', tone: 'water' as const }] : [])
  ]
}

/** Whether the person has to do something about it. */
export const isOpenMaterial = ({ state }: PlanMaterial): boolean => state === 'upload' || state === 'consent'

/** An amount of 分 with ¥ and thousands; without decimals when they are zero. */
export function yuanText(cents: number): string {
  const [whole = '0', part = '00'] = (cents / 100).toFixed(2).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return `¥${grouped}${part === '00' ? '' : `.${part}`}`
}

/** Of the steps that decide the last day, the one that takes longest. */
export function slowestOf(matters: PlanMatter[], criticalPath: string[]): string | undefined {
  const length = (key: string) => {
    const matter = matters.find((each) => each.key === key)
    const procedures = (matter?.specialProcedures ?? []).reduce((sum, { days }) => sum + days, 0)
    return (matter?.promisedDays ?? 0) + procedures
  }
  return [...criticalPath].sort((one, other) => length(other) - length(one)).find((key) => length(key) > 0)
}
