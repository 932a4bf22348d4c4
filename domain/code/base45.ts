/** RFC 9285 Base45：二维码字母数字模式正好装得下的 45 个字符。 */
const characters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'

/** 两个字节写成三个字符，单出来的一个字节写成两个，低位在前。 */
export function encodeBase45(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 2) {
    const single = at + 1 === bytes.length
    let rest = single ? Number(bytes[at]) : Number(bytes[at]) * 256 + Number(bytes[at + 1])
    for (let digit = 0; digit < (single ? 2 : 3); digit += 1) {
      text += characters.charAt(rest % 45)
      rest = Math.floor(rest / 45)
    }
  }
  return text
}

/** 解码；字符、长度或数值不合 RFC 9285 时为 null。同一串字节只有一种写法。 */
export function decodeBase45(text: string): Uint8Array | null {
  const digits = Array.from(text, character => characters.indexOf(character))
  if (digits.includes(-1) || digits.length % 3 === 1) return null
  const bytes: number[] = []
  for (let at = 0; at < digits.length; at += 3) {
    const [low = 0, middle = 0, high] = digits.slice(at, at + 3)
    const value = low + middle * 45 + (high ?? 0) * 2025
    if (value > (high === undefined ? 0xff : 0xffff)) return null
    bytes.push(...(high === undefined ? [value] : [Math.floor(value / 256), value % 256]))
  }
  return Uint8Array.from(bytes)
}
