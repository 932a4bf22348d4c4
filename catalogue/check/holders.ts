import { ancestorsOf } from '../../domain/bundle/graph'
import type { Bundle, Material } from '../../domain/bundle/types'
import type { Content } from '../content'
import { quoted, suggest, type Fault, type Path } from '../faults'
import type { MaterialList } from '../schema/material'
import type { Source } from '../source'
import { missingFaults, type Lookup } from './lookup'

/** 须本人在线同意才能取用的持有人。孩子的由监护人代行，企业的由法定代表人代行，不再另行同意。 */
const consenting: Material['holder'][] = ['spouse', 'legalRepresentative']

function consentFaults(content: Content, lookup: Lookup): Fault[] {
  const source = content.tables['materials.yml']
  if (!source) return []
  return source.value.materials.flatMap((material, at) => {
    const fetched = material.source.kind === 'licence' || material.source.kind === 'share'
    if (!material.consent) {
      return fetched && consenting.includes(material.holder)
        ? [
            source.fault(
              ['materials', at, 'consent'],
              `材料「${material.id}」的持有人是别人，却没有同意规则`,
              '补上 consent：fields、purpose、validDays 与四种出路 ways'
            )
          ]
        : []
    }
    if (!consenting.includes(material.holder)) {
      return [
        source.fault(
          ['materials', at, 'consent'],
          `材料「${material.id}」的持有人不须另行同意`,
          '删去 consent，或把 holder 改成 spouse、legalRepresentative'
        )
      ]
    }
    return strangeFields(source, ['materials', at, 'consent', 'fields'], material, material.consent.fields, '放出', lookup)
  })
}

/** 证照只给几格的，这几格照面上要有；要持有人同意的只在同意规则里写一处。 */
function givenFaults(content: Content, lookup: Lookup): Fault[] {
  const source = content.tables['materials.yml']
  if (!source) return []
  return source.value.materials.flatMap((material, at) => {
    if (material.source.kind !== 'licence' || !material.source.fields) return []
    const path = ['materials', at, 'source', 'fields']
    return material.consent
      ? [source.fault(path, `材料「${material.id}」给哪几格写了两处`, '持有人同意的只写 consent.fields，删去这里')]
      : strangeFields(source, path, material, material.source.fields, '给出', lookup)
  })
}

function strangeFields(
  source: Source<MaterialList>,
  path: Path,
  { source: from }: Material,
  fields: string[],
  verb: string,
  lookup: Lookup
): Fault[] {
  const face = from.kind === 'licence' ? lookup.licences.get(from.licenceType)?.face.map(field => field.name) : undefined
  if (!face) return []
  return fields
    .filter(name => !face.includes(name))
    .map(name => source.fault(path, `照面里没有「${name}」，无从${verb}`, suggest(name, face, `照面字段有${quoted(face)}`)))
}

/** 节点签发的证照照面里要有这一格。 */
function faceFaults(source: Source<Bundle>, path: Path, key: string, face: string, lookup: Lookup): Fault[] {
  const node = source.value.matters.find(item => item.key === key)
  const result = node && lookup.matters.get(node.matter)?.result
  if (!result) return []
  if (result.kind !== 'licence') return [source.fault(path, `节点「${key}」不签发证照，取不到「${face}」`, '换成签发证照的节点')]
  const names = lookup.licences.get(result.licenceType)?.face.map(field => field.name)
  return !names || names.includes(face)
    ? []
    : [source.fault(path, `节点「${key}」签发的证照照面里没有「${face}」`, suggest(face, names, `照面字段有${quoted(names)}`))]
}

function fieldFaults(source: Source<Bundle>, path: Path, id: string, types: string[]): Fault[] {
  const fields = source.value.form.flatMap(group => group.fields)
  const field = fields.find(item => item.id === id)
  if (!field)
    return missingFaults(
      source,
      path,
      id,
      fields.map(item => item.id),
      '字段'
    )
  return types.includes(field.type)
    ? []
    : [source.fault(path, `字段「${id}」的类型是 ${field.type}`, `应是 ${types.join(' 或 ')} 类型的字段`)]
}

