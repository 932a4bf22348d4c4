import type { Bundle } from '../../domain/bundle/types'
import type { Content } from '../content'
import type { Fault } from '../faults'

/** 一个节点的全部前置，隔几层都算（被剪掉的节点由其前置顶替，所以取传递闭包，bundles.md §4.6）。 */
export function ancestorsOf(bundle: Bundle, key: string): Set<string> {
  const found = new Set<string>()
  const visit = (current: string) => {
    for (const before of bundle.matters.find(node => node.key === current)?.after ?? []) {
      if (!found.has(before)) {
        found.add(before)
        visit(before)
      }
    }
  }
  visit(key)
  return found
}

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
      if (reported.has(node.key) || !ancestorsOf(bundle, node.key).has(node.key)) return []
      const loop = loopFrom(bundle, node.key)
      loop.forEach(key => reported.add(key))
      return [source.fault(['matters', at, 'after'], `前置关系绕成一圈：${[...loop].reverse().join(' → ')}`, '去掉其中一条 after')]
    })
  })
}
