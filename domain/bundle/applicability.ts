import { evaluateOptional } from '../condition/evaluate'
import type { Evaluation, Facts } from '../condition/evaluate'
import { explain } from '../condition/explain'
import type { Wording } from '../condition/explain'
import type { PlanReason } from './plan-types'
import type { BundleMatter, ResolvedBundle } from './types'

/** 一个节点办不办：办、不办、可选没勾、题没答完还不知道；以及为什么。 */
export interface Applicability {
  node: BundleMatter
  state: 'applies' | 'excluded' | 'unpicked' | 'undecided'
  why: PlanReason[]
}

/** 解释条件所用的说法，取自目录。 */
export function wordingOf(bundle: ResolvedBundle): Wording {
  const licenceNames: Record<string, string> = {}
  for (const type of Object.values(bundle.licenceTypeOf)) licenceNames[type.id] = type.name
  return { questions: bundle.questions, licenceNames }
}

function reasonsOf(evaluation: Evaluation, wording: Wording): PlanReason[] {
  const reasons: PlanReason[] = []
  for (const finding of evaluation.because) {
    const text = explain(finding, wording)
    if (!reasons.some(reason => reason.text === text)) reasons.push({ text, question: finding.op === 'has_licence' ? null : finding.key })
  }
  return reasons
}

function judge(node: BundleMatter, facts: Facts, picks: string[], wording: Wording): Applicability {
  const evaluation = evaluateOptional(node.when, facts)
  const why = reasonsOf(evaluation, wording)
  if (evaluation.verdict === 'no') return { node, state: 'excluded', why }
  if (evaluation.verdict === 'unknown') return { node, state: 'undecided', why }
  if (node.pick && !picks.includes(node.key)) return { node, state: 'unpicked', why: [{ text: '可选事项，你没有勾选', question: null }] }
  if (node.pick) return { node, state: 'applies', why: [{ text: '你勾选了这一项', question: null }] }
  return { node, state: 'applies', why: why.length > 0 ? why : [{ text: '这件事必办', question: null }] }
}

/**
 * 逐个事项判断办不办。
 * @param picks 勾选的可选事项；不适用的勾选不起作用
 */
export const applicabilityOf = (bundle: ResolvedBundle, facts: Facts, picks: string[]): Applicability[] =>
  bundle.matters.map(node => judge(node, facts, picks, wordingOf(bundle)))
