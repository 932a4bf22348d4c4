import type { Present, Presentable } from '../../../../contract/presentations'

/** What the holder has chosen so far. */
export interface Chosen {
  /** all: fields of the face · answer: a yes or no alone. */
  mode: 'fields' | 'answer'
  fields: string[]
  predicates: string[]
  purpose: string
  ownPurpose: string
}

export const otherPurpose = '其他'
export const purposes = ['核对身份', '窗口办事', '入住或入场', '签约', otherPurpose]
export const longestPurpose = 40

export function firstChoice({ fields }: Presentable): Chosen {
  const chosen = fields.filter((field) => field.chosen).map(({ name }) => name)
  return { mode: 'fields', fields: chosen, predicates: [], purpose: '', ownPurpose: '' }
}

/** What to ask of the server, or what is still missing, in words. Without its mode the other mode's choice is never sent. */
export function wantedOf(chosen: Chosen): { ok: true; wanted: Present } | { ok: false; missing: 'what' | 'purpose'; say: string } {
  const { mode, fields, predicates, purpose, ownPurpose } = chosen
  const wanted = mode === 'fields' ? { fields, predicates: [] } : { fields: [], predicates }
  if (wanted.fields.length + wanted.predicates.length === 0)
    return { ok: false, missing: 'what', say: mode === 'fields' ? '至少选一格给对方看' : '请选要证明哪一件' }
  const said = (purpose === otherPurpose ? ownPurpose : purpose).trim()
  if (said === '') return { ok: false, missing: 'purpose', say: purpose === otherPurpose ? '请写明用来做什么' : '请选用来做什么' }
  return { ok: true, wanted: { ...wanted, purpose: said } }
}

/** The sensitive ones among what is chosen, in words to think twice about; empty when there are none. */
export function warningOf({ fields }: Presentable, { mode, fields: chosen }: Chosen): string {
  if (mode === 'answer') return ''
  const chosenFrom = (level: number) =>
    fields.filter(({ name, sensitivity }) => sensitivity >= level && chosen.includes(name)).map(({ name }) => name)
  const sensitive = chosenFrom(2)
  if (sensitive.length === 0) return ''
  const most = chosenFrom(3)
  const word = most.length > 0 ? `，其中${most.join('、')}特别敏感` : ''
  return `你选了敏感的内容：${sensitive.join('、')}${word}。对方核验后会看到原文，只给确实需要的人看。`
}

export const sensitivityNotes = ['', '', '敏感，不勾就不给看', '特别敏感，不勾就不给看']
