import type { HolderRole } from '../bundle/types'
import type { Answers } from '../condition/types'
import type { IsoDay } from '../time'
import type { FieldValue, FormField, PrefillSource } from './types'
import { parseAddress } from './region'
import type { Region } from './region'
import { checkValue, isEmpty, longestOf } from './value'

/** 可供预填的数据：由服务端按本人与授权取来，取不到的不在其中。 */
export interface PrefillData {
  /** 统一身份认证的声明，如 name、idNumber、sex、birthDate */
  identity: Record<string, FieldValue>
  /** 账户里本人留下的，如手机号 */
  account: Record<string, FieldValue>
  /** 有效的电子证照照面；名称用来写「来自 居民身份证」 */
  licences: { type: string; name: string; holder: HolderRole; face: Record<string, string> }[]
  /** 共享数据：系统名 → 字段 → 值 */
  shares: Record<string, Record<string, FieldValue>>
  /** 区划树：照面上连写的地址靠它拆开 */
  regions: Region[]
}

/** 预填得到的一个值：来自哪里、能不能改。 */
export interface Prefilled {
  value: FieldValue
  origin: string
  locked: boolean
}

/** 照面并列双方时，去掉申请人自己的那一位。 */
function otherOf(text: string, data: PrefillData): string | undefined {
  const own = Object.values(data.identity)
  return text.split('、').find(part => !own.includes(part))
}

function foundIn(source: PrefillSource, data: PrefillData, answers: Answers): { value: FieldValue | undefined; origin: string } {
  if (source.kind === 'identity') return { value: data.identity[source.from], origin: '实名身份信息' }
  if (source.kind === 'account') return { value: data.account[source.from], origin: '账户信息' }
  if (source.kind === 'answer') return { value: answers[source.from], origin: '你的回答' }
  if (source.kind === 'share') return { value: data.shares[source.from]?.[source.face ?? ''], origin: source.from }
  const holder = source.holder ?? 'applicant'
  const licence = data.licences.find(candidate => candidate.type === source.from && candidate.holder === holder)
  const text = licence?.face[source.face ?? '']
  return { value: source.part === 'other' && text !== undefined ? otherOf(text, data) : text, origin: licence?.name ?? source.from }
}

/** 照面与共享数据里多是文字：数字字段转成数，选择字段按选项的值或文字对上，地址按区划拆开。 */
function fit(field: FormField, value: FieldValue, regions: Region[]): FieldValue | undefined {
  if (field.type === 'address' && typeof value === 'string') return parseAddress(value, regions) ?? undefined
  if ((field.type === 'number' || field.type === 'money') && typeof value === 'string') {
    return value.trim() === '' || Number.isNaN(Number(value)) ? undefined : Number(value)
  }
  if (field.type === 'choice' && typeof value === 'string') {
    return field.options?.find(option => option.value === value || option.label === value)?.value
  }
  return value
}

/** 来源里的数据也可能有错：通不过核对的不预填，免得锁住一个错值。 */
function isSound(field: FormField, value: FieldValue, today: IsoDay): boolean {
  if (field.type === 'group') return false
  if (field.type === 'address') return typeof value === 'object' && value !== null && !Array.isArray(value)
  const { label, type, options = [], min = null, max = null, unit = null, dateRange = null } = field
  return checkValue({ label, type, options, min, max, unit, dateRange, maxLength: longestOf(field) }, value, today) === null
}

/**
 * 按目录写明的先后找第一个可用的来源。
 * @param today 今天（北京时间）
 * @returns 没有可用来源为 null
 */
export function prefill(field: FormField, data: PrefillData, answers: Answers, today: IsoDay): Prefilled | null {
  for (const source of field.prefill ?? []) {
    const { value, origin } = foundIn(source, data, answers)
    if (value === undefined || isEmpty(value)) continue
    const fitted = fit(field, value, data.regions)
    if (fitted !== undefined && isSound(field, fitted, today)) return { value: fitted, origin: `来自 ${origin}`, locked: source.locked }
  }
  return null
}
