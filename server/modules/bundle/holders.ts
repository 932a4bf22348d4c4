import type { HolderRole } from '../../../domain/bundle/types'
import type { Acting } from '../../deps'

/**
 * Whose licences a holder role means for the one who acts. The person in front of the screen is the applicant, unless acting for
 * oneself is all there is; a spouse is never among them: that takes an invitation.
 */
export function holderSubjects({ role, selfId, subjectId }: Acting): Partial<Record<HolderRole, string>> {
  switch (role) {
    case 'self':
      return { applicant: subjectId }
    case 'guardian':
      return { applicant: selfId, ward: subjectId }
    case 'legalRepresentative':
      return { applicant: selfId, company: subjectId, legalRepresentative: selfId }
    case 'operator':
      return { applicant: selfId, company: subjectId }
  }
}
