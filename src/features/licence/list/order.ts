import type { LicenceCard, LicenceList } from '../../../../contract/licences'

interface Sorted {
  /** In the licence library, not taken into the wallet yet. */
  claimable: LicenceCard[]
  current: LicenceCard[]
  former: LicenceCard[]
}

const ended: LicenceCard['status'][] = ['changed', 'cancelled', 'revoked', 'annulled']

/** Those that count first, new ones at the very top; what can be claimed apart; what ended, or ended before it was claimed, last. */
export function inOrder(cards: LicenceCard[], subjectId: string | undefined): Sorted {
  const own = cards.filter((card) => card.subjectId === subjectId)
  const rank = ({ isNew, status }: LicenceCard) => (isNew ? 0 : status === 'expiring' || status === 'expired' ? 1 : 2)
  const isFormer = ({ status }: LicenceCard) => ended.includes(status)
  const isClaimable = ({ claimedAt, status }: LicenceCard) => claimedAt === null && (status === 'valid' || status === 'expiring')
  const rest = own.filter((card) => !isClaimable(card))
  const counts = (card: LicenceCard) => card.claimedAt !== null && !isFormer(card)
  return {
    claimable: own.filter(isClaimable),
    current: rest.filter(counts).sort((one, other) => rank(one) - rank(other)),
    former: rest.filter((card) => !counts(card))
  }
}

/** Those whose name or issuer holds every word that was typed. */
export function matching(cards: LicenceCard[], typed: string): LicenceCard[] {
  const words = typed.split(/\s+/).filter((word) => word !== '')
  return cards.filter(({ name, issuer, statusText }) => words.every((word) => `${name} ${issuer} ${statusText}`.includes(word)))
}

/**
 * What the library gave of this one that was not taken, as it is told. A list that an earlier version of the app kept on the device
 * says nothing of it.
 */
export function withheldTexts(
  { withheld = [] }: Partial<Pick<LicenceList, 'withheld'>>,
  subjectId: string | undefined,
  hotline: string
): string[] {
  return withheld
    .filter((each) => each.subjectId === subjectId)
    .map(({ name, reason }) => `证照库给的${name}没有收下：${reason}。请向发证机关核对，或打 ${hotline}。`)
}
