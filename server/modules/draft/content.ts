import type { MaterialChoices } from '../../../contract/drafts'
import type { Answers } from '../../../domain/condition/types'
import type { FormValues } from '../../../domain/form/types'
import type { Static } from 'typebox'

/** What a person has put into a draft; sealed as one. What comes from licences and shares is never copied into it. */
export interface DraftContent {
  answers: Answers
  picks: string[]
  values: FormValues
  materials: Static<typeof MaterialChoices>
  /** Locked fields said to be wrong: field → what the person says is right. */
  objections: Record<string, string>
}
