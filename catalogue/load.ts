import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { Bundle, Department, Material, Matter, ResolvedBundle, Stage } from '../domain/bundle/types'
import type { Reader, Scene, SceneGroup } from '../domain/code/scene'
import type { ClockParameters } from '../domain/clock/parameters'
import type { LicenceType } from '../domain/licence/types'
import { contentFaults } from './check'
import { readContent, type Content } from './content'
import type { Fault } from './faults'
import type { Region } from '../domain/form/region'
import { regionTree } from './regions'
import type { City, ClockTable, RatingTable } from './schema/city'

/** 一座城市的目录，读好、查好、可以直接用。纯 JSON。 */
export interface Catalogue {
  city: City
  stages: Stage[]
  departments: Record<string, Department>
  materials: Record<string, Material>
  licenceTypes: Record<string, LicenceType>
  matters: Record<string, Matter>
  bundles: Record<string, Bundle>
  ratings: RatingTable
  /** 省 → 市 → 区县 → 镇街 → 村社区。 */
  regions: Region[]
  /** 亮码场景 */
  scenes: Record<string, Scene>
  /** 场景按去的地方分的组，照显示的顺序 */
  sceneGroups: SceneGroup[]
  /** 登记了的核码端 */
  readers: Record<string, Reader>
  clock: ClockParameters
  deadlines: ClockTable['deadlines']
}

/** 读目录的结果：要么整份可用，要么列出全部毛病。revision 是内容的指纹，注释与键的先后不影响它。 */
export type LoadResult = { ok: true; catalogue: Catalogue; revision: string } | { ok: false; faults: Fault[] }

const byId = <T extends { id: string }>(items: T[]): Record<string, T> => Object.fromEntries(items.map(item => [item.id, item]))
const values = <T>(sources: { value: T }[]): T[] => sources.map(source => source.value)

function assemble({ tables, folders }: Content): Catalogue | undefined {
  const { 'city.yml': city, 'stages.yml': stages, 'departments.yml': departments, 'materials.yml': materials } = tables
  const { 'readers.yml': readers } = tables
  const { 'ratings.yml': ratings, 'clock.yml': clock, 'regions.yml': regions, 'scenes.yml': scenes } = tables
  if (!city || !stages || !departments || !materials || !ratings || !clock || !regions || !scenes || !readers) return undefined
  return {
    city: city.value,
    stages: [...stages.value.stages].sort((a, b) => a.order - b.order),
    departments: byId(departments.value.departments),
    materials: byId(materials.value.materials),
    licenceTypes: byId(values(folders.licences)),
    matters: byId(values(folders.matters)),
    bundles: byId(values(folders.bundles)),
    ratings: ratings.value,
    regions: regionTree(regions.value),
    scenes: byId(scenes.value.scenes),
    sceneGroups: scenes.value.groups,
    readers: byId(readers.value.readers),
    clock: clock.value.clock,
    deadlines: clock.value.deadlines
  }
}

const byPlace = (a: Fault, b: Fault) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1)

/**
 * 读一座城市的目录并全面核对；有一处毛病就不给内容，只给毛病（按文件、行排好）。
 * @param directory 城市目录，如 catalogue/jiangyin
 */
export function loadCatalogue(directory: string): LoadResult {
  const { content, faults } = readContent(directory)
  const all = [...faults, ...contentFaults(content)].sort(byPlace)
  const catalogue = assemble(content)
  if (all.length > 0 || !catalogue) return { ok: false, faults: all }
  const revision = createHash('sha256')
    .update(canonicalize(catalogue) ?? '')
    .digest('hex')
    .slice(0, 16)
  return { ok: true, catalogue, revision }
}

/** 按目录里有的取出一份；目录已核对过引用，取不到就是调用方给错了名字。 */
function pick<T>(items: Record<string, T>, ids: string[]): Record<string, T> {
  return Object.fromEntries(
    [...new Set(ids)].map(id => {
      const item = items[id]
      if (item === undefined) throw new Error(`目录里没有「${id}」`)
      return [id, item]
    })
  )
}

/**
 * 展开一件事：引用到的事项、材料、部门、证照类型一并带上，设备拿这一份就能分支。
 * @returns 没有这件事时为 undefined
 */
export function resolveBundle(catalogue: Catalogue, id: string): ResolvedBundle | undefined {
  const bundle = Object.hasOwn(catalogue.bundles, id) ? catalogue.bundles[id] : undefined
  if (!bundle) return undefined
  const matterOf = pick(
    catalogue.matters,
    bundle.matters.map(node => node.matter)
  )
  const matters = Object.values(matterOf)
  const materialOf = pick(
    catalogue.materials,
    matters.flatMap(matter => matter.materials.map(material => material.id))
  )
  const departments = matters.flatMap(matter => [matter.department, ...(matter.partners ?? [])])
  const licenceTypes = pick(catalogue.licenceTypes, [
    ...Object.values(materialOf).flatMap(material => (material.source.kind === 'licence' ? [material.source.licenceType] : [])),
    ...matters.flatMap(matter => (matter.result.kind === 'licence' ? [matter.result.licenceType] : [])),
    ...bundle.form
      .flatMap(group => group.fields)
      .flatMap(field => field.prefill ?? [])
      .flatMap(prefill => (prefill.kind === 'licence' ? [prefill.from] : []))
  ])
  const licenceTypeOf = Object.fromEntries(Object.values(licenceTypes).map(({ id: type, name }) => [type, { id: type, name }]))
  return { ...bundle, matterOf, materialOf, departmentOf: pick(catalogue.departments, [bundle.lead, ...departments]), licenceTypeOf }
}
