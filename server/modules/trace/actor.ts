import type { Queryable } from '../../db/pool'
import type { Acting, Deps } from '../../deps'
import { readSubject, shownName, type SubjectRecord } from '../identity/subjects'
import type { TraceEntry } from './service'

const words: Record<Acting['role'], string> = {
  // In the own wallet lie the wards' licences too.
  self: '监护人',
  guardian: '监护人',
  legalRepresentative: '法定代表人',
  operator: '经办人',
  proxy: '代办人'
}

/** Who acts on a subject's data, as its owner reads it: oneself, or by masked name who acts in the owner's place, and as what. */
export async function actorOf(
  db: Queryable,
  deps: Pick<Deps, 'vault'>,
  { selfId, role }: Pick<Acting, 'selfId' | 'role'>,
  subjectId: string
): Promise<Pick<TraceEntry, 'actor' | 'actorKind'>> {
  if (subjectId === selfId) return { actor: '本人', actorKind: 'self' }
  return { actor: standIn(await readSubject(db, deps, selfId), role), actorKind: 'proxy' }
}

const standIn = (person: SubjectRecord, role: Acting['role']): string => `${shownName(person)}（${words[role]}）`

/**
 * How the traces of a ward or a company name the person who reads them; null for oneself, and where somebody else who has acted for the
 * same has the same masked name: what may be the other's can be objected to.
 */
export async function ownName(
  db: Queryable,
  deps: Pick<Deps, 'vault'>,
  selfId: string,
  subjectId: string
): Promise<string | null> {
  const { rows } = await db.query<{ person_id: string; role: Acting['role'] }>(
    `select a.subject_id as person_id, r.role from relation r join account a on a.id = r.account_id
     where r.subject_id = $1 and a.subject_id <> $1 order by r.until is null desc`,
    [subjectId]
  )
  const role = rows.find((row) => row.person_id === selfId)?.role
  if (role === undefined) return null
  const person = await readSubject(db, deps, selfId)
  for (const { person_id: otherId } of rows) {
    if (otherId !== selfId && shownName(await readSubject(db, deps, otherId)) === shownName(person)) return null
  }
  return standIn(person, role)
}
