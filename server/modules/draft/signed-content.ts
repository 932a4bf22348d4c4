import type { Answers } from '../../../domain/condition/types'
import type { FormValues } from '../../../domain/form/types'
import type { GrantTerms } from '../../../domain/licence/grant-terms'

/** How one material is met, as the person saw it when signing. */
export interface SignedMaterial {
  name: string
  /** window: to be shown at the counter; waived: no longer asked for, both by the consent rule when the holder can't agree. */
  how: 'exempt' | 'fill' | 'generated' | 'predecessor' | 'consent' | 'upload' | 'defer' | 'promise' | 'window' | 'waived'
  files: { id: string; name: string; mime: string; bytes: number; sha256: string }[]
  /** how = defer: the last day to bring it. */
  deferUntil: string | null
  /** how = consent: the invitation that was granted. */
  invitationId: string | null
  /**
   * What of a licence signing gives in its place; null: no licence does, or another holder gives it. Absent in what was signed before
   * this was part of it: then the whole face is given.
   */
  grant?: GrantTerms | null
}

/** What a person reviews before signing: everything that goes to the departments, and nothing else. */
export interface ReviewedContent {
  bundleId: string
  bundleName: string
  revision: string
  subjectId: string
  answers: Answers
  picks: string[]
  /** What is applied for, by the plan shown when signing. */
  matters: { key: string; name: string }[]
  values: FormValues
  objections: { fieldId: string; claim: string }[]
  materials: Record<string, SignedMaterial>
  commitments: { id: string; title: string; text: string }[]
  /** Who signs in the place of the one applied for, and by which delegation; absent: they sign themselves. */
  agent?: SignedAgent
}

/** The one who signs for another (代办人、经办人). */
export interface SignedAgent {
  role: 'proxy' | 'operator'
  name: string
  maskedIdNumber: string
  delegationId: string
  /** RFC 3339, UTC: the end of the delegation. */
  until: string
}

/** What is signed (canonical form RFC 8785): what was reviewed, and when it was signed. */
export interface SignedContent extends ReviewedContent {
  /** RFC 3339, UTC, to the millisecond. */
  signedAt: string
}
