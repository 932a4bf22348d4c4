import type { BundleMatter, Material, Matter, MatterMaterial, Question, ResolvedBundle } from '../../domain/bundle/types'
import type { PlanInput } from '../../domain/bundle/plan'
import { defaultClockParameters } from '../../domain/clock/parameters'
import { instantOf } from '../../domain/time'
import { calendar } from './calendars'

const provenance = { source: '测试', reviewedOn: '2026-11-01' }

/** 一个事项：只写与缺省不同的地方。 */
export type MatterSketch = Partial<Matter> & { key: string; days?: number | null; node?: Partial<BundleMatter> }

export const question = (id: string, values: string[], rest: Partial<Question> = {}): Question => ({
  id, text: `${id}？`, options: values.map(value => ({ value, label: `选项${value}` })), ...rest
})

export const material = (id: string, source: Material['source'], rest: Partial<Material> = {}): Material => ({
  id, name: `材料${id}`, source, holder: 'applicant', ...rest
})

export const needs = (id: string, rest: Partial<MatterMaterial> = {}): MatterMaterial => ({ id, why: `要${id}`, ...rest })

function matterOf({ key, days = 0, node, ...rest }: MatterSketch): Matter {
  return {
    ...provenance, id: `m-${key}`, name: `事项${key}`, alias: [], department: 'dept',
    limit: { statutory: null, promised: days, unit: 'workday' },
    handlingType: days === 0 ? 'instant' : 'promised', specialProcedures: [], materials: [], result: { kind: 'document', name: `${key}回执` },
    separateVisits: 1, acceptOnReceipt: true, ...rest
  }
}

const byId = <T extends { id: string }>(items: T[]): Record<string, T> => Object.fromEntries(items.map(item => [item.id, item]))

/** 编一件事：与真实目录无关，只为把规则说清楚。 */
export function sketchBundle(matters: MatterSketch[], rest: Partial<ResolvedBundle> & { materials?: Material[] } = {}): ResolvedBundle {
  const { materials = [], ...bundle } = rest
  return {
    ...provenance, id: 'sketch', name: '某件事', fullName: '某件事', audience: 'person', stage: 'birth', lead: 'dept', who: '某人', trigger: '某事',
    summary: '', questions: [], stops: [], form: [], minutes: 5,
    matters: matters.map(({ key, node }) => ({ key, matter: `m-${key}`, after: [], materialsWhen: {}, ...node })),
    matterOf: byId(matters.map(matterOf)),
    materialOf: byId(materials),
    departmentOf: { dept: { id: 'dept', name: '某局' } },
    licenceTypeOf: { card: { id: 'card', name: '某证' }, book: { id: 'book', name: '某簿' } },
    ...bundle
  }
}

/** 周一上午提交、没有证照、什么也没勾。 */
export const monday: PlanInput = {
  answers: {}, picks: [], holdings: [], now: instantOf('2026-11-23', '10:00'), calendar, parameters: defaultClockParameters
}
