import type { Licence, Rectification } from '../../../contract/licences'
import type { Deps } from '../../deps'
import type { SubjectRecord } from '../identity/subjects'
import { lastRectification, type StoredRectification } from './rectification-repository'
import type { HeldLicence } from './service'
import { isUsable } from './status'

/** Whether its issuer can still be asked to put it right. */
export const isRectifiable = ({ status }: Pick<HeldLicence, 'status'>): boolean =>
  isUsable(status) || status === 'expired' || status === 'suspended'

/** What can be seen of the last one, and whether another may be asked for now. */
export async function rectificationOf(
  deps: Deps,
  licence: HeldLicence,
  { deceased }: Pick<SubjectRecord, 'deceased'>
): Promise<Pick<Licence, 'rectification' | 'rectificationDays'> & { mayRectify: boolean }> {
  const last = await lastRectification(deps.pool, deps.vault, licence.id)
  return {
    rectification: last && shown(last),
    rectificationDays: deps.catalogue.current().catalogue.deadlines.rectificationDays,
    mayRectify: !deceased && last?.answeredAt !== null && licence.identifier !== null && isRectifiable(licence)
  }
}

function shown({ at, field, claim, deliveredAt, answerBy, outcome, answer, answeredAt }: StoredRectification): Rectification {
  const instant = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString())
  return {
    at: new Date(at).toISOString(),
    field,
    claim,
    deliveredAt: instant(deliveredAt),
    answerBy,
    outcome,
    answer,
    answeredAt: instant(answeredAt)
  }
}
