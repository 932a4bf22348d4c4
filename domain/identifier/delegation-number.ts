/** 末位之前的位数：十一位随机数字，两份授权号码相同的机会是千亿分之一；一个人手里的几份分得清。 */
const digits = 11

/**
 * 授权编号：授权书上的号，打电话、在窗口都念得出来，两边和核码端看到的是同一个。由授权的标识（UUID）末 48 位折成十一位数字，
 * 末位是 ISO/IEC 7064 MOD 11,10 的校验位，念错、听错一位查得出；四位一组，中间一个空格。不能由它反推标识，拿着它也做不了任何事。
 */
export function delegationNumber(id: string): string {
  const random = parseInt(id.replaceAll('-', '').slice(-12), 16)
  const body = String(random % 10 ** digits).padStart(digits, '0')
  return (body + mod11CheckDigit(body)).replace(/(\d{4})(?=\d)/g, '$1 ')
}

/** ISO/IEC 7064 MOD 11,10 的校验位。text 只含数字，不含校验位。 */
function mod11CheckDigit(text: string): string {
  let product = 10
  for (const digit of text) {
    const sum = (product + Number(digit)) % 10
    product = ((sum === 0 ? 10 : sum) * 2) % 11
  }
  return String((11 - product) % 10)
}
