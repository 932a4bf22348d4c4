const idWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const creditCharacters = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const creditWeights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
const alphanumerics = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** 江阴市的区划代码（GB/T 2260）。 */
const division = '320281'

/**
 * 演示用公民身份号码：结构与校验位依 GB 11643-1999，顺序码由调用者给（奇数男、偶数女）。
 * @param birth YYYY-MM-DD
 */
export function demoIdNumber(birth: string, serial: number): string {
  const first17 = division + birth.replaceAll('-', '') + String(serial).padStart(3, '0')
  const sum = idWeights.reduce((total, weight, index) => total + weight * Number(first17[index]), 0)
  return first17 + '10X98765432'.charAt(sum % 11)
}

/** 演示用统一社会信用代码（GB 32100-2015）：市场监管部门登记的企业（91），主体标识码用顺序号。 */
export function demoCreditCode(serial: number): string {
  const first17 = `91${division}${String(serial).padStart(9, '0')}`
  const sum = creditWeights.reduce((total, weight, index) => total + weight * creditCharacters.indexOf(first17.charAt(index)), 0)
  return first17 + creditCharacters.charAt((31 - (sum % 31)) % 31)
}

/** ISO/IEC 7064 MOD 37,36 的校验字符（licences.md §1）。 */
function mod37Check(text: string): string {
  let product = 36
  for (const character of text) {
    let sum = (product + alphanumerics.indexOf(character)) % 36
    if (sum === 0) sum = 36
    product = (sum * 2) % 37
  }
  return alphanumerics.charAt((37 - product) % 36)
}

/**
 * 电子证照标识：根.类型代码(21).颁发机构代码(18).流水号.版本号(3).校验位。类型代码与机构代码待核，故用 DEMO 起头的占位值，
 * 不冒充真实代码。
 */
export function licenceIdentifier(type: string, serial: string, version: number): string {
  const code = `DEMO${type.toUpperCase().replace(/[^A-Z0-9]/g, '')}`.slice(0, 18).padEnd(21, '0')
  const issuer = `DEMO${division}`.padEnd(18, '0')
  const parts = [code, issuer, serial, String(version).padStart(3, '0')]
  return ['1.2.156.3005.2', ...parts, mod37Check(parts.join(''))].join('.')
}
