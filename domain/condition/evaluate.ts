import { collect } from '../lists'
import type { Answers, AnswerValue, Condition, Verdict } from './types'

/** 判断条件所需的事实。 */
export interface Facts {
  answers: Answers
  /** 因情形不适用而没有显示的题目：引用它们的叶子一律判「否」，不论正问反问 */
  hidden: string[]
  /** 现持有效证照的类型；缺省为还不知道 */
  licences?: string[]
}

export type LeafOperator = 'eq' | 'ne' | 'in' | 'includes' | 'gte' | 'lte' | 'between' | 'has_licence'

/** 一片叶子的判断：要求什么、实际是什么、结论如何。 */
export interface Finding {
  /** 题目键；has_licence 时为证照类型 */
  key: string
  op: LeafOperator
  required: (string | number)[]
  /** 没有答案、没有显示时为 null */
  found: AnswerValue | null
  /** 处在 not 之下：要求的是相反 */
  negated: boolean
  hidden: boolean
  verdict: Verdict
}

export interface Evaluation {
  verdict: Verdict
  /** 每一片叶子的判断 */
  findings: Finding[]
  /** 决定结论的那几片叶子：解释给人听的就是它们 */
  because: Finding[]
}

type Leaf = Exclude<Condition, { all: Condition[] } | { any: Condition[] } | { not: Condition }>

const flipped: Record<Verdict, Verdict> = { yes: 'no', no: 'yes', unknown: 'unknown' }
const verdictOf = (holds: boolean): Verdict => (holds ? 'yes' : 'no')

/** 拆出叶子的键、算子与要求值。 */
function partsOf(leaf: Leaf): Pick<Finding, 'key' | 'op' | 'required'> {
  if ('has_licence' in leaf) return { key: leaf.has_licence, op: 'has_licence', required: [leaf.has_licence] }
  if ('eq' in leaf) return { key: leaf.eq[0], op: 'eq', required: [leaf.eq[1]] }
  if ('ne' in leaf) return { key: leaf.ne[0], op: 'ne', required: [leaf.ne[1]] }
  if ('in' in leaf) return { key: leaf.in[0], op: 'in', required: leaf.in[1] }
  if ('includes' in leaf) return { key: leaf.includes[0], op: 'includes', required: [leaf.includes[1]] }
  if ('gte' in leaf) return { key: leaf.gte[0], op: 'gte', required: [leaf.gte[1]] }
  if ('lte' in leaf) return { key: leaf.lte[0], op: 'lte', required: [leaf.lte[1]] }
  return { key: leaf.between[0], op: 'between', required: [leaf.between[1], leaf.between[2]] }
}

function holds(op: LeafOperator, found: AnswerValue, required: (string | number)[]): boolean {
  const chosen = Array.isArray(found) ? found : [found]
  if (op === 'includes' || op === 'in' || op === 'has_licence') return chosen.some(value => required.includes(value))
  if (op === 'eq') return chosen.length === 1 && chosen[0] === required[0]
  if (op === 'ne') return !(chosen.length === 1 && chosen[0] === required[0])
  const amount = chosen.length === 1 && chosen[0] !== '' ? Number(chosen[0]) : NaN
  const [low, high] = required.map(Number)
  if (low === undefined || Number.isNaN(amount)) return false
  if (op === 'gte') return amount >= low
  if (op === 'lte') return amount <= low
  return amount >= low && high !== undefined && amount <= high
}

function judge(leaf: Leaf, facts: Facts, negated: boolean): Finding {
  const parts = partsOf(leaf)
  const isLicence = parts.op === 'has_licence'
  const hidden = !isLicence && facts.hidden.includes(parts.key)
  const found = (isLicence ? facts.licences : hidden ? undefined : facts.answers[parts.key]) ?? null
  const plain = found === null ? 'unknown' : verdictOf(holds(parts.op, found, parts.required))
  const verdict = hidden ? 'no' : negated ? flipped[plain] : plain
  return { ...parts, found: isLicence ? null : found, negated, hidden, verdict }
}

/** all 的结论由最坏的定，any 由最好的定；决定结论的子条件留作解释。 */
function join(parts: Evaluation[], decisive: Verdict, otherwise: Verdict): Evaluation {
  const verdicts = parts.map(part => part.verdict)
  const verdict = verdicts.includes(decisive) ? decisive : verdicts.includes('unknown') ? 'unknown' : otherwise
  return {
    verdict,
    findings: collect(parts, part => part.findings),
    because: collect(parts.filter(part => part.verdict === verdict), part => part.because)
  }
}

function walk(condition: Condition, facts: Facts, negated: boolean): Evaluation {
  if ('not' in condition) return walk(condition.not, facts, !negated)
  if ('all' in condition || 'any' in condition) {
    const parts = ('all' in condition ? condition.all : condition.any).map(part => walk(part, facts, negated))
    const conjunction = 'all' in condition !== negated
    return conjunction ? join(parts, 'no', 'yes') : join(parts, 'yes', 'no')
  }
  const finding = judge(condition, facts, negated)
  return { verdict: finding.verdict, findings: [finding], because: [finding] }
}

/**
 * 判断条件：是、否、还不知道（题目已显示但没答）。
 * 否定一直推到叶子上，因此没显示的题目在 not 之下同样判「否」，与 ne 一致。
 */
export const evaluate = (condition: Condition, facts: Facts): Evaluation => walk(condition, facts, false)

const always: Evaluation = { verdict: 'yes', findings: [], because: [] }

/** 没有条件即恒成立。 */
export const evaluateOptional = (condition: Condition | undefined, facts: Facts): Evaluation =>
  condition ? evaluate(condition, facts) : always
