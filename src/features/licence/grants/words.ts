import type { LicenceGrant } from '../../../../contract/licences'
import { timeText } from '../../../../domain/time'
import type { Tone } from '../../../components'

export const grantStatus: Record<LicenceGrant['status'], { text: string; tone: Tone }> = {
  active: { text: '还在用', tone: 'green' },
  ended: { text: '已结束', tone: 'grey' },
  revoked: { text: '已收回', tone: 'amber' }
}

/** Until when a grant lasts, or lasted. */
export function untilText({ until, status, caseId }: LicenceGrant, now: number): string {
  if (status === 'revoked') return '已收回，对方不能再看'
  if (until !== null) return `到 ${timeText(Date.parse(until), now)}${status === 'active' ? '' : ' 为止'}`
  if (status === 'active') return caseId ? '到这一件办完为止' : '到对方用完为止'
  return '这一件已经办完'
}

/** What happens when a grant is taken back. */
export function effectOf({ caseId, to }: LicenceGrant): string[] {
  if (caseId) return [`${to}会知道你收回了，不能再看这本证照。`, '这一件还没办完：可能要你另交材料，也可能因此办不成。', '已经看过、用过的，收不回来。']
  return ['还没核验的亮证码立刻作废。', '对方已经核验过、看到了的，收不回来。']
}
