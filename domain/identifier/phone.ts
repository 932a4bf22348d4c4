import { refuse } from './types'
import type { Checked } from './types'

/**
 * 中国大陆手机号：11 位，13–19 号段；空格、短横线与 +86 会去掉。
 * 只收手机号：办理进度要发短信，固定电话收不到。
 */
export function checkPhone(text: string): Checked {
  const value = text.replace(/[\s-]/g, '').replace(/^(?:\+|00)86/, '')
  if (value === '') return refuse('phone_empty', '手机号没有填写，请填写能收短信的手机号')
  if (!/^\d+$/.test(value)) return refuse('phone_characters', '手机号只能是数字，请去掉其他字符')
  if (value.startsWith('0')) return refuse('phone_landline', '这像是固定电话，收不到短信，请填写手机号')
  if (value.length !== 11) return refuse('phone_length', `手机号应为 11 位，现在是 ${value.length} 位，请核对`)
  if (!/^1[3-9]/.test(value)) return refuse('phone_prefix', '手机号应以 13 到 19 开头，请核对前两位')
  return { ok: true, value }
}
