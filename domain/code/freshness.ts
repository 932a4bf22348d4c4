/** 在线码：服务端的时钟，60 秒，另容 5 秒（扫到与送到之间）。毫秒。 */
export const onlineMs = 60_000
const graceMs = 5_000

/** 离线码：与读码器的时钟前后相差不超过 90 秒。 */
const driftSeconds = 90

/** 设备证书最长 24 小时，1440 分钟。 */
export const longestMinutes = 24 * 60

/** 读码器要把读过的离线码记多久才不会再收：出码早于时钟 90 秒到晚 90 秒都收，所以是 180 秒。 */
export const replaySeconds = 2 * driftSeconds

export type OnlineRefusal = 'code_used' | 'code_expired'

/**
 * 在线码此刻收不收。用过的先说用过：过了期也不改口。
 * @param issuedAt 发码时刻，now 现在：都是服务端的时钟，毫秒
 */
export function onlineRefusal({ issuedAt, used }: { issuedAt: number; used: boolean }, now: number): OnlineRefusal | null {
  if (used) return 'code_used'
  return now - issuedAt > onlineMs + graceMs || issuedAt - now > graceMs ? 'code_expired' : null
}

export type OfflineTimeRefusal = 'certificate_too_long' | 'certificate_not_yet' | 'certificate_expired' | 'code_expired' | 'clock_ahead'

/**
 * 离线码的时刻收不收：证书不超过 24 小时，出码在证书有效期内，出码时刻与读码器的时钟相差不超过 90 秒。都是 1970 年起的秒。
 */
export function offlineTimeRefusal(
  { from, minutes, time }: { from: number; minutes: number; time: number },
  now: number
): OfflineTimeRefusal | null {
  if (minutes > longestMinutes) return 'certificate_too_long'
  if (time < from) return 'certificate_not_yet'
  if (time >= from + minutes * 60) return 'certificate_expired'
  if (now - time > driftSeconds) return 'code_expired'
  return time - now > driftSeconds ? 'clock_ahead' : null
}
