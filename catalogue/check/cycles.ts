import { ancestorsOf } from '../../domain/bundle/graph'
import type { Bundle } from '../../domain/bundle/types'
import type { Content } from '../content'
import type { Fault } from '../faults'

/** 从一个节点绕回自己的一条路。 */
function loopFrom(bundle: Bundle, start: string): string[] {
  const search = (key: string, trail: string[]): string[] | undefined => {
    for (const before of bundle.matters.find(node => node.key === key)?.after ?? []) {
      if (before === start) return [...trail, before]
      if (trail.includes(before)) continue
      const loop = search(before, [...trail, before])
      if (loop) return loop
    }
    return undefined
  }
  return search(start, [start]) ?? []
}

/** 前置关系不能绕圈：绕圈的节点永远等不到开始。每一圈只报一次，报在圈里最靠前的节点上。 */
export function cycleFaults(content: Content): Fault[] {
  return content.folders.bundles.flatMap(source => {
    const bundle = source.value
    const reported = new Set<string>()
    return bundle.matters.flatMap((node, at) => {
      if (reported.has(node.key) || !ancestorsOf(node.key, bundle.matters).has(node.key)) return []
      const loop = loopFrom(bundle, node.key)
      loop.forEach(key => reported.add(key))
      return [source.fault(['matters', at, 'after'], `前置关系绕成一圈：${[...loop].reverse().join(' → ')}`, '去掉其中一条 after')]
    })
  })
}
