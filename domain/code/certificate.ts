import { utf8Bytes } from './bytes'
import { longestName } from './format'
import { longestMinutes } from './freshness'

/** 设备请求证书时，它的钟与服务端最多相差多少：前后 5 分钟。 */
const proofDriftSeconds = 5 * 60

/** @param signedAt、now 1970 年起的秒 */
export const isProofFresh = (signedAt: number, now: number): boolean => Math.abs(now - signedAt) <= proofDriftSeconds

/** 证书里写得下的名称：太长的从后面按字截短，UTF-8 不超过 40 字节，不切开一个字。 */
export function fittingName(name: string): string {
  const characters = Array.from(name)
  while (utf8Bytes(characters.join('')).length > longestName) characters.pop()
  return characters.join('')
}

/** 证书有效几分钟：最长 24 小时，不超过登录的期限；不足一分钟是 0，不发。都是毫秒。 */
export const certificateMinutes = (now: number, sessionEnd: number): number =>
  Math.max(0, Math.min(longestMinutes, Math.floor((sessionEnd - now) / 60_000)))
