import { refuse } from './types'
import type { Checked } from './types'

const shortest = 2
const longest = 50

/** 各种输入法打出的间隔号，统一成规范的「·」。 */
const dots = /[•‧∙⋅・･．]/g

/** 汉字：基本区、扩展 A、兼容区、〇，以及第二、三平面的扩展 B 起各区（𠮷 在其中）。 */
function isHan(codePoint: number): boolean {
  return (codePoint >= 0x4e00 && codePoint <= 0x9fff)
    || (codePoint >= 0x3400 && codePoint <= 0x4dbf)
    || (codePoint >= 0xf900 && codePoint <= 0xfaff)
    || codePoint === 0x3007
    || (codePoint >= 0x20000 && codePoint <= 0x3fffd)
}

const isPrivateUse = (codePoint: number) => codePoint >= 0xe000 && codePoint <= 0xf8ff

/**
 * 姓名：汉字（含基本平面之外的生僻字）与间隔号「·」，或护照式的大写拉丁字母；按字数计长，不按 UTF-16 单元。
 * @param text 所填内容，首尾空白会去掉
 */
export function checkPersonName(text: string): Checked {
  const value = text.trim().replace(dots, '·')
  if (value === '') return refuse('name_empty', '姓名没有填写，请按身份证上的姓名填写')
  const points = Array.from(value, character => character.codePointAt(0) ?? 0)
  if (points.length < shortest) return refuse('name_short', '姓名至少两个字，请填写完整姓名')
  if (points.length > longest) return refuse('name_long', `姓名最多 ${longest} 个字，请核对是否填了别的内容`)
  if (/^[A-Z][A-Z ,.'-]*[A-Z]$/.test(value)) return { ok: true, value }
  if (/[a-z]/.test(value)) return refuse('name_lowercase', '姓名请填写汉字；外文姓名请按证件写成大写字母')
  if (/\d/.test(value)) return refuse('name_digit', '姓名里不能有数字，请按身份证上的姓名填写')
  if (points.some(isPrivateUse)) return refuse('name_private_use', '有个字是某台设备自造的字形，别处显示不出来，请用生僻字键盘重新输入')
  if (!points.every(point => isHan(point) || point === 0xb7)) {
    return refuse('name_characters', '姓名只能有汉字和间隔号「·」，请去掉表情、空格和其他符号')
  }
  if (/^·|·$|··/.test(value)) return refuse('name_dot', '间隔号「·」只能放在字与字之间，且不能连用')
  return { ok: true, value }
}
