import type { LicenceCard } from '../../../../contract/licences'

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
