import type { Condition } from '../condition/types'

/** 一份表单里的数据项。同一数据项只问一次，`for` 列出用到它的事项节点。 */
export type FieldType =
  | 'text' | 'multiline' | 'personName' | 'idNumber' | 'creditCode' | 'phone' | 'date' | 'time' | 'number' | 'money'
  | 'choice' | 'choices' | 'address' | 'bankAccount' | 'group'

/** 结构化地址：区划到村社区用代码与名称，详细地址自由填写。 */
export interface Address {
  province: string
  city: string
  district: string
  town: string
  village?: string
  detail: string
}

/** 预填来源；locked = 权威数据，只能「指出有误」，不能直接改。 */
export interface PrefillSource {
  kind: 'identity' | 'licence' | 'share' | 'answer' | 'account'
  /** licence: 证照类型；share: 系统名；identity/account: 声明名；answer: 题目键。 */
  from: string
  /** 证照照面或共享数据里的字段名。 */
  face?: string
  /** 谁的证照；缺省申请人本人。 */
  holder?: 'applicant' | 'spouse' | 'legalRepresentative' | 'ward' | 'company'
  /** 照面里并列双方（如结婚证「双方姓名」，以顿号分隔）时，取不是申请人的那一位。 */
  part?: 'other'
  locked: boolean
}

export interface FormField {
  id: string
  label: string
  type: FieldType
  /** 用到它的事项节点（bundle.matters[].key）；其中任一适用才显示。 */
  for: string[]
  required: boolean
  when?: Condition
  /** 同组里排在前面的一个选项选了其中之一才问，如选了寄递才问地址。 */
  askedIf?: { field: string; in: string[] }
  hint?: string
  /** 为什么要填。 */
  why?: string
  options?: { value: string; label: string }[]
  min?: number
  max?: number
  maxLength?: number
  unit?: string
  /** date: 只收今天及以前 / 今天及以后。 */
  dateRange?: 'past' | 'future'
  prefill?: PrefillSource[]
  sensitivity: 0 | 1 | 2 | 3
  /** type = group：重复组（如股东），子字段各自校验。 */
  fields?: FormField[]
  minItems?: number
  maxItems?: number
}

export interface FormGroup {
  id: string
  title: string
  fields: FormField[]
}

export type FieldValue = string | number | string[] | Address | FormValues[] | null
export interface FormValues { [fieldId: string]: FieldValue }

/** JSON Pointer（RFC 6901）指到字段；message 写清哪一项、怎么改。 */
export interface FieldError {
  pointer: string
  code: string
  message: string
}

/** 合并后的表单：每个数据项只出现一次，带值、来源与锁。 */
export interface FormViewField {
  id: string
  label: string
  type: FieldType
  required: boolean
  askedIf: { field: string; in: string[] } | null
  hint: string | null
  why: string | null
  options: { value: string; label: string }[]
  min: number | null
  max: number | null
  maxLength: number | null
  unit: string | null
  dateRange: 'past' | 'future' | null
  sensitivity: 0 | 1 | 2 | 3
  value: FieldValue
  /** 「来自 居民身份证」；自己填的为 null。 */
  origin: string | null
  locked: boolean
  /** 已指出有误，等待核实。 */
  objected: boolean
  /** 用到它的事项名称。 */
  neededBy: string[]
  fields: FormViewField[]
  minItems: number | null
  maxItems: number | null
}

export interface FormView {
  groups: { id: string; title: string; fields: FormViewField[] }[]
}
