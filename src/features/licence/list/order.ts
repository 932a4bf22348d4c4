import type { LicenceCard, LicenceList } from '../../../../contract/licences'

/** Those that count first, newly issued at the very top; replaced and ended ones last. */
export function inOrder(cards: LicenceCard[], subjectId: string | undefined): { current: LicenceCard[]; former: LicenceCard[] } {
  const own = cards.filter((card) => card.subjectId === subjectId)
  const rank = ({ isNew, status }: LicenceCard) => (isNew ? 0 : status === 'expiring' || status === 'expired' ? 1 : 2)
  const isFormer = ({ status }: LicenceCard) => status === 'changed' || status === 'cancelled' || status === 'revoked'
  return {
    current: own.filter((card) => !isFormer(card)).sort((one, other) => rank(one) - rank(other)),
    former: own.filter(isFormer)
  }
}

/**
 * What the library gave of this one that was not taken, as it is told. A list that an earlier version of the app kept on the device
 * says nothing of it.
 */
export function withheldTexts({ withheld = [] }: Partial<Pick<LicenceList, 'withheld'>>, subjectId: string | undefined): string[] {
  return withheld
    .filter((each) => each.subjectId === subjectId)
    .map(({ name, reason }) => `证照库给的${name}没有收下：${reason}。请向发证机关核对，或打 12345。`)
}
