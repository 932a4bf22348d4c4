import { checkCreditCode } from '../identifier/credit-code'
import { checkIdNumber } from '../identifier/id-number'
import { checkPersonName } from '../identifier/person-name'
import { checkPhone } from '../identifier/phone'
import { refuse } from '../identifier/types'
import type { Refused } from '../identifier/types'
import { isDay } from '../time'
import type { IsoDay } from '../time'
import type { FieldType, FieldValue, FormField, FormViewField } from './types'

/** 核对一个值所需的字段规则：目录里的字段与合并后的字段都满足。 */
export type FieldRule = Pick<FormViewField, 'label' | 'type' | 'options' | 'min' | 'max' | 'maxLength' | 'unit' | 'dateRange'>

const defaultLengths: Partial<Record<FieldType, number>> = { text: 100, multiline: 1000, bankAccount: 40 }

/** 目录没写的长度上限按类型取缺省，字段没有长度可言的为 null。 */
export const longestOf = (field: Pick<FormField, 'type' | 'maxLength'>): number | null =>
  field.maxLength ?? defaultLengths[field.type] ?? null

export const isEmpty = (value: FieldValue | undefined): boolean =>
  value === undefined || value === null || (typeof value === 'string' ? value.trim() === '' : Array.isArray(value) && value.length === 0)

const codePoints = (text: string) => Array.from(text).length

function checkText(rule: FieldRule, value: string): Refused | null {
  const longest = rule.maxLength
  if (longest !== null && (value.length > longest * 2 || codePoints(value) > longest)) {
    return refuse('too_long', `最多 ${longest} 个字，请删减`)
  }
  const hasControl = Array.from(value).some(character => character < ' ' && !(rule.type === 'multiline' && character === '\n'))
  return hasControl ? refuse('control_character', '含有看不见的控制字符，请重新输入') : null
}

function checkDate(rule: FieldRule, value: string, today: IsoDay): Refused | null {
  if (!isDay(value)) return refuse('date_invalid', '不是真实存在的日期，请重新选择')
  if (rule.dateRange === 'past' && value > today) return refuse('date_future', '不能晚于今天，请重新选择')
  if (rule.dateRange === 'future' && value < today) return refuse('date_past', '不能早于今天，请重新选择')
  return null
}

/** 金额以分计，给人看时换成元。 */
function amountText(rule: FieldRule, amount: number): string {
  if (rule.type === 'money') return `${amount / 100} 元`
  return rule.unit ? `${amount} ${rule.unit}` : String(amount)
}

function checkNumber(rule: FieldRule, value: number): Refused | null {
  if (!Number.isFinite(value)) return notANumber(rule)
  if (rule.type === 'money' && !Number.isSafeInteger(value)) return refuse('money_precision', '金额最多到分，请改成两位小数以内')
  const lowest = rule.min ?? (rule.type === 'money' ? 0 : null)
  if (lowest !== null && value < lowest) return refuse('too_small', `不能小于 ${amountText(rule, lowest)}，请核对`)
  if (rule.max !== null && value > rule.max) return refuse('too_large', `不能大于 ${amountText(rule, rule.max)}，请核对`)
  return null
}

const notANumber = ({ type }: FieldRule): Refused =>
  refuse('number_invalid', type === 'money' ? '请填数字，最多两位小数' : '请填数字')

function checkChoices(rule: FieldRule, chosen: string[]): Refused | null {
  const offered = rule.options.map(option => option.value)
  if (chosen.some(value => !offered.includes(value))) return refuse('choice_unknown', '选了不存在的选项，请重新选择')
  return new Set(chosen).size < chosen.length ? refuse('choice_repeated', '同一项选了两次，请重新选择') : null
}

function checkBankAccount(value: string): Refused | null {
  const digits = value.replace(/[\s-]/g, '')
  return /^\d{8,30}$/.test(digits) ? null : refuse('bank_account_invalid', '账号应为 8 到 30 位数字，请对照银行卡核对')
}

const refusalOf = (checked: { ok: true } | Refused): Refused | null => (checked.ok ? null : checked)

const textChecks: Partial<Record<FieldType, (rule: FieldRule, value: string, today: IsoDay) => Refused | null>> = {
  text: checkText,
  multiline: checkText,
  personName: (_, value) => refusalOf(checkPersonName(value)),
  idNumber: (_, value, today) => refusalOf(checkIdNumber(value, today)),
  creditCode: (_, value) => refusalOf(checkCreditCode(value)),
  phone: (_, value) => refusalOf(checkPhone(value)),
  date: checkDate,
  time: (_, value) => (/^(?:[01]\d|2[0-3]):[0-5]\d$/.test(value) ? null : refuse('time_invalid', '时间应写成 00:00 到 23:59，请重新选择')),
  choice: (rule, value) => checkChoices(rule, [value]),
  bankAccount: (_, value) => checkBankAccount(value)
}

const isTextList = (value: unknown): value is string[] => Array.isArray(value) && value.every(item => typeof item === 'string')

/**
 * 核对一个不空的简单值（地址与重复组另行逐格核对）；形状不对也在这里拒绝。
 * @param today 今天（北京时间）
 * @returns 没有问题为 null
 */
export function checkValue(rule: FieldRule, value: FieldValue, today: IsoDay): Refused | null {
  const wrongShape = refuse('wrong_type', '填写的内容格式不对，请重新填写')
  if (rule.type === 'number' || rule.type === 'money') return typeof value === 'number' ? checkNumber(rule, value) : notANumber(rule)
  if (rule.type === 'choices') return isTextList(value) ? checkChoices(rule, value) : wrongShape
  const check = textChecks[rule.type]
  return check && typeof value === 'string' ? check(rule, value, today) : wrongShape
}