/** 归在孩子、企业名下的证照，须在孩子、企业产生之时或之后签发。 */
function ownerFaults(source: Source<Bundle>, holder: 'ward' | 'company', createdBy: string[] | undefined, lookup: Lookup): Fault[] {
  const bundle = source.value
  return bundle.matters.flatMap((node, at) => {
    const result = lookup.matters.get(node.matter)?.result
    if (result?.kind !== 'licence' || result.holder !== holder) return []
    const before = ancestorsOf(node.key, bundle.matters)
    if ((createdBy ?? []).some(key => key === node.key || before.has(key))) return []
    return bundle.audience === 'company' && holder === 'company' && !createdBy
      ? []
      : [
          source.fault(
            ['matters', at, 'matter'],
            `节点「${node.key}」签发的证照归在 ${holder} 名下，但那时还没有 ${holder}`,
            `在 ${holder}.createdBy 里写上最先产生 ${holder} 的节点`
          )
        ]
  })
}

function bundleFaults(source: Source<Bundle>, lookup: Lookup): Fault[] {
  const { ward, company, parties } = source.value
  const party = (role: 'spouse' | 'legalRepresentative') =>
    parties?.[role]
      ? [
          ...fieldFaults(source, ['parties', role, 'nameField'], parties[role].nameField, ['personName']),
          ...fieldFaults(source, ['parties', role, 'idNumberField'], parties[role].idNumberField, ['idNumber'])
        ]
      : []
  return [
    ...(ward ? fieldFaults(source, ['ward', 'nameField'], ward.nameField, ['personName']) : []),
    ...(ward ? fieldFaults(source, ['ward', 'sexField'], ward.sexField, ['choice']) : []),
    ...(ward ? fieldFaults(source, ['ward', 'birthField'], ward.birthField, ['date']) : []),
    ...(ward?.idNumberFrom ?? []).flatMap((key, at) =>
      faceFaults(source, ['ward', 'idNumberFrom', at], key, ward?.idNumberFace ?? '', lookup)
    ),
    ...(company ? fieldFaults(source, ['company', 'nameField'], company.nameField, ['text']) : []),
    ...(company?.createdBy ?? []).flatMap((key, at) =>
      faceFaults(source, ['company', 'createdBy', at], key, company?.creditCodeFace ?? '', lookup)
    ),
    ...ownerFaults(source, 'ward', ward?.createdBy, lookup),
    ...ownerFaults(source, 'company', company?.createdBy, lookup),
    ...party('spouse'),
    ...party('legalRepresentative'),
    ...needsParty(source, lookup)
  ]
}

/** 要另一方、法定代表人同意的材料，表单里得问得到他是谁。 */
function needsParty(source: Source<Bundle>, lookup: Lookup): Fault[] {
  return source.value.matters.flatMap((node, at) =>
    (lookup.matters.get(node.matter)?.materials ?? []).flatMap(item => {
      const material = lookup.materials.get(item.id)
      if (!material?.consent || (material.holder !== 'spouse' && material.holder !== 'legalRepresentative')) return []
      return source.value.parties?.[material.holder]
        ? []
        : [
            source.fault(
              ['matters', at, 'matter'],
              `材料「${item.id}」要 ${material.holder} 同意，但没写他是表单里的谁`,
              `补上 parties.${material.holder}：nameField 与 idNumberField`
            )
          ]
    })
  )
}

/** 持有人：同意规则齐全，孩子、企业、另一方都对得上表单与产证节点。 */
export const holderFaults = (content: Content, lookup: Lookup): Fault[] => [
  ...consentFaults(content, lookup),
  ...givenFaults(content, lookup),
  ...content.folders.bundles.flatMap(source => bundleFaults(source, lookup))
]
