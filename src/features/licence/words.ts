import type { LicenceCard, LicenceList } from '../../../contract/licences'
import type { Subject } from '../../../contract/identity'
import { dayOf, dayText, daysBetween, timeText } from '../../../domain/time'
import type { Tone } from '../../components'
import { relationWords } from '../../session/whose'

export const statusTones: Record<LicenceCard['status'], Tone> = {
  valid: 'green',
  expiring: 'amber',
  expired: 'red',
  suspended: 'red',
  changed: 'grey',
  cancelled: 'grey',
  revoked: 'grey',
  annulled: 'grey'
}

/** Whose it is: a masked name, of another's with what they are to me; the own name needs no word. */
export function holderText(
  { subjectId, maskedHolderName }: Pick<LicenceCard, 'subjectId' | 'maskedHolderName'>,
  subjects: Pick<Subject, 'id' | 'role'>[]
): string {
  const role = subjects.find(({ id }) => id === subjectId)?.role ?? 'self'
  return role === 'self' ? maskedHolderName : `${relationWords[role]} ${maskedHolderName}`
}

type Validity = Pick<LicenceCard, 'status' | 'validTo'>

/** Until when a licence is good, or why it isn't any more, with what to do. */
export function validityText({ status, validTo }: Validity, now: number): string {
  const ended = endings[status]
  if (ended) return ended
  const today = dayOf(now)
  if (validTo === null) return '长期有效'
  const day = dayText(validTo, today)
  if (status === 'expired') return `${day}到期，已不能用，请去换发`
  if (status !== 'expiring') return `有效期到 ${day}`
  const left = daysBetween(today, validTo)
  return left === 0 ? '今天到期，请尽快换发' : `还有 ${left} 天，${day}到期，请提前换发`
}

const endings: Partial<Record<LicenceCard['status'], string>> = {
  suspended: '发证机关暂扣，现在不能用',
  changed: '已换发新证，请用新的那本',
  cancelled: '发证机关已注销，不能再用',
  revoked: '发证机关已吊销，不能再用',
  annulled: '发证机关已撤销，不能再用'
}

/**
 * What to think of a copy on the device: null while it is fresh from the server. Once its time is over, or when it doesn't say until
 * when (kept by an earlier version of the app), it is not to be relied on.
 */
export function trustText(
  of: Partial<Pick<LicenceList, 'trustedUntil'>>,
  seenAt: number | null,
  now: number
): { text: string; trusted: boolean } | null {
  const until = Date.parse(of.trustedUntil ?? '')
  const trusted = now < until
  if (seenAt === null && trusted) return null
  const seen = seenAt === null ? '' : `这是 ${timeText(seenAt, now)} 查到的，`
  if (trusted) return { text: `${seen}可信到 ${timeText(until, now)}。`, trusted }
  return { text: `${seen}已经过了可信的时间，不能再当真。连上网会重新查。`, trusted: false }
}
