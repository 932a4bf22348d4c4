import { forget, keep, readKept } from '../../api/kept'
import type { Answers } from '../../../domain/condition/types'

/** What somebody answered and ticked before there is a draft: kept on the device, so that a reload or a sign-in loses nothing. */
export interface Choices {
  answers: Answers
  picks: string[]
}

const keyOf = (bundleId: string) => `choices/${bundleId}`

export const keptChoices = (bundleId: string): Choices => readKept<Choices>(keyOf(bundleId))?.data ?? { answers: {}, picks: [] }

export const keepChoices = (bundleId: string, choices: Choices): void => keep(keyOf(bundleId), choices, Date.now())

export const forgetChoices = (bundleId: string): void => forget(keyOf(bundleId))
