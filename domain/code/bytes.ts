/** 字节的拼与拆。domain 里没有 TextEncoder 与 Buffer，手机上也没有。 */

export function joinBytes(...parts: ArrayLike<number>[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((total, part) => total + part.length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

/** 无符号整数，高位在前。 */
export function uintBytes(value: number, length: number): number[] {
  if (!Number.isInteger(value) || value < 0 || value >= 256 ** length) throw new RangeError(`${value} does not fit into ${length} bytes`)
  return Array.from({ length }, (_, at) => Math.floor(value / 256 ** (length - 1 - at)) % 256)
}

export const asciiBytes = (text: string): number[] => Array.from(text, character => character.charCodeAt(0))

/** UTF-8；落单的代理字符不成字，抛 URIError。 */
export const utf8Bytes = (text: string): number[] =>
  (encodeURIComponent(text).match(/%[0-9A-F]{2}|[^%]/g) ?? []).map(part =>
    part.length === 1 ? part.charCodeAt(0) : parseInt(part.slice(1), 16)
  )

/** 不合 UTF-8（含超长写法）时为 null。 */
export function utf8Text(bytes: Uint8Array): string | null {
  try {
    return decodeURIComponent(Array.from(bytes, byte => `%${byte.toString(16).padStart(2, '0')}`).join(''))
  } catch {
    return null
  }
}

/** 从头往后取；取过了头，overrun 为真，取到的是 0。 */
export class ByteCursor {
  private at = 0
  overrun = false

  constructor(private readonly bytes: Uint8Array) {}

  take(length: number): Uint8Array {
    const taken = this.bytes.slice(this.at, this.at + length)
    this.at += length
    if (taken.length < length) this.overrun = true
    return taken.length < length ? new Uint8Array(length) : taken
  }

  uint(length: number): number {
    return this.take(length).reduce((value, byte) => value * 256 + byte, 0)
  }

  /** 恰好取完。 */
  get finished(): boolean {
    return !this.overrun && this.at === this.bytes.length
  }
}
