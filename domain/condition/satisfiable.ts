import { collect, unique } from '../lists'
import { evaluate } from './evaluate'
import { factsOf } from './facts'
import type { ConditionQuestion } from './facts'
import type { AnswerValue, Answers, Condition } from './types'

/** 条件在所有可能的回答里：从不成立、有时成立、总是成立。 */
export type Satisfiability = 'never' | 'sometimes' | 'always'

interface Mention {
  key: string
  values: (string | number)[]
  licence: boolean
}

/** 条件里提到的题目键、证照类型与值。 */
function mentionsOf(condition: Condition): Mention[] {
  if ('all' in condition) return collect(condition.all, mentionsOf)
  if ('any' in condition) return collect(condition.any, mentionsOf)
  if ('not' in condition) return mentionsOf(condition.not)
  const empty = evaluate(condition, { answers: {}, hidden: [] }).findings
  return empty.map(({ key, required, op }) => ({ key, values: required, licence: op === 'has_licence' }))
}

/** 条件引用的题目键，不含证照。 */
export const questionKeysOf = (condition: Condition): string[] =>
  mentionsOf(condition).filter(mention => !mention.licence).map(mention => mention.key)

/** 条件引用的题目，连同它们的出现条件所引用的题目。 */
function reachOf(keys: string[], questions: ConditionQuestion[]): Set<string> {
  const reached = new Set<string>()
  const visit = (key: string) => {
    if (reached.has(key)) return
    reached.add(key)
    const show = questions.find(question => question.id === key)?.show
    if (show) questionKeysOf(show).forEach(visit)
  }
  keys.forEach(visit)
  return reached
}

const subsetsOf = (values: string[]): string[][] =>
  values.reduce<string[][]>((subsets, value) => subsets.concat(subsets.map(subset => [...subset, value])), [[]])

/** 一道题值得尝试的答案：单选取全部选项，多选只需遍历被提到的选项，数字取界上与界外。 */
function candidatesOf(question: ConditionQuestion, mentions: Mention[]): AnswerValue[] {
  const values = collect(mentions.filter(mention => mention.key === question.id), mention => mention.values)
  const offered = question.options.map(option => option.value)
  if (question.multiple) return subsetsOf(offered.filter(value => values.includes(value)))
  if (offered.length > 0) return offered
  return collect(values.map(Number), bound => [bound - 1, bound, bound + 1].map(String))
}

const combine = <T>(lists: T[][]): T[][] =>
  lists.reduce<T[][]>((rows, list) => collect(rows, row => list.map(item => [...row, item])), [[]])

/**
 * 遍历所引用题目的回答组合（尊重出现条件），看条件会不会成立。目录校验用它找出写错的条件。
 * @param questions 这件事的全部题目，按出现顺序
 */
export function satisfiable(condition: Condition, questions: ConditionQuestion[]): Satisfiability {
  const direct = mentionsOf(condition)
  const reached = reachOf(direct.filter(mention => !mention.licence).map(mention => mention.key), questions)
  const involved = questions.filter(question => reached.has(question.id))
  const shows = collect(involved, question => (question.show ? mentionsOf(question.show) : []))
  const mentions = direct.concat(shows)
  const licenceSets = subsetsOf(unique(mentions.filter(mention => mention.licence).map(mention => mention.key)))
  const rows = combine(involved.map(question => candidatesOf(question, mentions)))

  let held = 0
  let failed = 0
  for (const row of rows) {
    const answers: Answers = {}
    involved.forEach((question, index) => {
      const value = row[index]
      if (value !== undefined) answers[question.id] = value
    })
    for (const licences of licenceSets) {
      if (evaluate(condition, factsOf(involved, answers, licences)).verdict === 'yes') held += 1
      else failed += 1
    }
  }
  if (held === 0) return 'never'
  return failed === 0 ? 'always' : 'sometimes'
}
