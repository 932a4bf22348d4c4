import type { Content } from '../content'
import type { Fault, Path } from '../faults'
import type { Source } from '../source'
import { danglingFaults, missingFaults, type Lookup } from './lookup'

function stageFaults(content: Content, lookup: Lookup): Fault[] {
  const source = content.tables['stages.yml']
  if (!source) return []
  return source.value.stages.flatMap((stage, at) => {
    const empty = stage.bundles.length === 0 && !stage.elsewhere
    const listed = stage.bundles.flatMap((id, index) => {
      const path: Path = ['stages', at, 'bundles', index]
      const bundle = lookup.bundles.get(id)
      const stray = bundle && bundle.stage !== stage.id
      return [
        ...danglingFaults(source, path, id, 'bundles', lookup),
        ...(stray ? [source.fault(path, `一件事「${id}」写的阶段是「${bundle.stage}」`, '两处改成同一个阶段')] : [])
      ]
    })
    return empty
      ? [...listed, source.fault(['stages', at], `阶段「${stage.name}」没有一件事，也没说去哪里办`, '补上 elsewhere：告诉人现在该去哪里办')]
      : listed
  })
}

function materialFaults(content: Content, lookup: Lookup): Fault[] {
  const source = content.tables['materials.yml']
  if (!source) return []
  return source.value.materials.flatMap((material, at) =>
    material.source.kind === 'licence'
      ? danglingFaults(source, ['materials', at, 'source', 'licenceType'], material.source.licenceType, 'licences', lookup)
      : []
  )
}

function matterFaults(content: Content, lookup: Lookup): Fault[] {
  return content.folders.matters.flatMap(source => {
    const { department, partners = [], materials, result } = source.value
    return [
      ...danglingFaults(source, ['department'], department, 'departments', lookup),
      ...partners.flatMap((id, at) => danglingFaults(source, ['partners', at], id, 'departments', lookup)),
      ...materials.flatMap((material, at) => danglingFaults(source, ['materials', at, 'id'], material.id, 'materials', lookup)),
      ...materials
        .filter((material, at) => materials.findIndex(other => other.id === material.id) < at)
        .map(material =>
          source.fault(['materials', materials.indexOf(material), 'id'], `材料「${material.id}」重复`, '同一份材料只收一次，删去重复的')
        ),
      ...(result.kind === 'licence' ? danglingFaults(source, ['result', 'licenceType'], result.licenceType, 'licences', lookup) : [])
    ]
  })
}

function bundleFaults(content: Content, lookup: Lookup): Fault[] {
  return content.folders.bundles.flatMap(source => {
    const bundle = source.value
    const keys = bundle.matters.map(node => node.key)
    const stage = lookup.stages.get(bundle.stage)
    const node = (path: Path, id: string) => missingFaults(source, path, id, keys, '节点')
    return [
      ...danglingFaults(source, ['stage'], bundle.stage, 'stages', lookup),
      ...(stage && !stage.bundles.includes(bundle.id)
        ? [
            source.fault(
              ['stage'],
              `阶段「${bundle.stage}」没有列出这件事`,
              `在 stages.yml 的 ${bundle.stage} 下，bundles 里加上 ${bundle.id}`
            )
          ]
        : []),
      ...(stage && stage.audience !== bundle.audience
        ? [source.fault(['audience'], `办事对象与阶段「${stage.name}」的不一致`, `改成 ${stage.audience}，或换一个阶段`)]
        : []),
      ...danglingFaults(source, ['lead'], bundle.lead, 'departments', lookup),
      ...bundle.matters.flatMap((item, at) => [
        ...danglingFaults(source, ['matters', at, 'matter'], item.matter, 'matters', lookup),
        ...item.after.flatMap((key, index) => node(['matters', at, 'after', index], key)),
        ...materialsWhenFaults(source, at, item, lookup)
      ]),
      ...(Array.isArray(bundle.failAll) ? bundle.failAll.flatMap((key, at) => node(['failAll', at], key)) : []),
      ...(bundle.ward?.createdBy ?? []).flatMap((key, at) => node(['ward', 'createdBy', at], key)),
      ...(bundle.ward?.idNumberFrom ?? []).flatMap((key, at) => node(['ward', 'idNumberFrom', at], key)),
      ...(bundle.company?.createdBy ?? []).flatMap((key, at) => node(['company', 'createdBy', at], key))
    ]
  })
}

function materialsWhenFaults(source: Source, at: number, item: { matter: string; materialsWhen: object }, lookup: Lookup): Fault[] {
  const matter = lookup.matters.get(item.matter)
  if (!matter) return []
  const known = matter.materials.map(material => material.id)
  return Object.keys(item.materialsWhen).flatMap(id =>
    missingFaults(source, ['matters', at, 'materialsWhen', id], id, known, '本事项的材料')
  )
}

/** 待核标记要指到真有的一格，界面才标得上。 */
function pendingFaults(content: Content): Fault[] {
  const sources: Source<{ pending?: string[] }>[] = [...Object.values(content.folders).flat(), ...Object.values(content.tables)]
  const scenes = content.tables['scenes.yml']
  return [
    ...sources.flatMap(source => unreachable(source, source.value, [])),
    ...(scenes ? scenes.value.scenes.flatMap((scene, at) => unreachable(scenes, scene, ['scenes', at])) : [])
  ]
}

const unreachable = (source: Source, value: { pending?: string[] }, path: Path): Fault[] =>
  (value.pending ?? []).flatMap((key, at) =>
    reaches(value, key.split('.'))
      ? []
      : [
          source.fault(
            [...path, 'pending', at],
            `待核的键「${key}」不存在`,
            path.length > 0 ? '写成这一条里的键，如 legalBasis' : '写成本文件里的键，一层一层用点隔开，如 limit.promised'
          )
        ]
  )

/** 键走得到；列表里的一条可以写它的 id、key、name 或序号。 */
function reaches(value: unknown, steps: string[]): boolean {
  const [step, ...rest] = steps
  if (step === undefined) return true
  if (typeof value !== 'object' || value === null) return false
  const next = Array.isArray(value)
    ? value.find((item: Record<string, unknown>, at) => [String(at), item.id, item.key, item.name].includes(step))
    : (value as Record<string, unknown>)[step]
  return next !== undefined && reaches(next, rest)
}

/** 引用：阶段、部门、材料、证照类型、事项、节点都要真有。 */
export const referenceFaults = (content: Content, lookup: Lookup): Fault[] => [
  ...stageFaults(content, lookup),
  ...materialFaults(content, lookup),
  ...matterFaults(content, lookup),
  ...bundleFaults(content, lookup),
  ...pendingFaults(content)
]
