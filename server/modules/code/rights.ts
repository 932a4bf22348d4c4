import type { CodeRefusal, ShownBy } from '../../../contract/gateways/readers'
import { lockedUntil } from '../../../domain/code/locking'
import type { Scene } from '../../../domain/code/scene'
import type { Queryable } from '../../db/pool'
import type { Acting, Deps } from '../../deps'
import { consentsInForce } from '../identity/accounts'
import { accountOf, type SubjectRecord } from '../identity/subjects'
import { shownBy } from './delegation'
import type { PresentedCode } from './repository'

/**
 * Who shows the code, or the first reason why the holder's data may not be given in this scene at this moment: the session, the account's
 * lock, the relation, the delegation, the consents. Asked when a code is read, again when the holder agrees, and again when
 * the reader fetches what was agreed to.
 */
export async function rightToShow(
  client: Queryable,
  deps: Deps,
  code: PresentedCode,
  subject: SubjectRecord,
  scene: Scene
): Promise<ShownBy | CodeRefusal> {
  const { accountId, subjectId, role } = code
  if (lockedUntil(code.failedAt, deps.now()) !== null) return 'holder_unavailable'
  if (code.sessionEnded === 'ended') return 'device_revoked'
  if (code.sessionEnded === 'closed' || role === null || subject.deceased) return 'holder_unavailable'
  if (scene.holder !== 'both' && scene.holder !== kindOf(subject)) return 'holder_kind'
  const shown = await shownBy(client, deps, { accountId, subjectId, role }, scene)
  if (typeof shown === 'string') return shown
  // A proxy shows another's data: the consents are that person's own (docs/adr/0011).
  const consenting = role === 'proxy' ? await accountOf(client, subjectId) : accountId
  return consenting && (await consentsHold(client, { accountId: consenting, role }, scene)) ? shown : 'consent_missing'
}

/** Licences and shared records are sensitive (个保法第 29 条), a child's data need the guardian's consent (第 31 条). */
async function consentsHold(
  client: Queryable,
  { accountId, role }: { accountId: string; role: Acting['role'] },
  { fields }: Scene
): Promise<boolean> {
  const given = await consentsInForce(client, accountId)
  const isSensitive = fields.some(({ kind }) => kind === 'face' || kind === 'holds' || kind === 'record')
  return (
    given.includes('privacy') && (!isSensitive || given.includes('sensitive')) && (role !== 'guardian' || given.includes('minor'))
  )
}

export const kindOf = ({ kind }: Pick<SubjectRecord, 'kind'>): 'person' | 'company' => (kind === 'natural_person' ? 'person' : 'company')
