import type { LibraryLicence } from '../../../contract/gateways/licence-library'
import type { LicenceStatus } from '../../../domain/licence/types'
import { addDays, type IsoDay } from '../../../domain/time'

/** From how many days before its end a licence counts as soon expiring (processes.md §5: reminders at 60, 30 and 7 days). */
const expiringDays = 60

/** What the library says, refined by the day: a valid licence is good through its last day. */
export function statusOn(status: LibraryLicence['status'], validTo: IsoDay | null, today: IsoDay): LicenceStatus {
  if (status !== 'valid' || validTo === null) return status
  if (validTo < today) return 'expired'
  return validTo <= addDays(today, expiringDays) ? 'expiring' : 'valid'
}

/** How a status reads on a card. */
export const statusTexts: Record<LicenceStatus, string> = {
  valid: '有效',
  expiring: '快到期',
  expired: '已过期',
  suspended: '已暂扣',
  changed: '已换发新证',
  cancelled: '已注销',
  revoked: '已吊销',
  annulled: '已撤销'
}

export const isUsable = (status: LicenceStatus): boolean => status === 'valid' || status === 'expiring'
