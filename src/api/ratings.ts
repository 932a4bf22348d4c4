import type { GiveRating, RatingForm } from '../../contract/ratings'
import { call } from './client'

export const readRatingForm = (caseId: string) => call<RatingForm>('get', `/cases/${caseId}/rating`)
/** The first one counts; a second call within the rules changes it, a third is refused. */
export const rate = (caseId: string, rating: GiveRating) => call<RatingForm>('put', `/cases/${caseId}/rating`, rating)
