import type { FaceType, LicenceType, Predicate, Sensitivity } from '../../../domain/licence/types'
import { answerPredicate } from '../../../domain/licence/predicate'
import { dayOf } from '../../../domain/time'
import type { Queryable } from '../../db/pool'
import type { Acting, Deps } from '../../deps'
import { Refusal } from '../../errors'
import { consentsInForce } from '../identity/accounts'
import { isDelegate } from '../identity/actors'
import { readSubject } from '../identity/subjects'
import { holdingsOf, licenceOf, type HeldLicence } from '../licence/service'
import { viewersOf } from '../licence/telling'
import { whyNot } from '../licence/uses'
import { requireSensitiveConsent, walletSubjects } from '../licence/wallet'

/** A licence that its holder may show now, with what of it can be shown. */
export interface ShowableLicence {
  licence: HeldLicence & { identifier: string }
  type: LicenceType
  /** The fields that the catalogue knows and this licence has, in the order of the face. */
  fields: { name: string; text: string; type: FaceType; sensitivity: Sensitivity }[]
  /** The predicates that this licence has an answer to. */
  answers: { predicate: Predicate; yes: boolean }[]
}

/**
 * Who may let others look at a subject's licences at this moment: by own right, and while the consents that it takes are in force. What was
 * put on show or taken out as a PDF goes dark with the last of them.
 */
export async function letsLook(client: Queryable, subjectId: string): Promise<string[]> {
  const accountIds: string[] = []
  for (const { accountId } of await viewersOf(client, subjectId))
    if ((await consentsInForce(client, accountId)).includes('privacy')) accountIds.push(accountId)
  return accountIds
}

/**
 * The licence that is about to leave the phone, its status asked for at the library (ten minutes' freshness).
 *
 * Errors: forbidden for delegates; not_found for anybody else's; consent_required; licence_unclaimed; licence_unusable when it is not
 * valid today or its holder has died.
 */
export async function showable(deps: Deps, acting: Acting, licenceId: string, purpose: string): Promise<ShowableLicence> {
  if (isDelegate(acting.role)) throw new Refusal('forbidden', { detail: '证照只能由本人、监护人或法定代表人亮出，代办的人不能' })
  await requireSensitiveConsent(deps, acting)
  const known = await licenceOf(deps, licenceId, await walletSubjects(deps, acting))
  if (!known) throw new Refusal('not_found', { detail: '没有找到这本证照' })
  if (known.claimedAt === null) throw new Refusal('licence_unclaimed', { detail: '先领取，再亮证' })
  const fresh = (await freshLicence(deps, known, purpose)).licence ?? known
  if (fresh.identifier === null) throw unusable('这本证照还没有标识，不能亮证')
  const licence = { ...fresh, identifier: fresh.identifier }
  const type = deps.catalogue.current().catalogue.licenceTypes[licence.type]
  if (!type) throw new Refusal('licence_unusable', { detail: '这一类证照已不在目录里，不能亮证' })
  if ((await readSubject(deps.pool, deps, licence.subjectId)).deceased) throw unusable('持证人已登记去世，证照不能再用')
  const today = dayOf(deps.now())
  const cause = whyNot(licence, today)
  if (cause !== null) throw unusable(cause)
  return {
    licence,
    type,
    fields: type.face.flatMap(({ name, type: kind, sensitivity }) => {
      const text = licence.face[name]
      return text === undefined ? [] : [{ name, text, type: kind, sensitivity }]
    }),
    answers: (type.predicates ?? []).flatMap((predicate) => {
      const yes = answerPredicate(predicate, licence.face, today)
      return yes === null ? [] : [{ predicate, yes }]
    })
  }
}

/** A licence as the library knows it within ten minutes; `knownAt` is earlier when the library can't be reached, null when it never was. */
export async function freshLicence(
  deps: Deps,
  { id, subjectId, type }: Pick<HeldLicence, 'id' | 'subjectId' | 'type'>,
  purpose: string
): Promise<{ licence: HeldLicence | null; reachable: boolean; knownAt: number | null }> {
  const { licences, reachable, fetchedAt } = await holdingsOf(deps, { subjectId, types: [type], purpose })
  return { licence: licences.find((each) => each.id === id) ?? null, reachable, knownAt: fetchedAt }
}

const unusable = (detail: string) => new Refusal('licence_unusable', { detail })
