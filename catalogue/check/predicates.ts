import type { Content } from '../content'
import type { Fault, Path } from '../faults'
import { missingFaults } from './lookup'

/** 证照只答是否的几句：都从照面上的日期答，键不重复，同一周岁只问一次（亮证凭证按周岁分）。 */
export function predicateFaults(content: Content): Fault[] {
  return content.folders.licences.flatMap((source) => {
    const { face, predicates = [] } = source.value
    return predicates.flatMap((predicate, at) => {
      const path: Path = ['predicates', at]
      const field = face.find(({ name }) => name === predicate.field)
      const earlier = predicates.slice(0, at)
      const twice = earlier.some(({ key, atLeast }) => key === predicate.key || atLeast === predicate.atLeast)
      return [
        ...missingFaults(source, [...path, 'field'], predicate.field, face.map(({ name }) => name), '照面字段'),
        ...(field && field.type !== 'd' ? [source.fault([...path, 'field'], `「${field.name}」不是日期`, '改指照面上类型为 d 的一格')] : []),
        ...(twice ? [source.fault(path, '键或周岁与前面的重复', '删去其中一个：同一周岁只问一次')] : [])
      ]
    })
  })
}
