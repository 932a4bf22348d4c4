import { collect, unique } from '../lists'

/** 图上的一点：键与直接前置。 */
export interface GraphNode {
  key: string
  after: string[]
}

/** 全部祖先（传递闭包），不含自己。图须无环，由目录校验保证。 */
export function ancestorsOf(key: string, nodes: GraphNode[]): Set<string> {
  const found = new Set<string>()
  const visit = (current: string) => {
    for (const before of nodes.find(node => node.key === current)?.after ?? []) {
      if (!found.has(before)) {
        found.add(before)
        visit(before)
      }
    }
  }
  visit(key)
  return found
}

/**
 * 剪枝：只留 kept 里的点。被剪掉的视为已满足，但它的前置由后继继承（A→B→C 剪掉 B，C 仍等 A）；
 * 再去掉多余的边（已由别的前置间接保证的），好画成图。
 */
export function prune(nodes: GraphNode[], kept: Set<string>): GraphNode[] {
  const inherited = (keys: string[]): string[] =>
    unique(collect(keys, key => (kept.has(key) ? [key] : inherited(nodes.find(node => node.key === key)?.after ?? []))))
  const pruned = nodes.filter(node => kept.has(node.key)).map(node => ({ key: node.key, after: inherited(node.after) }))
  return pruned.map(node => ({
    key: node.key,
    after: node.after.filter(before => !node.after.some(other => other !== before && ancestorsOf(other, pruned).has(before)))
  }))
}

/** 从起点到各点最长一路的累计，weight 为每点自身的份量。 */
export function longestInto(nodes: GraphNode[], weight: (key: string) => number): Map<string, number> {
  const lengths = new Map<string, number>()
  const measure = (key: string): number => {
    const known = lengths.get(key)
    if (known !== undefined) return known
    const before = nodes.find(node => node.key === key)?.after.map(measure) ?? []
    const length = Math.max(0, ...before) + weight(key)
    lengths.set(key, length)
    return length
  }
  nodes.forEach(node => measure(node.key))
  return lengths
}

/** 分层：同一层可并联，每一点排在其全部前置之后。 */
export function layersOf(nodes: GraphNode[]): string[][] {
  const depths = longestInto(nodes, () => 1)
  const layers: string[][] = []
  for (const node of nodes) {
    const depth = (depths.get(node.key) ?? 1) - 1
    const layer = layers[depth]
    if (layer) layer.push(node.key)
    else layers[depth] = [node.key]
  }
  return layers
}

/** 先序：每一点排在其全部前置之后。 */
export const inOrder = (nodes: GraphNode[]): string[] => collect(layersOf(nodes), layer => layer)

/** 从终点往回走出一条最长的路；rank 越大越优先。 */
export function longestPath(nodes: GraphNode[], rank: (key: string) => number): string[] {
  const largest = (keys: string[]): string | undefined =>
    keys.reduce<string | undefined>((best, key) => (best === undefined || rank(key) > rank(best) ? key : best), undefined)
  const path: string[] = []
  for (let key = largest(nodes.map(node => node.key)); key !== undefined;) {
    path.unshift(key)
    const current = key
    key = largest(nodes.find(node => node.key === current)?.after ?? [])
  }
  return path
}
