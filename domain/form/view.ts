import type { ResolvedBundle } from '../bundle/types'
import { evaluateOptional } from '../condition/evaluate'
import { factsOf } from '../condition/facts'
import type { Answers } from '../condition/types'
import { collect, unique } from '../lists'
import type { IsoDay } from '../time'
import { askedForm } from './asked'
import { prefill } from './prefill'
import type { PrefillData, Prefilled } from './prefill'
import type { FieldValue, FormField, FormValues, FormView, FormViewField } from './types'
import { isEmpty, longestOf } from './value'

/** 合并表单所需：整理过的答案、本次适用的事项、填过的值、可预填的数据、指出有误的字段。 */
export interface FormInput {
  answers: Answers
  /** 本次适用的事项节点（plan().matters 的 key） */
  keys: string[]
  values: FormValues
  data: PrefillData
  /** 已指出有误的锁定字段 */
  objections: string[]
  today: IsoDay
}

/** 列表之间逐项相等即可：预填值只有文字、数字、文字列表与地址。 */
const same = (left: FieldValue, right: FieldValue) => JSON.stringify(left) === JSON.stringify(right)

function present(
  field: FormField, value: FieldValue, filled: Prefilled | null, input: Pick<FormInput, 'objections'>, names: string[]
): FormViewField {
  const locked = filled?.locked === true
  return {
    id: field.id,
    label: field.label,
    type: field.type,
    required: field.required,
    askedIf: field.askedIf ?? null,
    hint: field.hint ?? null,
    why: field.why ?? null,
    options: field.options ?? [],
    min: field.min ?? null,
    max: field.max ?? null,
    maxLength: longestOf(field),
    unit: field.unit ?? null,
    dateRange: field.dateRange ?? null,
    sensitivity: field.sensitivity,
    value,
    origin: filled && same(filled.value, value) ? filled.origin : null,
    locked,
    objected: locked && input.objections.includes(field.id),
    neededBy: names,
    fields: (field.fields ?? []).map(sub => present(sub, null, null, input, [])),
    minItems: field.minItems ?? null,
    maxItems: field.maxItems ?? null
  }
}

/** 单独拿出来重填的一项（补正时）：空着，不预填，也不锁。 */
export const blankField = (field: FormField): FormViewField => present(field, null, null, { objections: [] }, [])

/** 锁定的以来源为准；没锁的以本人填的为准（清空也算填过），没填过才用预填。 */
function viewOf(field: FormField, bundle: ResolvedBundle, input: FormInput): FormViewField {
  const filled = prefill(field, input.data, input.answers, input.today)
  const entered = input.values[field.id]
  const value = filled && (filled.locked || entered === undefined) ? filled.value : entered ?? null
  const nodes = bundle.matters.filter(node => field.for.includes(node.key) && input.keys.includes(node.key))
  return present(field, value, filled, input, unique(nodes.map(node => bundle.matterOf[node.matter]?.name ?? node.key)))
}

/**
 * 合并表单：每个数据项只出现一次，带上要用它的事项、预填值与来源。
 * 只留本次适用的：for 里至少一个事项适用，且 when 成立；空了的组不出现。
 */
export function formFor(bundle: ResolvedBundle, input: FormInput): FormView {
  const facts = factsOf(bundle.questions, input.answers, input.data.licences.map(licence => licence.type))
  const applies = (field: FormField) =>
    field.for.some(key => input.keys.includes(key)) && evaluateOptional(field.when, facts).verdict === 'yes'
  const groups = bundle.form.map(({ id, title, fields }) =>
    ({ id, title, fields: fields.filter(applies).map(field => viewOf(field, bundle, input)) }))
  return { groups: groups.filter(group => group.fields.length > 0) }
}

/** 表单最终的值：签字、派件都用它；不适用的、眼下不问的字段不在其中。 */
export function formValues(view: FormView): FormValues {
  const values: FormValues = {}
  for (const group of askedForm(view).groups) for (const field of group.fields) values[field.id] = field.value
  return values
}

/** 填写进度：眼下要问的必填项，填了几项。 */
export function formProgress(view: FormView): { filled: number; total: number } {
  const required = collect(askedForm(view).groups, group => group.fields.filter(field => field.required))
  return { filled: required.filter(field => !isEmpty(field.value)).length, total: required.length }
}
