import type { Answers } from '../condition/types'
import { collect } from '../lists'
import { visibleQuestions } from './questions'
import type { Bundle, Question } from './types'

function answersTo(question: Question): (string | string[])[] {
  const values = question.options.map(option => option.value)
  return question.multiple ? [[], ...values.map(value => [value]), values] : values
}

/**
 * 遍历一件事的答案组合：单选取全部选项；多选只取「无、逐个、全选」；不显示的题不答。
 * 目录校验、首页的「最多能省」与核对表都用它。
 */
export function answerCombinations(bundle: Pick<Bundle, 'questions'>): Answers[] {
  let rows: Answers[] = [{}]
  for (const question of bundle.questions) {
    rows = collect(rows, row => {
      const shown = visibleQuestions(bundle, row).some(({ id }) => id === question.id)
      return shown ? answersTo(question).map(answer => ({ ...row, [question.id]: answer })) : [row]
    })
  }
  return rows
}
