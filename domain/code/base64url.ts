/** RFC 4648 §5 base64url，不带补位。小程序里没有 atob 与 Buffer。 */
const characters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

export function base64UrlOf(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const group = [...bytes.slice(at, at + 3)]
    const value = [0, 1, 2].reduce((sum, place) => sum * 256 + (group[place] ?? 0), 0)
    const digits = [18, 12, 6, 0].map(shift => characters.charAt((value >> shift) & 63))
    text += digits.slice(0, group.length + 1).join('')
  }
  return text
}

/** 不是 base64url 的，抛 RangeError。 */
export function base64UrlBytes(text: string): Uint8Array {
  const bytes: number[] = []
  let [value, bits] = [0, 0]
  for (const character of text) {
    const digit = characters.indexOf(character)
    if (digit < 0) throw new RangeError('not base64url')
    value = ((value << 6) | digit) & 0xffff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    bytes.push((value >> bits) & 255)
  }
  return Uint8Array.from(bytes)
}
