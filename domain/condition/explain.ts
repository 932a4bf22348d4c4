import type { Finding } from './evaluate'
import type { ConditionQuestion } from './facts'

/** 解释时用到的说法：题目的问句与选项、证照的名称。 */
export interface Wording {
  questions: ConditionQuestion[]
  licenceNames: Record<string, string>
}

const quoted = (words: string[]) => words.map(word => `「${word}」`).join('、')

function rangeText(finding: Finding): string {
  const [low, high] = finding.required
  if (finding.op === 'gte') return `不小于 ${low}`
  if (finding.op === 'lte') return `不大于 ${low}`
  return `在 ${low} 到 ${high} 之间`
}

function licenceText(finding: Finding, wording: Wording): string {
  const name = wording.licenceNames[finding.key] ?? finding.key
  if (finding.verdict === 'unknown') return `还没查到你是否持有「${name}」`
  return (finding.verdict === 'yes') === finding.negated ? `你没有有效的「${name}」` : `你持有有效的「${name}」`
}

/**
 * 把一片叶子的判断说成一句人话，如「“宝宝户口落在哪里？”你选的是「江阴」」。
 * 否的时候连同要求一并说出，人才知道差在哪里。
 */
export function explain(finding: Finding, wording: Wording): string {
  if (finding.op === 'has_licence') return licenceText(finding, wording)
  const question = wording.questions.find(item => item.id === finding.key)
  const text = question?.text ?? finding.key
  const labelOf = (value: string) => question?.options.find(option => option.value === value)?.label ?? value
  if (finding.hidden) return `你的情况不涉及“${text}”`
  if (finding.verdict === 'unknown') return `“${text}”还没有回答`
  const chosen = ([] as string[]).concat(finding.found ?? []).map(labelOf)
  const stated = chosen.length > 0 ? `“${text}”你选的是${quoted(chosen)}` : `“${text}”你一项都没有选`
  if (finding.verdict === 'yes') return stated
  if (['gte', 'lte', 'between'].includes(finding.op)) return `${stated}，要求${finding.negated ? '不' : ''}${rangeText(finding)}`
  const excluding = (finding.op === 'ne') !== finding.negated
  const labels = quoted(finding.required.map(value => labelOf(String(value))))
  return excluding ? `${stated}，选${labels}时不适用` : `${stated}，选${labels}时才适用`
}
