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
  '要本人当面办的事，不能代办',
  '不能再转给别人'
]

export const untilText = ({ until }: Pick<Delegation, 'until'>, now: number): string => `到 ${lastDayText(Date.parse(until), now)}为止`
