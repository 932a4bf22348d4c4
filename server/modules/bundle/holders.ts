import type { HolderRole } from '../../../domain/bundle/types'
import type { Acting, Deps } from '../../deps'
import { readSubject } from '../identity/subjects'

/** Subjects by the role that they have in an affair. */
export type Holders = Partial<Record<HolderRole, string>>

/**
 * Whose licences a holder role means for the one who acts. The person in front of the screen is the applicant, unless acting for
 * oneself is all there is; a spouse is never among them: that takes an invitation.
 */
export function holderSubjects({ role, selfId, subjectId }: Acting): Holders {
  switch (role) {
    case 'self':
    case 'proxy':
      return { applicant: subjectId }
    case 'guardian':
      return { applicant: selfId, ward: subjectId }
    case 'legalRepresentative':
      return { applicant: selfId, company: subjectId, legalRepresentative: selfId }
    case 'operator':
      return { applicant: selfId, company: subjectId }
  }
}

/** The roles whose subject has an ID number or credit code: licences and shared data are looked up by it. */
export async function knownHolders(deps: Deps, subjects: Holders): Promise<HolderRole[]> {
  const known: HolderRole[] = []
  for (const role of Object.keys(subjects) as HolderRole[]) {
    const subjectId = subjects[role]
    if (subjectId && (await readSubject(deps.pool, deps, subjectId)).idCode !== null) known.push(role)
  }
  return known
}
