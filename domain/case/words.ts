import type { RefusalReason } from './transition'
import type { CaseEvent, CaseEventType, CaseState, CaseStatus, ReliedStatus } from './types'

/** 状态给人看的说法。 */
export const statusText: Record<CaseStatus, string> = {
  waiting: '等前一步', submitted: '已提交', preReview: '预审中', correction: '等你补正', accepted: '已受理', rejected: '不予受理',
  examining: '审查中', paused: '暂停计时', decided: '已决定', issuing: '制证中', delivering: '送达中', done: '已办结',
  withdrawn: '已撤回', terminated: '已终止', blocked: '办不了', archived: '已归档',
}

/** 时间线上一条事件的标题。 */
export const eventTitle: Record<CaseEventType, string> = {
  submitted: '已提交', ready: '前一步已办好，送往部门', dispatched: '部门系统已收到', preReviewPassed: '预审通过，已受理', correctionRequested: '需要补正',
  corrected: '补正已提交', correctionExpired: '逾期未补正，已终止', rejected: '不予受理', accepted: '已受理', examineStarted: '开始审查',
  specialProcedureStarted: '暂停计时', specialProcedureEnded: '恢复计时', extended: '延长办理期限', supplemented: '容缺材料已补',
  supplementExpired: '容缺材料逾期未补，已终止', decided: '已作出决定', issueStarted: '开始制证', issued: '已出证', resultReady: '结果已生成',
  delivered: '已送达，办结', deliveryFailed: '送达没有成功', withdrawn: '已撤回', terminated: '已终止', blocked: '前一步没办成，本件办不了',
  archived: '已归档', rated: '已评价', licenceChanged: '所依据的证照有变',
}

/** 所依据的证照变成了什么样。 */
export const reliedText: Record<ReliedStatus, string> = {
  valid: '已恢复有效', expired: '已到期', suspended: '已暂扣', changed: '已换发或变更', cancelled: '已注销', revoked: '已吊销', annulled: '已撤销',
  grantRevoked: '持证人收回了授权',
}

/** 不能这样做时的说法。 */
export const refusalText: Record<RefusalReason, string> = {
  early: '还没有到这一步', late: '这一步已经过了', closed: '这件事已经结束', actor: '这一步不由你来做', outcome: '与已作出的决定不符',
  once: '补正要求只能一次告知，已经告知过了', incomplete: '该写明的内容不全',
}

/** 时间线一条的细说：理由、特别程序、结果名称；没有可说的为 null。 */
export function eventDetail({ type, data }: CaseEvent): string | null {
  if (type === 'decided') return data.outcome === 'disapprove' ? `不予办理：${data.reason ?? '见决定书'}` : '准予'
  if (type === 'specialProcedureStarted' && data.procedure) return `${data.procedure.name}，预计 ${data.procedure.expectedDays} 个工作日，期间不计入承诺时限`
  if (type === 'extended' && data.extendDays) return `延长 ${data.extendDays} 个工作日${data.reason ? `：${data.reason}` : ''}`
  if (data.items?.length) return data.items.map(item => item.problem).join('；')
  if (data.result) return data.result.name
  return data.reason ?? null
}

const road: readonly { status: CaseStatus[]; title: string }[] = [
  { status: ['waiting'], title: '等前一步出结果' },
  { status: ['submitted', 'preReview', 'correction'], title: '预审' },
  { status: ['accepted'], title: '受理' },
  { status: ['examining', 'paused'], title: '审查' },
  { status: ['decided'], title: '决定' },
  { status: ['issuing', 'delivering'], title: '出结果并送达' },
  { status: ['done'], title: '办结' },
]

/** 还没走到的步骤；已终了的没有。 */
export function stepsAhead(state: CaseState): string[] {
  const at = road.findIndex(step => step.status.indexOf(state.status) >= 0)
  if (at < 0 || state.outcome === 'disapprove') return []
  return road.slice(at + 1).map(step => step.title)
}

const withDepartment: readonly CaseStatus[] = [
  'submitted', 'preReview', 'accepted', 'examining', 'paused', 'decided', 'issuing', 'delivering',
]

/** 送给部门的被对方系统拒收、要人处理时的说法。 */
export const systemTroubleText = '系统对接出了问题，我们在处理，你不用做什么。'

/** 一句话：现在在谁那里、接下来发生什么；refusedBySystem：送去的有一条被部门的系统拒收，还没处理好。 */
export function nextStepText(
  state: CaseState,
  facts: { department: string; waitingFor: string[]; blockedBy: string | null; stillDeferred: string[]; refusedBySystem: boolean }
): string {
  const { department, waitingFor, blockedBy, stillDeferred, refusedBySystem } = facts
  const owing = stillDeferred.length ? `请补交${stillDeferred.join('、')}。` : ''
  const rest = owing || '不用你做什么。'
  if (refusedBySystem && withDepartment.indexOf(state.status) >= 0) {
    return owing ? `系统对接出了问题，我们在处理。${owing}` : systemTroubleText
  }
  switch (state.status) {
    case 'waiting':
      if (waitingFor.length === 0) return `正在送往${department}。${owing}`
      return `等${waitingFor.join('、')}办好，就自动送到${department}，${owing || '不用你再做什么。'}`
    case 'submitted': return `${state.dispatchedAt === null ? '正在送往' : '已送到'}${department}，${rest}`
    case 'preReview': return `${department}正在看材料齐不齐，${rest}`
    case 'correction': return '等你补正，补好后自动回到预审。'
    case 'accepted':
    case 'examining': return `${department}正在办，${rest}`
    case 'paused': return `${state.stops[state.stops.length - 1]?.reason || '特别程序'}，期间不计时，结束后接着办。${owing}`
    case 'decided': return state.outcome === 'disapprove' ? `${department}决定不予办理，理由和救济途径见下。` : '已准予，正在出结果。'
    case 'issuing': return '已准予，正在制证。'
    case 'delivering': return '结果已出，正在送达。'
    case 'done':
    case 'archived': return state.outcome === 'disapprove' ? '已办结：不予办理。可以申诉或重新申请。' : state.rated ? '已办好。' : '已办好。欢迎评价。'
    case 'rejected': return `${department}不予受理，理由和救济途径见下。`
    case 'withdrawn': return '你已撤回。需要时可以重新办，材料可以再用。'
    case 'terminated': return `已终止：${state.reason ?? ''}。可以重新申请。`
    case 'blocked': return `「${blockedBy ?? '前一步'}」没有办成，这一件办不了。`
  }
}
