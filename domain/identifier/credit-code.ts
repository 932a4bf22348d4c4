import { refuse } from './types'
import type { Checked } from './types'

/** GB 32100-2015：31 个代码字符（不用 I、O、S、V、Z），加权因子为 3 的幂模 31。 */
const characters = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

function checkCharacterOf(first17: string): string {
  const sum = weights.reduce((total, weight, index) => total + weight * characters.indexOf(first17.charAt(index)), 0)
  return characters.charAt((31 - (sum % 31)) % 31)
}

/**
 * 统一社会信用代码（GB 32100-2015）：18 位、字符集、登记管理部门与行政区划码位、校验码。
 * @param text 所填内容，允许夹空格与小写
 */
export function checkCreditCode(text: string): Checked {
  const value = text.replace(/\s/g, '').toUpperCase()
  if (value === '') return refuse('credit_code_empty', '统一社会信用代码没有填写，请填写营业执照上的 18 位代码')
  if (/^\d{15}$/.test(value)) return refuse('credit_code_15', '这是 15 位的旧注册号，请填写换发后营业执照上的 18 位统一社会信用代码')
  if (value.length !== 18) {
    return refuse('credit_code_length', `统一社会信用代码应为 18 位，现在是 ${value.length} 位，请核对有没有漏填或多填`)
  }
  if (![...value].every(character => characters.includes(character))) {
    return refuse('credit_code_characters', '统一社会信用代码只有数字和大写字母，且不用 I、O、S、V、Z，请核对是否把 1 认成 I、0 认成 O')
  }
  if (!/^[1-9A-GNY][1-9A-Y]\d{6}/.test(value)) {
    return refuse('credit_code_department', '统一社会信用代码开头的登记部门或行政区划不对，请核对前 8 位')
  }
  if (checkCharacterOf(value) !== value.charAt(17)) {
    return refuse('credit_code_checksum', '统一社会信用代码的校验位对不上，通常是某一位填错了，请逐位核对')
  }
  return { ok: true, value }
}
