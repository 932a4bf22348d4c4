import type { PoolClient } from 'pg'
import type { DepartmentCallback } from '../../../contract/gateways/departments'
import type { CaseEventData } from '../../../domain/case/types'
import { dayOf, dayText } from '../../../domain/time'
import type { Deps } from '../../deps'
import type { LoadedCase } from './repository'
import { tellApplicant, type ApplicantMessage } from './settle'
import { departmentName, matterOf, type WorkingSet } from './working-set'

type Words = Pick<ApplicantMessage, 'title' | 'body' | 'kind' | 'licenceId'>

/** Tells the applicant of a department's step, where it concerns the applicant; steps inside a department don't. */
export async function tellStep(
  client: PoolClient,
  deps: Deps,
  set: WorkingSet,
  subject: LoadedCase,
  { type, eventId }: Pick<DepartmentCallback, 'type' | 'eventId'>,
  data: CaseEventData
): Promise<void> {
  const words = wordsFor(type, data, departmentName(set, subject), dayOf(deps.now()))
  if (!words) return
  const title = `${matterOf(set, subject).name}：${words.title}`
  await tellApplicant(client, deps, set, { ...words, title, cause: `${type}:${subject.id}:${eventId}`, caseId: subject.id })
}

function wordsFor(type: DepartmentCallback['type'], data: CaseEventData, department: string, today: string): Words | null {
  const { reason, remedy, documentNo, items = [], dueAt, procedure, extendDays, outcome, result } = data
  const refusal = `${reason}。${remedy}`
  switch (type) {
    case 'preReviewPassed':
    case 'accepted':
      return { title: '已受理', body: `${department}已受理${documentNo ? `，受理通知书 ${documentNo}` : ''}。` }
    case 'correctionRequested': {
      const until = dueAt ? `请在${dayText(dayOf(dueAt), today)}前补好。` : ''
      return { title: `请补正 ${items.length} 处`, body: `${items.map(({ mend }) => mend).join('；')}。${until}`, kind: 'correction' }
    }
    case 'rejected':
      return { title: '不予受理', body: refusal }
    case 'specialProcedureStarted':
      return { title: '暂停计时', body: `因${procedure?.name}暂停，预计 ${procedure?.expectedDays} 个工作日，期间不计入承诺时限。` }
    case 'specialProcedureEnded':
      return { title: '恢复计时', body: '特别程序已结束，接着办理。' }
    case 'extended':
      return { title: '延长办理期限', body: `延长 ${extendDays} 个工作日：${reason}。` }
    case 'decided':
      return outcome === 'disapprove' ? { title: '不予办理', body: refusal } : null
    case 'issued': {
      const licence = result?.kind === 'licence' ? { kind: 'licence' as const, licenceId: result.licenceId } : {}
      return { title: '证照已到', body: `${result?.name}已放进「我的证照」。`, ...licence }
    }
    case 'resultReady':
      return { title: '结果已出', body: `${result?.name}可以查看了。` }
    case 'delivered':
      return { title: '已办结', body: '欢迎评价这次办理。', kind: 'rating' }
    case 'examineStarted':
      return null
  }
}
