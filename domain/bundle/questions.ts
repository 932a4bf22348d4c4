import { evaluate } from '../condition/evaluate'
import { factsOf } from '../condition/facts'
import type { Answers, AnswerValue } from '../condition/types'
import type { Bundle, Question } from './types'

type Questioned = Pick<Bundle, 'questions'>

/** 本次该问的题目：出现条件已经成立的，按目录顺序；还不知道要不要问的先不问。 */
export function visibleQuestions(bundle: Questioned, answers: Answers): Question[] {
  const facts = factsOf(bundle.questions, answers)
  return bundle.questions.filter(question => question.show === undefined || evaluate(question.show, facts).verdict === 'yes')
}

function keep(question: Question, answer: AnswerValue | undefined): AnswerValue | undefined {
  if (answer === undefined || Array.isArray(answer) !== Boolean(question.multiple)) return undefined
  const offered = question.options.map(option => option.value)
  if (!Array.isArray(answer)) return offered.includes(answer) ? answer : undefined
  return offered.filter(value => answer.includes(value))
}

/**
 * 整理答案：丢掉不存在的题、不在选项里的值、已不显示的题留下的旧答案；多选按选项顺序去重。
 * 整理后的答案才可以存、可以签。
 */
export function normaliseAnswers(bundle: Questioned, answers: Answers): Answers {
  const valid: Answers = {}
  for (const question of bundle.questions) {
    const kept = keep(question, answers[question.id])
    if (kept !== undefined) valid[question.id] = kept
  }
  return factsOf(bundle.questions, valid).answers
}

/** 已显示而没答的题目键，按目录顺序。 */
export const unansweredQuestions = (bundle: Questioned, answers: Answers): string[] =>
  visibleQuestions(bundle, answers).map(question => question.id).filter(id => answers[id] === undefined)

/** 答题进度：total 是目前已知要问的题数，随分支增减；next 为 null 即答完。 */
export function questionProgress(bundle: Questioned, answers: Answers): { answered: number; total: number; next: string | null } {
  const total = visibleQuestions(bundle, answers).length
  const left = unansweredQuestions(bundle, answers)
  return { answered: total - left.length, total, next: left[0] ?? null }
}
