import { hasFailed, hasResult, isClosed } from '../case/transition'
import type { CaseState } from '../case/types'

/** 一件事里的一个办件，连同它在图上的直接前置（已剪枝）。 */
export interface CaseNode {
  key: string
  after: string[]
  state: CaseState
}

export type SubmissionStatus = 'submitted' | 'running' | 'partial' | 'done' | 'failed' | 'withdrawn'

export const submissionStatusText: Record<SubmissionStatus, string> = {
  submitted: '已提交', running: '办理中', partial: '部分办结', done: '全部办结', failed: '没有办成', withdrawn: '已撤回',
}

/** 前置都已准予且结果入库、可以派出去的办件（流程材料 §3：送达不阻塞后续）。 */
export function readyKeys(nodes: readonly CaseNode[]): string[] {
  const byKey = new Map(nodes.map(node => [node.key, node] as const))
  return nodes
    .filter(node => node.state.status === 'waiting')
    .filter(node => node.after.every(key => { const before = byKey.get(key); return !before || hasResult(before.state) }))
    .map(node => node.key)
}

/**
 * 因前置办不成而办不了的办件，各自点名是被谁挡住的。
 * failAll：'any' 任一不予即停掉所有还没派出去的；列表则只有点名的节点有此效力。
 */
export function blockedKeys(nodes: readonly CaseNode[], failAll: 'any' | string[] | undefined): { key: string; by: string }[] {
  const byKey = new Map(nodes.map(node => [node.key, node] as const))
  const stopsAll = (key: string) => failAll === 'any' || (failAll ?? []).indexOf(key) >= 0
  const stopper = nodes.find(node => hasFailed(node.state) && node.state.status !== 'blocked' && stopsAll(node.key))
  const failedAncestor = (node: CaseNode): string | undefined => {
    for (const key of node.after) {
      const before = byKey.get(key)
      if (!before) continue
      if (hasFailed(before.state) && before.state.status !== 'blocked') return key
      const further = failedAncestor(before)
      if (further) return further
    }
    return undefined
  }
  const blocked: { key: string; by: string }[] = []
  for (const node of nodes) {
    if (node.state.status !== 'waiting') continue
    const by = failedAncestor(node) ?? stopper?.key
    if (by !== undefined) blocked.push({ key: node.key, by })
  }
  return blocked
}

/** 撤回这一件，会随之停下的：假设它已经撤回，照办不了的规则算，说给撤回的人听的与真发生的才是同一回事。 */
export const stoppedWith = (key: string, nodes: readonly CaseNode[], failAll: 'any' | string[] | undefined): string[] =>
  blockedKeys(nodes.map(node => (node.key === key ? { ...node, state: { ...node.state, status: 'withdrawn' as const } } : node)), failAll)
    .map(node => node.key)

/** 整件的状态：由各办件折出。全部收口才算办结；有成有败是部分办结。 */
export function submissionStatus(nodes: readonly CaseNode[]): SubmissionStatus {
  const states = nodes.map(node => node.state)
  if (states.every(state => isClosed(state.status))) {
    const approved = states.filter(state => state.outcome === 'approve').length
    if (approved === states.length) return 'done'
    if (approved > 0) return 'partial'
    const withdrawn = states.filter(state => state.status === 'withdrawn').length
    const blocked = states.filter(state => state.status === 'blocked').length
    return withdrawn > 0 && withdrawn + blocked === states.length ? 'withdrawn' : 'failed'
  }
  return states.every(state => state.status === 'waiting' || state.status === 'submitted') ? 'submitted' : 'running'
}
