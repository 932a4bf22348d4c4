import { refuse } from './types'
import type { Refused } from './types'

/** 电子证照标识的根（OID）；其后各段以点分隔。 */
const root = '1.2.156.3005.2'
const characters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const modulus = 36

export interface LicenceIdentifier {
  ok: true
  /** 整理后的写法：去空白、大写 */
  value: string
  /** 证照类型代码 21 位：定义机构统一社会信用代码 18 位 + 顺序 3 位 */
  typeCode: string
  /** 颁发机构统一社会信用代码 18 位 */
  issuerCode: string
  serial: string
  /** 第几版：换发时加一 */
  version: number
  /** 到流水号为止（含末尾的点）：同一本证照的各版在此之前都相同 */
  stem: string
}

/**
 * ISO/IEC 7064 MOD 37,36 的校验字符：0–9、A–Z 各当一个数，结果也在其中。
 * 任何一个字符写错都查得出；相邻两个字符对调，630 种里查不出 1 种（算法本身如此）。
 * @param text 只含数字与大写字母，不含校验字符
 */
export function mod37CheckCharacter(text: string): string {
  let product = modulus
  for (const character of text) {
    const sum = (product + characters.indexOf(character)) % modulus
    product = ((sum === 0 ? modulus : sum) * 2) % (modulus + 1)
  }
  return characters.charAt((modulus + 1 - product) % modulus)
}

/**
 * 电子证照标识（GB/T 36904，段序依公开样例，待核）：根.类型代码(21).颁发机构代码(18).流水号.版本号(3).校验位(1)。
 * 校验位按 MOD 37,36 对去掉根与点的各段计算。两个机构代码只核位数与字符：早年的机构代码未必合现行校验规则。
 * @param text 允许夹空格与小写
 */
export function checkLicenceIdentifier(text: string): LicenceIdentifier | Refused {
  const value = text.replace(/\s/g, '').toUpperCase()
  if (value === '') return refuse('licence_identifier_empty', '电子证照标识是空的')
  if (!value.startsWith(`${root}.`)) return refuse('licence_identifier_root', `电子证照标识应以 ${root} 开头`)
  const parts = value.slice(root.length + 1).split('.')
  const [typeCode = '', issuerCode = '', serial = '', version = '', check = ''] = parts
  if (parts.length !== 5) return refuse('licence_identifier_parts', `电子证照标识在根之后应有 5 段，现在是 ${parts.length} 段`)
  if (!/^[0-9A-Z]{18}\d{3}$/.test(typeCode)) {
    return refuse('licence_identifier_type', '电子证照标识的证照类型代码应为 21 位，末 3 位是数字')
  }
  if (!/^[0-9A-Z]{18}$/.test(issuerCode)) return refuse('licence_identifier_issuer', '电子证照标识的颁发机构代码应为 18 位数字或字母')
  if (!/^[0-9A-Z]{1,40}$/.test(serial)) return refuse('licence_identifier_serial', '电子证照标识的流水号应是 40 位以内的数字或字母')
  if (!/^\d{3}$/.test(version) || version === '000') return refuse('licence_identifier_version', '电子证照标识的版本号应为 001 到 999')
  if (mod37CheckCharacter(typeCode + issuerCode + serial + version) !== check) {
    return refuse('licence_identifier_checksum', '电子证照标识的校验位对不上')
  }
  return { ok: true, value, typeCode, issuerCode, serial, version: Number(version), stem: `${root}.${typeCode}.${issuerCode}.${serial}.` }
}

/**
 * 一本证照的标识有什么毛病，写给人看；没有毛病为 null。除标识本身合规外，写法须已整理过，版本须与所称的一致。
 * @param version 证照自己说的版本
 */
export function licenceIdentifierFlaw(identifier: string, version: number): string | null {
  const checked = checkLicenceIdentifier(identifier)
  if (!checked.ok) return checked.message
  if (checked.value !== identifier) return '电子证照标识里夹了空白或小写字母'
  if (checked.version !== version) return `电子证照标识写的是第 ${checked.version} 版，证照却说是第 ${version} 版`
  return null
}

/** 一本证照各版共有的部分：标识到流水号为止；写法不合标准的，是整个标识。 */
export function stemOf(identifier: string): string {
  const checked = checkLicenceIdentifier(identifier)
  return checked.ok ? checked.stem : identifier
}
