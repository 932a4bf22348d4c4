import type { ClockParameters } from '../clock/parameters'
import type { CaseEventData, CaseEventType, CaseState } from './types'

type Demand = (data: CaseEventData, state: CaseState, parameters: ClockParameters) => string | null

const isBlank = (text: string | undefined) => text === undefined || text.trim() === ''

const withRemedy: Demand = ({ reason, remedy }) => (isBlank(reason) ? '须写明理由' : isBlank(remedy) ? '须写明救济途径' : null)

const itemised: Demand = ({ items = [] }) => {
  if (items.length === 0) return '须逐条写明要补正什么'
  return items.some(item => isBlank(item.problem) || isBlank(item.mend)) ? '每一条都须写明问题和补法' : null
}

const decision: Demand = (data, state, parameters) => {
  if (data.outcome === undefined) return '须写明准予还是不予'
  return data.outcome === 'disapprove' ? withRemedy(data, state, parameters) : null
}

const extension: Demand = ({ extendDays = 0, reason }, state, { maximumExtensionDays }) => {
  if (!Number.isInteger(extendDays) || extendDays < 1) return '须写明延长几个工作日'
  if (state.extendDays + extendDays > maximumExtensionDays) return `合计最多延长 ${maximumExtensionDays} 个工作日`
  return isBlank(reason) ? '须写明延长的理由' : null
}

/** 哪些事件必须带什么：一次性告知逐条写明，不予、停表、延期都要有办事人能懂的理由。 */
const demands: Partial<Record<CaseEventType, Demand>> = {
  correctionRequested: itemised,
  rejected: withRemedy,
  decided: decision,
  extended: extension,
  specialProcedureStarted: ({ procedure }) =>
    (!procedure || isBlank(procedure.name) || !(procedure.expectedDays >= 1) ? '须写明特别程序的种类和预计天数' : null),
  issued: ({ result }) => (result?.kind === 'licence' ? null : '须附上签发的证照'),
  resultReady: ({ result }) => (result?.kind === 'document' ? null : '须附上结果文书')
}

/**
 * 这个事件还缺什么内容；不缺为 null。
 * 出处：《行政许可法》第三十二条（一次告知）、第三十八条（不予许可须说明理由并告知救济途径）、第四十二条（延期须告知理由）、
 * 第四十五条（特别程序须书面告知所需时间）。
 */
export const missingFrom = (state: CaseState, type: CaseEventType, data: CaseEventData, parameters: ClockParameters): string | null =>
  demands[type]?.(data, state, parameters) ?? null
