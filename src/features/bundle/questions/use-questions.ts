import { useState } from 'react'
import { normaliseAnswers, questionProgress, visibleQuestions } from '../../../../domain/bundle/questions'
import type { Question, ResolvedBundle, Stop } from '../../../../domain/bundle/types'
import { evaluate } from '../../../../domain/condition/evaluate'
import { factsOf } from '../../../../domain/condition/facts'
import type { Answers, AnswerValue } from '../../../../domain/condition/types'
import { keepChoices, keptChoices } from '../kept-choices'

export interface Asking {
  answers: Answers
  questions: Question[]
  /** The question on screen; undefined at the summary. */
  current: Question | undefined
  /** Of the questions known so far, counting from 1. */
  position: number
  /** What the answers so far run into: some stop here, some are only to know. */
  stops: Stop[]
  answer: (value: AnswerValue) => void
  next: () => void
  /** False when this was the first question. */
  back: () => boolean
  goTo: (questionId: string) => void
}

/** The stops that these answers run into. */
export function stopsOf(bundle: ResolvedBundle, answers: Answers): Stop[] {
  const facts = factsOf(bundle.questions, answers)
  return bundle.stops.filter((stop) => evaluate(stop.when, facts).verdict === 'yes')
}

/**
 * The guiding questions, one at a time. Every answer branches at once on the device and is kept there.
 * @param first a question to begin with, for somebody who comes back to change it
 */
export function useQuestions(bundle: ResolvedBundle, first?: string): Asking {
  const [choices, setChoices] = useState(() => keptChoices(bundle.id))
  const answers = normaliseAnswers(bundle, choices.answers)
  const questions = visibleQuestions(bundle, answers)
  const [at, setAt] = useState<string | null>(() => {
    const wanted = questions.find(({ id }) => id === first)
    return wanted?.id ?? questionProgress(bundle, answers).next
  })
  const index = questions.findIndex(({ id }) => id === at)
  const current = questions[index]

  function answer(value: AnswerValue) {
    if (!current) return
    const changed = { ...choices, answers: normaliseAnswers(bundle, { ...answers, [current.id]: value }) }
    keepChoices(bundle.id, changed)
    setChoices(changed)
  }
  function next() {
    const following = questions[index + 1]
    setAt(following?.id ?? questionProgress(bundle, answers).next)
  }
  function back(): boolean {
    const before = current ? questions[index - 1] : questions[questions.length - 1]
    if (before) setAt(before.id)
    return before !== undefined
  }
  return {
    answers, questions, current, position: current ? index + 1 : questions.length, stops: stopsOf(bundle, answers),
    answer, next, back, goTo: setAt
  }
}
