import type { Subject } from '../../../contract/identity'
import type { CodeScene } from '../../../contract/codes'
import type { PendingReading } from '../../api/codes'
import { wordingOf } from '../../api/wording'
import { confirmMs } from '../../../domain/code/freshness'
import { dayOf, deadlineText, lastDayText, timeOf } from '../../../domain/time'
import type { Tone } from '../../components'
import { relationWords } from '../../session/whose'
import type { Trouble } from './code-keeper'
import type { OfflineCode } from './offline-codes'

interface Whose {
  tone: Tone
  icon: 'person' | 'child' | 'people' | 'company'
}

const whose: Record<Subject['role'], Whose> = {
  self: { tone: 'water', icon: 'person' },
  guardian: { tone: 'green', icon: 'child' },
  proxy: { tone: 'amber', icon: 'people' },
  legalRepresentative: { tone: 'grey', icon: 'company' },
  operator: { tone: 'grey', icon: 'company' }
}

/** word 在切换处、在码上都写着。 */
export const whoseOf = ({ role }: Subject): Whose & { word: string } => ({ word: relationWords[role], ...whose[role] })

/** 码是谁的、凭什么由我来亮。 */
export function onBehalf(subject: Subject, now: number): string {
  const until = subject.delegation ? `，到 ${lastDayText(Date.parse(subject.delegation.until), now)}` : ''
  switch (subject.role) {
    case 'self':
      return '我自己的码'
    case 'guardian':
      return '孩子的码，我是监护人'
    case 'proxy':
      return `${subject.maskedName}授权我代办${until}`
    case 'legalRepresentative':
      return '企业的码，我是法定代表人'
    case 'operator':
      return `企业的码，我是授权的经办人${until}`
  }
}

const isToday = (at: number, now: number): boolean => dayOf(at) === dayOf(now)

/** 「今天 18:20」「11 月 23 日（周一）09:00」。 */
export const momentText = (at: number, now: number): string => (isToday(at, now) ? `今天 ${timeOf(at)}` : deadlineText(at, now))

/** 「到今天 18:20」「到 11 月 23 日（周一）09:00」。 */
export const upToText = (at: number, now: number): string => `到${isToday(at, now) ? '' : ' '}${momentText(at, now)}`

/** 没有新码：为什么、怎么办。 */
export function troubleText(trouble: Trouble, now: number): { what: string; todo: string } {
  if (trouble.kind === 'offline') return lackText(trouble.lack, now)
  const { what, now: todo } = wordingOf(trouble.error)
  const { detail } = trouble.error
  return { what: detail === null || todo.includes(detail) ? what : detail, todo }
}

function lackText(lack: Extract<OfflineCode, { ok: false }>, now: number): { what: string; todo: string } {
  switch (lack.lack) {
    case 'none':
      return {
        what: '没有网络，这部手机里也还没有这个人的离线码',
        todo: '连一次网、打开这一页，就会备好 24 小时的离线码。急用请出示身份证。'
      }
    case 'delegated':
      return { what: '没有网络。替别人亮码要联网，当场核对授权', todo: '连上网就好。急用请对方自己亮码，或出示身份证。' }
    case 'clock':
      return { what: '手机上的时间不对，离线码出不来', todo: '把手机时间改成自动设置，或连上网再试。急用请出示身份证。' }
    case 'expired':
      return { what: `没有网络，离线码只能用${upToText(lack.at, now)}，已经到期了`, todo: '连一次网就会换新。急用请出示身份证。' }
  }
}

/** 核码端留多久。 */
export const retentionText = (days: number): string => (days === 0 ? '核完即删，不留' : `最多留 ${days} 天`)

/** 还剩几秒可以答。手机上的 now 一秒才走一格，刚问时会说多一秒：不多说。 */
export const answerSeconds = ({ expiresAt }: Pick<PendingReading, 'expiresAt'>, now: number): number =>
  Math.min(confirmMs / 1000, Math.max(0, Math.ceil((Date.parse(expiresAt) - now) / 1000)))

/** 「江阴市人民医院 想看：姓名、参保状态；用于：挂号」。 */
export const askedText = ({ organisation, fields, purpose }: PendingReading): string =>
  `${organisation} 想看：${fields.join('、')}；用于：${purpose}`

/** 离线码在哪里能用：列三个收离线码、也收这种码的场景；手机上没有名单就只说规则。 */
export function offlinePlaces(scenes: CodeScene[], holder: 'person' | 'company'): string {
  const names = scenes.filter((scene) => scene.offline && (scene.holder === 'both' || scene.holder === holder)).map(({ name }) => name)
  const where = names.length > 3 ? `：${names.slice(0, 3).join('、')}这些` : names.length > 0 ? `：${names.join('、')}` : ''
  return `只证明是谁，在收离线码的地方能用${where}；别处要联网。`
}
