/** 在线码：服务端的时钟，60 秒，另容 5 秒（扫到与送到之间）。毫秒。 */
export const onlineMs = 60_000
export const graceMs = 5_000
/** 发出多久以内还读得了。毫秒。 */
const codeLifeMs = onlineMs + graceMs

/** 要点头的场景：从核码端来读起，亮码人有多久可以答；答了同意，核码端又有这么久来取。服务端的钟，毫秒。 */
export const confirmMs = 60_000

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
  return now - issuedAt > codeLifeMs || issuedAt - now > graceMs ? 'code_expired' : null
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

/** 联网后补报：最多补七天以前的。毫秒。 */
export const reportableMs = 7 * 86_400_000

export type ReportRefusal = 'read_in_future' | 'read_too_long_ago'

/** 补报的一次收不收：读的时刻不在将来（容核码端的钟快 90 秒），不早于七天。at、now 毫秒。 */
export function reportRefusal(at: number, now: number): ReportRefusal | null {
  if (at - now > driftSeconds * 1000) return 'read_in_future'
  return now - at > reportableMs ? 'read_too_long_ago' : null
}
