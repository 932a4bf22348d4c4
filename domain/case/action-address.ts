import type { CaseAction } from './types'

/** 等我做的事在应用里的地址：进度、首页、消息都从这里去。 */
const pages: Record<Exclude<CaseAction, 'withdraw'>, string> = {
  correct: '/features/case/correct/index?id=',
  supplement: '/features/case/supplement/index?id=',
  rate: '/features/rating/rate/index?case='
}

/** 做这件事的页面；撤回在办件页上办。 */
export const hrefOfAction = (action: CaseAction, caseId: string): string =>
  (action === 'withdraw' ? '/features/case/detail/index?id=' : pages[action]) + caseId
