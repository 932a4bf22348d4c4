import { isDay } from '../time'
import type { IsoDay } from '../time'
import { refuse } from './types'
import type { Refused } from './types'

export type Sex = 'male' | 'female'

export interface IdNumber {
  ok: true
  /** 整理后的 18 位公民身份号码，末位大写 */
  value: string
  birthDate: IsoDay
  sex: Sex
}

/** GB 11643-1999：第 1–17 位的加权因子与校验码表。 */
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const checkCharacters = '10X98765432'

/** GB/T 2260 省级代码；83 为台湾居民居住证，91 为外国人永久居留身份证。 */
const provinces = new Set([
  11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46,
  50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83, 91
])

function checkCharacterOf(first17: string): string {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(first17[index]), 0)
  return checkCharacters.charAt(sum % 11)
}

/**
 * 公民身份号码（GB 11643-1999）：位数、行政区划、真实且不晚于今天的出生日期、校验码，并取出出生日期与性别。
 * @param text 所填内容，允许夹空格与小写 x
 * @param today 今天（北京时间）
 */
export function checkIdNumber(text: string, today: IsoDay): IdNumber | Refused {
  const value = text.replace(/\s/g, '').toUpperCase()
  if (value === '') return refuse('id_number_empty', '身份证号没有填写，请填写 18 位公民身份号码')
  if (/^\d{15}$/.test(value)) return refuse('id_number_15', '这是 15 位的旧号码，已停止使用，请填写身份证上的 18 位号码')
  if (value.length !== 18) return refuse('id_number_length', `身份证号应为 18 位，现在是 ${value.length} 位，请核对有没有漏填或多填`)
  if (!/^\d{17}[\dX]$/.test(value)) return refuse('id_number_characters', '身份证号前 17 位是数字，最后一位是数字或 X，请核对')
  if (!provinces.has(Number(value.slice(0, 2)))) return refuse('id_number_division', '身份证号前两位不是有效的省级代码，请核对开头几位')
  const birthDate = `${value.slice(6, 10)}-${value.slice(10, 12)}-${value.slice(12, 14)}`
  if (!isDay(birthDate) || birthDate < '1850-01-01') {
    return refuse('id_number_birth', '身份证号第 7 到 14 位不是真实的出生日期，请核对')
  }
  if (birthDate > today) return refuse('id_number_future', '身份证号里的出生日期晚于今天，请核对第 7 到 14 位')
  if (checkCharacterOf(value) !== value.charAt(17)) return refuse('id_number_checksum', '身份证号的校验位对不上，通常是某一位填错了，请逐位核对')
  return { ok: true, value, birthDate, sex: Number(value.charAt(16)) % 2 === 1 ? 'male' : 'female' }
}
