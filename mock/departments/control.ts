import type { DepartmentCallback } from '../../contract/gateways/departments'
import { mayEmit, nextStep } from './case-file'
import type { CaseFile, EventType } from './case-file'

type Items = NonNullable<DepartmentCallback['items']>

/** 控制台与测试共用的一条指令。 */
export interface Control {
  action: 'accept' | 'requestCorrection' | 'stopClock' | 'resumeClock' | 'extend' | 'refuse' | 'reject' | 'issue'
    | 'pauseScript' | 'continueScript' | 'down' | 'up' | 'shareDown' | 'shareUp'
  /** 哪一件；pauseScript、continueScript 不写就是全部。 */
  caseNo?: string
  /** down、up：哪个部门，不写就是全部。 */
  departmentId?: string
  /** shareDown、shareUp：哪个共享系统。 */
  system?: string
  reason?: string
  remedy?: string
  items?: Items
  procedure?: NonNullable<DepartmentCallback['procedure']>
  extendDays?: number
}

export type EventDetails = Partial<Omit<DepartmentCallback, 'eventId' | 'caseNo' | 'departmentId' | 'at' | 'type' | 'by'>>

/** 要发出的一步。 */
export interface Step {
  type: EventType
  details: EventDetails
}

const appeal = '可在收到决定之日起 60 日内申请行政复议，或在 6 个月内提起行政诉讼（演示文字）'
const siteInspection = { kind: 'siteInspection', name: '现场踏勘（演示）', expectedDays: 3 }

/** 下一步该怎么走才到得了指令要的地方：发一步问一次，直到 finishes；null 表示此刻不许。 */
export function nextFor(control: Control, file: CaseFile): Step | null {
  const { reason, remedy } = control
  switch (control.action) {
    case 'accept': return file.stage === 'received' ? forward(file) : null
    case 'requestCorrection': {
      const items = control.items ?? []
      const anew = file.told.length > 0 && items.some(item => !file.told.includes(item.target))
      if (items.length === 0 || anew) return null
      return once(file, 'correctionRequested', { items })
    }
    case 'reject': return once(file, 'rejected', { reason: reason ?? '不属于本机关职权范围（演示）', remedy: remedy ?? appeal })
    case 'stopClock': {
      const procedure = control.procedure ?? listedProcedure(file) ?? siteInspection
      return towards(file, 'specialProcedureStarted', { procedure, reason: reason ?? `需要${procedure.name}` })
    }
    case 'resumeClock': return once(file, 'specialProcedureEnded', {})
    case 'extend': return towards(file, 'extended', { extendDays: control.extendDays ?? 5, reason: reason ?? '情况复杂，经负责人批准（演示）' })
    case 'refuse':
      if (file.stage === 'refused' || file.stage === 'paused') return forward(file)
      return towards(file, 'decided', { outcome: 'disapprove', reason: reason ?? '不符合法定条件（演示）', remedy: remedy ?? appeal })
    case 'issue':
      if (file.stage === 'refused') return null
      return file.stage === 'examining' ? { type: 'decided', details: { outcome: 'approve' } } : forward(file)
    default: return null
  }
}

/** 派件里列的、轮到的那个特别程序。 */
export function listedProcedure(file: CaseFile): EventDetails['procedure'] | null {
  const listed = file.dispatch.specialProcedures[file.proceduresDone]
  return listed ? { kind: listed.kind, name: listed.name, expectedDays: Math.max(1, listed.days) } : null
}

function forward(file: CaseFile): Step | null {
  const type = nextStep(file)
  return type ? { type, details: {} } : null
}

/** 能发就发；还在受理前后就先往前走。 */
function towards(file: CaseFile, type: EventType, details: EventDetails): Step | null {
  if (mayEmit(file, type)) return { type, details }
  return file.stage === 'received' || file.stage === 'accepted' ? forward(file) : null
}

function once(file: CaseFile, type: EventType, details: EventDetails): Step | null {
  return mayEmit(file, type) ? { type, details } : null
}

/** 发完这一步，指令是否就算到了。 */
export function finishes(control: Control, step: Step): boolean {
  switch (control.action) {
    case 'stopClock': return step.type === 'specialProcedureStarted'
    case 'refuse':
    case 'issue': return step.type === 'delivered'
    case 'extend': return step.type === 'extended'
    default: return true
  }
}
