import { collect } from '../lists'
import type { IsoDay } from '../time'
import { askedForm } from './asked'
import type { Address, FieldError, FieldValue, FormField, FormGroup, FormValues, FormView, FormViewField } from './types'
import { checkValue, isEmpty, longestOf } from './value'

const addressParts: { key: keyof Address; name: string; required: boolean; longest: number }[] = [
  { key: 'province', name: '省', required: true, longest: 20 },
  { key: 'city', name: '市', required: true, longest: 20 },
  { key: 'district', name: '区县', required: true, longest: 20 },
  { key: 'town', name: '镇街', required: true, longest: 30 },
  { key: 'village', name: '村社区', required: false, longest: 30 },
  { key: 'detail', name: '详细地址', required: true, longest: 100 }
]

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** RFC 6901：指针里的 ~ 与 / 要转义。 */
const step = (key: string | number) => `/${String(key).replace(/~/g, '~0').replace(/\//g, '~1')}`

const fault = (pointer: string, code: string, label: string, mend: string): FieldError => ({ pointer, code, message: `「${label}」${mend}` })

function addressErrors(field: FormViewField, value: FieldValue, pointer: string): FieldError[] {
  if (!isRecord(value)) return [fault(pointer, 'wrong_type', field.label, '填写的内容格式不对，请重新选择')]
  const unknown = Object.keys(value).filter(key => !addressParts.some(part => part.key === key))
  return [
    ...unknown.map(key => fault(pointer + step(key), 'unknown_field', field.label, '里有不认识的内容，请重新选择')),
    ...collect(addressParts, ({ key, name, required, longest }) => {
      const part = value[key]
      const at = pointer + step(key)
      if (part === undefined || part === '') return required ? [fault(at, 'required', field.label, `的${name}没有填写，请补上`)] : []
      if (typeof part !== 'string') return [fault(at, 'wrong_type', field.label, `的${name}格式不对，请重新选择`)]
      return Array.from(part).length > longest ? [fault(at, 'too_long', field.label, `的${name}最多 ${longest} 个字，请删减`)] : []
    })
  ]
}

function groupErrors(field: FormViewField, value: FieldValue, pointer: string, today: IsoDay): FieldError[] {
  if (!Array.isArray(value)) return [fault(pointer, 'wrong_type', field.label, '填写的内容格式不对，请重新填写')]
  const rows: unknown[] = value
  const few = field.minItems !== null && rows.length < field.minItems
  const many = field.maxItems !== null && rows.length > field.maxItems
  const count = few ? [fault(pointer, 'too_few', field.label, `至少填写 ${field.minItems} 项，请补上`)]
    : many ? [fault(pointer, 'too_many', field.label, `最多填写 ${field.maxItems} 项，请删减`)] : []
  return count.concat(collect(rows, (row, index) => {
    const at = pointer + step(index)
    if (!isRecord(row)) return [fault(at, 'wrong_type', field.label, `第 ${index + 1} 项格式不对，请重新填写`)]
    const known = field.fields.map(sub => sub.id)
    const unknown = Object.keys(row).filter(key => !known.includes(key))
    return [
      ...unknown.map(key => fault(at + step(key), 'unknown_field', field.label, `第 ${index + 1} 项里有不认识的内容，请重新填写`)),
      ...collect(field.fields, sub => {
        const label = `${field.label}第 ${index + 1} 项的${sub.label}`
        return fieldErrors({ ...sub, label }, row[sub.id] as FieldValue, at + step(sub.id), today)
      })
    ]
  }))
}

/** 一个字段的全部毛病；空着的选填项没有毛病。 */
function fieldErrors(field: FormViewField, value: FieldValue | undefined, pointer: string, today: IsoDay): FieldError[] {
  if (value === undefined || value === null || isEmpty(value)) {
    const owed = field.required || (field.type === 'group' && (field.minItems ?? 0) > 0)
    return owed ? [fault(pointer, 'required', field.label, field.options.length > 0 ? '没有选择，请选一项' : '没有填写，请填写')] : []
  }
  if (field.type === 'address') return addressErrors(field, value, pointer)
  if (field.type === 'group') return groupErrors(field, value, pointer, today)
  const refusal = checkValue(field, value, today)
  return refusal ? [fault(pointer, refusal.code, field.label, `：${refusal.message}`)] : []
}

/**
 * 核对合并后的整张表单里眼下要问的，提交前设备与服务端用的是同一个函数。
 * @param today 今天（北京时间）
 * @returns 逐项的毛病：指针、代码、哪一项怎么改；没有毛病为空
 */
export const validateForm = (view: FormView, today: IsoDay): FieldError[] =>
  collect(askedForm(view).groups, group => collect(group.fields, field => fieldErrors(field, field.value, step(field.id), today)))

/** 核对单独一项，供填写时随填随查。 */
export const validateField = (field: FormViewField, value: FieldValue, today: IsoDay): FieldError[] =>
  fieldErrors(field, value, step(field.id), today)

/** 还在填的一项，填过的对不对；重复组里还空着的格子、还没加的行，等下一步再说。 */
export const validateSoFar = (field: FormViewField, value: FieldValue, today: IsoDay): FieldError[] =>
  validateField(field, value, today).filter(({ code }) => field.type !== 'group' || (code !== 'required' && code !== 'too_few'))

const primitives: Partial<Record<FormField['type'], 'string' | 'number'>> = { number: 'number', money: 'number' }

function fitsShape(field: FormField, value: FieldValue): boolean {
  if (value === null) return true
  if (field.type === 'choices') return Array.isArray(value) && value.every(item => typeof item === 'string')
  if (field.type === 'group') return Array.isArray(value) && value.every(isRecord)
  if (field.type === 'address') return isRecord(value)
  return typeof value === (primitives[field.type] ?? 'string')
}

/** 存草稿时可以没填完，但不能有不认识的字段、不对的形状、超长的文字。 */
function shapeErrors(fields: FormField[], values: FormValues, pointer: string): FieldError[] {
  return collect(Object.keys(values), key => {
    const field = fields.find(candidate => candidate.id === key)
    const at = pointer + step(key)
    const value = values[key]
    if (!field || value === undefined) return [fault(at, 'unknown_field', key, '不是这张表单里的字段，没有保存')]
    if (!fitsShape(field, value)) {
      return [fault(at, 'wrong_type', field.label, `${primitives[field.type] ? '要填数字' : '填写的内容格式不对'}，请重新填写`)]
    }
    const longest = Math.max(longestOf(field) ?? 0, 200)
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    if (field.type !== 'group' && text.length > longest * 4) return [fault(at, 'too_long', field.label, `内容太长，最多 ${longest} 个字，请删减`)]
    if (field.type !== 'group' || !Array.isArray(value)) return []
    if (value.length > (field.maxItems ?? 100)) return [fault(at, 'too_many', field.label, `最多填写 ${field.maxItems ?? 100} 项，请删减`)]
    return collect(value as FormValues[], (row, index) => shapeErrors(field.fields ?? [], row, at + step(index)))
  })
}

/** 草稿里的值合不合这张表单的形状；未知字段拒收而不是悄悄丢掉。 */
export const draftErrors = (groups: FormGroup[], values: FormValues): FieldError[] =>
  shapeErrors(collect(groups, group => group.fields), values, '')
