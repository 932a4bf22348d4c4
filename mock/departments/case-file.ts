import type { CaseMessage, DepartmentCallback, DispatchCase } from '../../contract/gateways/departments'

export type EventType = DepartmentCallback['type']

/** 部门这边办到哪一步。 */
export type Stage =
  'received' | 'correction' | 'accepted' | 'examining' | 'paused' | 'approved' | 'refused' | 'delivering' | 'closed' | 'withdrawn'

/** 部门手里的一件：收到的原文、往来、发出去的每一步。 */
export interface CaseFile {
  dispatch: DispatchCase
  receivedAt: string
  /** 第几件：文书编号用。 */
  sequence: number
  stage: Stage
  /** 已办完的特别程序数。 */
  proceduresDone: number
  /** 已告知过的补正项：再次告知不得提新的。 */
  told: string[]
  /** 是否照演示脚本自己往下办。 */
  scripted: boolean
  messages: { at: string; message: CaseMessage }[]
  events: SentEvent[]
  /** 取到并核对过的文件：文件标识 → 是否一致。 */
  files: Map<string, boolean>
}

/** queued 还没送到；delivered 对方已收下；dropped 申请人先撤回了，不再送。 */
export interface SentEvent {
  event: DepartmentCallback
  state: 'queued' | 'delivered' | 'dropped'
}

export function newCaseFile(dispatch: DispatchCase, receivedAt: string, sequence: number): CaseFile {
  return {
    dispatch, receivedAt, sequence, stage: 'received', proceduresDone: 0, told: [], scripted: true,
    messages: [], events: [], files: new Map()
  }
}

/** 从哪一步可以发什么；表里没有的就是不许。 */
const allowedIn: Record<Stage, readonly EventType[]> = {
  received: ['preReviewPassed', 'accepted', 'correctionRequested', 'rejected'],
  correction: [],
  accepted: ['examineStarted'],
  examining: ['specialProcedureStarted', 'extended', 'decided'],
  paused: ['specialProcedureEnded'],
  approved: ['issued', 'resultReady'],
  refused: ['delivered'],
  delivering: ['delivered'],
  closed: [],
  withdrawn: []
}

export const mayEmit = (file: CaseFile, type: EventType): boolean => allowedIn[file.stage].includes(type)

/** 记下发出的一步（还没送到）。 */
export function applyEvent(file: CaseFile, event: DepartmentCallback): void {
  file.events.push({ event, state: 'queued' })
  if (event.type === 'specialProcedureEnded') file.proceduresDone += 1
  if (event.items) file.told = [...new Set([...file.told, ...event.items.map(item => item.target)])]
  file.stage = stageAfter(file.stage, event)
}

function stageAfter(stage: Stage, event: DepartmentCallback): Stage {
  switch (event.type) {
    case 'preReviewPassed':
    case 'accepted': return 'accepted'
    case 'correctionRequested': return 'correction'
    case 'examineStarted':
    case 'specialProcedureEnded': return 'examining'
    case 'specialProcedureStarted': return 'paused'
    case 'decided': return event.outcome === 'approve' ? 'approved' : 'refused'
    case 'issued':
    case 'resultReady': return 'delivering'
    case 'rejected':
    case 'delivered': return 'closed'
    case 'extended': return stage
  }
}

/** 记下申请人那边来的一条：补正退回预审，撤回则不再往下办，还没送到的也不送了。 */
export function applyMessage(file: CaseFile, at: string, message: CaseMessage): void {
  file.messages.push({ at, message })
  if (message.kind === 'correction' && file.stage === 'correction') file.stage = 'received'
  if (message.kind === 'withdrawal' && file.stage !== 'closed') {
    file.stage = 'withdrawn'
    for (const sent of file.events) if (sent.state === 'queued') sent.state = 'dropped'
  }
}

/** 脚本的下一步：预审（或收件即受理）→ 审查 → 派件里列的特别程序逐个走完 → 准予 → 出证或出件 → 送达。 */
export function nextStep(file: CaseFile): EventType | null {
  switch (file.stage) {
    case 'received': return file.dispatch.acceptOnReceipt ? 'accepted' : 'preReviewPassed'
    case 'accepted': return 'examineStarted'
    case 'examining': return file.proceduresDone < file.dispatch.specialProcedures.length ? 'specialProcedureStarted' : 'decided'
    case 'paused': return 'specialProcedureEnded'
    case 'approved': return file.dispatch.result.kind === 'licence' ? 'issued' : 'resultReady'
    case 'refused':
    case 'delivering': return 'delivered'
    default: return null
  }
}

/** 排在最前、还没送到的一步。 */
export const queueHead = (file: CaseFile): DepartmentCallback | null =>
  file.events.find(sent => sent.state === 'queued')?.event ?? null
