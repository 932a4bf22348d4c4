import { evaluate } from './evaluate'
import type { Facts } from './evaluate'
import type { Answers, Condition } from './types'

/** 判断条件时需要知道的题目：键、选项与出现条件。 */
export interface ConditionQuestion {
  id: string
  text: string
  options: { value: string; label: string }[]
  multiple?: boolean
  show?: Condition
}

/**
 * 由题目与答案得到事实。题目按顺序判断，出现条件只可引用更靠前的题目；
 * 不显示的题目即使留有旧答案也不作数；显不显示还不知道的，答案先搁着。
 * @param licences 现持有效证照的类型；缺省为还不知道
 */
export function factsOf(questions: ConditionQuestion[], answers: Answers, licences?: string[]): Facts {
  const hidden: string[] = []
  const effective: Answers = {}
  for (const question of questions) {
    const shown = question.show ? evaluate(question.show, { answers: effective, hidden, licences }).verdict : 'yes'
    const answer = answers[question.id]
    if (shown === 'no') hidden.push(question.id)
    if (shown === 'yes' && answer !== undefined) effective[question.id] = answer
  }
  return { answers: effective, hidden, licences }
}
