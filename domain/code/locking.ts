import { replaySeconds } from './freshness'

/** processes.md §6：10 分钟里核验失败 5 次，锁 15 分钟。毫秒。 */
export const failureWindowMs = 10 * 60_000
const failuresToLock = 5
const lockMs = 15 * 60_000

/** 一次失败最久到什么时候还管用：之后可以忘掉。毫秒。 */
export const failureLifeMs = failureWindowMs + lockMs

/**
 * 算作失败的核验：码本身不好——用过、过期、设备已退出、伪造。核码端自己的错（没登记、多要）和亮码人自己的决定（没点同意、不答）不算，
 * 否则谁都能拿一张拍下的码锁住别人。
 */
const failures: readonly string[] = ['code_used', 'code_expired', 'device_revoked', 'clock_ahead', 'certificate_revoked', 'replayed']

export const isFailure = (reason: string): boolean => failures.includes(reason)

/**
 * 苏服码锁到什么时候；没锁是 null。锁着时不再数失败，所以锁不会自己接着锁下去。
 * @param failedAt 失败的时刻，毫秒，顺序不限
 */
export function lockedUntil(failedAt: number[], now: number): number | null {
  const inOrder = [...failedAt].sort((a, b) => a - b)
  const locks = inOrder.flatMap((first, at) => {
    const last = inOrder[at + failuresToLock - 1]
    return last !== undefined && last - first <= failureWindowMs ? [last + lockMs] : []
  })
  const until = locks.at(-1)
  return until !== undefined && now < until ? until : null
}

/** 在哪里、什么时候读的。at 毫秒。 */
export interface ReadingPlace {
  organisation: string
  at: number
}

/** 同一个码在两处同时核验：两家不同的单位，相隔不到三分钟。那么其中一处看到的不是本人的手机，下次亮码前要再确认一次是本人。 */
export const isElsewhere = (one: ReadingPlace, other: ReadingPlace): boolean =>
  one.organisation !== other.organisation && Math.abs(one.at - other.at) <= replaySeconds * 1000
