import type { Licence } from '../../../contract/licences'
import type { LicenceType } from '../../../domain/licence/types'
import { dayOf, dayText, type IsoDay } from '../../../domain/time'
import type { SubjectRecord } from '../identity/subjects'
import type { HeldLicence } from './service'
import { isUsable } from './status'

type Uses = Pick<Licence, 'allowedActions' | 'reasons'>

/**
 * What can be done with a licence today, and if nothing, why not: the state goes first, what was ended says by what category of cause and
 * when, and with its holder's death it can be shown no more (licences.md §4.4, §4.7).
 */
export function usesOf(
  licence: Pick<HeldLicence, 'status' | 'validTo' | 'statusAt' | 'reason'>,
  { deceased }: Pick<SubjectRecord, 'deceased'>,
  type: Pick<LicenceType, 'pdf'> | undefined,
  today: IsoDay
): Uses {
  const reason = deceased ? '持证人已故，这本证照不能再出示' : whyNot(licence, today)
  if (reason !== null) return { allowedActions: [], reasons: [reason] }
  return { allowedActions: type?.pdf ? ['present', 'pdf'] : ['present'], reasons: [] }
}

/** Why a licence can't be used today; null when it can. */
export function whyNot({ status, validTo, statusAt, reason }: Parameters<typeof usesOf>[0], today: IsoDay): string | null {
  if (isUsable(status)) return null
  const on = statusAt === null ? '' : `${dayText(dayOf(statusAt), today)}`
  const cause = `原因：${reason ?? '发证机关没有说明'}`
  switch (status) {
    case 'expired':
      return `${validTo ? dayText(validTo, today) : ''}已到期，不能再出示；请向发证机关申请换发`
    case 'suspended':
      return `${on}被暂扣，恢复以前不能出示。${cause}`
    case 'changed':
      return `${on}已换发新的一本，请出示新证。${cause}`
    case 'revoked':
      return `${on}已吊销，不能再出示。${cause}`
    case 'annulled':
      return `${on}已撤销，不能再出示。${cause}`
    default:
      return `${on}已注销，不能再出示。${cause}`
  }
}
