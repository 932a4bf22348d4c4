import type { CaseDetail } from '../../../contract/submissions'
import { eventDetail, eventTitle, stepsAhead } from '../../../domain/case/words'
import type { CorrectionItem } from '../../../domain/case/types'
import { stoppedWith } from '../../../domain/submission/progress'
import type { Deps } from '../../deps'
import type { SignedMaterial } from '../draft/signed-content'
import type { DeferredMaterial } from './deferred-repository'
import type { LoadedCase } from './repository'
import { caseSummary, materialName } from './view'
import { currentValues, departmentName, materialsOf, nameOfKey, nodesOf, type WorkingSet } from './working-set'

const howText: Record<SignedMaterial['how'], string> = {
  exempt: '免提交',
  consent: '对方已同意',
  fill: '表单里填的',
  generated: '系统生成',
  predecessor: '用上一步的结果',
  upload: '你上传的',
  defer: '稍后补交',
  promise: '告知承诺',
  window: '到窗口核验',
  waived: '不再收'
}

/** One case as a timeline: where it is, who has it, what it waits for and what it used. */
export function caseDetail(deps: Deps, set: WorkingSet, subject: LoadedCase, deferred: DeferredMaterial[]): CaseDetail {
  const { submission, bundle } = set
  const { state, events } = subject
  const last = events[events.length - 1]
  const own = deferred.filter(({ caseId }) => caseId === subject.id)
  const refusal = [...events]
    .reverse()
    .find(({ type, data }) => type === 'rejected' || (type === 'decided' && data.outcome === 'disapprove'))
  const atApplicant = state.status === 'correction'
  const isSupplied = (id: string) => own.some(({ materialId, suppliedAt }) => materialId === id && suppliedAt !== null)
  return {
    ...caseSummary(deps, set, subject, deferred),
    submissionId: submission.id,
    bundleName: bundle.name,
    timeline: events.map((event) => ({
      seq: event.seq,
      type: event.type,
      at: new Date(event.at).toISOString(),
      title: eventTitle[event.type],
      detail: eventDetail(event),
      by: event.by,
      documentNo: event.data.documentNo ?? null
    })),
    ahead: stepsAhead(state),
    holder: {
      organisation: atApplicant ? '你' : state.status === 'waiting' ? '掌上办（等前一步）' : departmentName(set, subject),
      phone: atApplicant ? null : (bundle.departmentOf[subject.departmentId]?.phone ?? null),
      since: new Date(last?.at ?? submission.submittedAt).toISOString()
    },
    correction: state.correction && {
      items: state.correction.items.map((item) => correctionItem(set, item)),
      dueAt: state.correction.dueAt === null ? null : new Date(state.correction.dueAt).toISOString()
    },
    deferred: own.map(({ materialId, until }) => ({
      materialId,
      name: materialName(set, materialId),
      until,
      workdays: submission.plan.materials.find(({ id }) => id === materialId)?.canDefer?.workdays ?? null,
      supplied: isSupplied(materialId)
    })),
    materials: materialsOf(set, subject.key).map(({ id, name }) => ({
      name,
      how: isSupplied(id) ? '已补交' : howOf(submission.content.materials[id])
    })),
    stopsWith: stoppedWith(subject.key, nodesOf(set), bundle.failAll).map((key) => nameOfKey(set, key)),
    refusal: refusal ? { reason: refusal.data.reason ?? '', remedy: refusal.data.remedy ?? '' } : null
  }
}

const howOf = (signed: SignedMaterial | undefined): string => (signed ? howText[signed.how] : '—')

/** An item with the definition of its field as it was when signed: what is asked again is what was asked then. */
function correctionItem(set: WorkingSet, item: CorrectionItem): NonNullable<CaseDetail['correction']>['items'][number] {
  const { kind, target } = item
  const field = kind === 'field' ? set.bundle.form.flatMap(({ fields }) => fields).find(({ id }) => id === target) : undefined
  const label = kind === 'material' ? materialName(set, target) : (field?.label ?? target)
  return { ...item, label, field: field ?? null, given: (field && currentValues(set)[target]) ?? null, sample: item.sample ?? null }
}
