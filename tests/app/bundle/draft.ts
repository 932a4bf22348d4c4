import type { Draft } from '../../../contract/drafts'
import type { FieldValue, FormViewField } from '../../../domain/form/types'

const plain: FormViewField = {
  id: '', label: '', type: 'text', required: false, askedIf: null, hint: null, why: null, options: [], min: null, max: null,
  maxLength: 100, unit: null, dateRange: null, sensitivity: 0, value: null, origin: null, locked: false, objected: false, neededBy: [],
  fields: [], minItems: null, maxItems: null
}

export const field = (id: string, value: FieldValue, rest: Partial<FormViewField> = {}): FormViewField =>
  ({ ...plain, id, label: id, value, ...rest })

/** A draft with a form of two free fields and a locked one. */
export function draftOf(version: number, values: Record<string, FieldValue> = {}): Draft {
  const fields = [field('bank', values.bank ?? null), field('account', values.account ?? null), field('name', '林演示', { locked: true })]
  const even = { single: 0, bundled: 0 }
  return {
    id: 'd1', bundleId: 'demo', bundleName: '演示一件事', subjectId: 's1', step: 'form', version, updatedAt: '2026-11-21T00:00:00Z',
    expiresAt: '2026-12-21T00:00:00Z', filled: 0, total: 0, catalogueRevision: 'r', rulesChanged: false, answers: {}, picks: [],
    plan: {
      bundleId: 'demo', verdict: 'ready', stops: [], missing: [], matters: [], excluded: [], undecided: [], edges: [], layers: [],
      criticalPath: [], materials: [], promise: { workdays: 0, day: '2026-11-21', estimated: false },
      finish: { workdays: 0, naturalDays: 0, day: '2026-11-21', estimated: false, includes: [] },
      savings: { applications: even, materials: even, workdays: even, visits: even }, fees: []
    },
    form: { groups: [{ id: 'g', title: '收款', fields }] }, materials: {}, files: [], invitations: []
  }
}
