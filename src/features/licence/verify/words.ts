import type { Verification } from '../../../../contract/presentations'
import type { IconName } from '../../../components'

/** The answer in one picture and a few words; the server's sentence says more. ended: it was good, but can't be relied on now. */
export const resultWords: Record<Verification['result'], { word: string; kind: 'good' | 'ended' | 'no'; icon: IconName }> = {
  valid: { word: '是真的，现在有效', kind: 'good', icon: 'check' },
  expired: { word: '是真的，但已过期', kind: 'ended', icon: 'clock' },
  suspended: { word: '是真的，但被暂扣', kind: 'ended', icon: 'warning' },
  replaced: { word: '是真的，但已换发新证', kind: 'ended', icon: 'retry' },
  cancelled: { word: '已注销，不能再用', kind: 'no', icon: 'cross' },
  revoked: { word: '已吊销，不能再用', kind: 'no', icon: 'cross' },
  annulled: { word: '已撤销，不能再用', kind: 'no', icon: 'cross' },
  spent: { word: '这个码用过了或过期了', kind: 'ended', icon: 'clock' },
  not_genuine: { word: '不能认定为真', kind: 'no', icon: 'close' }
}
