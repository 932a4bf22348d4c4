import { ancestorsOf } from '../../domain/bundle/graph'
import type { Bundle, BundleMatter, MatterMaterial } from '../../domain/bundle/types'
import type { Condition } from '../../domain/condition/types'
import { satisfiable } from '../../domain/condition/satisfiable'
import type { Content } from '../content'
import type { Fault } from '../faults'
import type { Lookup } from './lookup'

const both = (conditions: (Condition | undefined)[]): Condition | undefined => {
  const present = conditions.filter(condition => condition !== undefined)
  return present.length > 0 ? { all: present } : undefined
}

const canHold = (condition: Condition | undefined, bundle: Bundle) => !condition || satisfiable(condition, bundle.questions) !== 'never'

/** 会签发这类证照、又可能与本节点同时适用的兄弟节点。 */
function issuersOf(bundle: Bundle, node: BundleMatter, material: MatterMaterial, lookup: Lookup): BundleMatter[] {
  const source = lookup.materials.get(material.id)?.source
  if (source?.kind !== 'licence') return []
  return bundle.matters.filter(sibling => {
    const result = lookup.matters.get(sibling.matter)?.result
    if (sibling.key === node.key || result?.kind !== 'licence' || result.licenceType !== source.licenceType) return false
    return canHold(both([sibling.when, node.when, node.materialsWhen[material.id]]), bundle)
  })
}

/**
 * 输入证照若由同件事项产出，只认新产出的版本（bundles.md §0）：
 * 产证的节点必须排在前面；确指旧版本的在事项里标 existing。
 */
export function inputFaults(content: Content, lookup: Lookup): Fault[] {
  return content.folders.bundles.flatMap(source => {
    const bundle = source.value
    return bundle.matters.flatMap((node, at) => {
      const before = ancestorsOf(node.key, bundle.matters)
      const inputs = (lookup.matters.get(node.matter)?.materials ?? []).filter(material => !material.existing)
      return inputs.flatMap(material =>
        issuersOf(bundle, node, material, lookup)
          .filter(sibling => !before.has(sibling.key))
          .map(sibling =>
            source.fault(
              ['matters', at, 'after'],
              `材料「${material.id}」会由同件的「${sibling.key}」新签发，但「${node.key}」没排在它后面`,
              `在 after 里加上 ${sibling.key}；确实要交旧版本的，在 matters/${node.matter}.yml 的这份材料上标 existing: true`
            )
          )
      )
    })
  })
}
