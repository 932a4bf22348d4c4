import type { Queryable } from '../../db/pool'
import type { Acting, Deps } from '../../deps'
import { readSubject, shownName } from '../identity/subjects'
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
  return { actor: `${shownName(await readSubject(db, deps, selfId))}（${words[role]}）`, actorKind: 'proxy' }
}
