import type { LicenceCard } from '../../../contract/licences'
import { dayOf, dayText, daysBetween } from '../../../domain/time'
import type { Tone } from '../../components'

export const statusTones: Record<LicenceCard['status'], Tone> = {
  valid: 'green',
  expiring: 'amber',
  expired: 'red',
  suspended: 'red',
  changed: 'grey',
  cancelled: 'grey',
  revoked: 'grey'
}

/** Until when a licence is good, with what to do when the end is near. */
export function validityText({ status, validTo }: Pick<LicenceCard, 'status' | 'validTo'>, now: number): string {
  const today = dayOf(now)
  if (validTo === null) return '长期有效'
  const day = dayText(validTo, today)
  if (status === 'expired') return `${day}到期，已不能用，请去换发`
  if (status !== 'expiring') return `有效期到 ${day}`
  const left = daysBetween(today, validTo)
  return left === 0 ? '今天到期，请尽快换发' : `还有 ${left} 天到期（${day}），请提前换发`
}
