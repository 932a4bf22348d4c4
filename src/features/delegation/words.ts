import type { Delegation, DelegationStatus } from '../../../contract/delegations'
import { lastDayText } from '../../../domain/time'
import type { Tone } from '../../components'

export const statusWords: Record<DelegationStatus, { text: string; tone: Tone }> = {
  offered: { text: '等对方接受', tone: 'amber' },
  active: { text: '有效', tone: 'green' },
  revoked: { text: '已收回', tone: 'grey' },
  resigned: { text: '已放弃', tone: 'grey' },
  expired: { text: '已到期', tone: 'grey' },
  lapsed: { text: '已失效', tone: 'grey' }
}

/** 能做的每一样，一行一样。 */
export const mayDo = ({ bundleNames, sceneNames }: Pick<Delegation, 'bundleNames' | 'sceneNames'>): string[] => [
  ...bundleNames.map((name) => `办「${name}」`),
  ...(sceneNames.length > 0 ? [`亮码：${sceneNames.join('、')}`] : [])
]

/** 列表里一行说得下的。 */
export function briefly(scope: Pick<Delegation, 'bundleNames' | 'sceneNames'>): string {
  const { bundleNames, sceneNames } = scope
  return [...bundleNames, ...(sceneNames.length > 0 ? [`亮码 ${sceneNames.length} 处`] : [])].join('、')
}

/** 代办的人不能做的，授权之前、接受之前都说清楚。whose：「你」或打码的姓名。 */
export const mayNotDo = (whose: string): string[] => [
  '上面没有写的事，一样也不能办',
  `不能看${whose}的证照、足迹和消息`,
  '要本人当面办的事，不能代办；要本人到场的地方，不能代为亮码',
  '不能再转给别人'
]

/** 还有得办：等着接受，或者正有效。 */
export const isOpen = ({ status }: Pick<Delegation, 'status'>): boolean => status === 'offered' || status === 'active'

/** 已经结束的写「原定」，免得当成还有效。 */
export const untilText = (delegation: Pick<Delegation, 'until' | 'status'>, now: number): string =>
  `${isOpen(delegation) ? '' : '原定'}到 ${lastDayText(Date.parse(delegation.until), now)}为止`

/** 谁替谁办，从看的这一边说：两边常常同姓，打了码就分不出谁是谁。 */
export function whoForWhom(delegation: Pick<Delegation, 'side' | 'role' | 'shownSubjectName' | 'maskedDelegateName'>): string {
  const { side, role, shownSubjectName, maskedDelegateName } = delegation
  const subject = side === 'given' && role === 'proxy' ? '你' : ` ${shownSubjectName} `
  const delegate = side === 'received' ? '你' : maskedDelegateName ? `${maskedDelegateName} ` : ''
  return `${delegate}替${subject}办`
}
