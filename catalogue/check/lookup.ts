import type { Bundle, Department, Material, Matter, Stage } from '../../domain/bundle/types'
import type { LicenceType } from '../../domain/licence/types'
import type { Content, FolderName } from '../content'
import { suggest, type Fault, type Path } from '../faults'
import type { Source } from '../source'

/** 一类名字：有哪些、各是什么。清单文件本身读不出来时 known 为 null，查引用时一律放过。 */
interface Names<T> {
  title: string
  known: string[] | null
  get: (id: string) => T | undefined
}

/** 目录里能被引用的六类名字。 */
export interface Lookup {
  stages: Names<Stage>
  departments: Names<Department>
  materials: Names<Material>
  licences: Names<LicenceType>
  matters: Names<Matter>
  bundles: Names<Bundle>
}

const namesOf = <T extends { id: string }>(title: string, items: T[] | undefined, known = items?.map(item => item.id)): Names<T> => ({
  title,
  known: known ?? null,
  get: id => items?.find(item => item.id === id)
})

export function lookupOf(content: Content): Lookup {
  const folder = <T extends { id: string }>(title: string, name: FolderName, sources: Source<T>[]) =>
    namesOf(
      title,
      sources.map(source => source.value),
      content.files[name]
    )
  return {
    stages: namesOf('阶段', content.tables['stages.yml']?.value.stages),
    departments: namesOf('部门', content.tables['departments.yml']?.value.departments),
    materials: namesOf('材料', content.tables['materials.yml']?.value.materials),
    licences: folder('证照类型', 'licences', content.folders.licences),
    matters: folder('事项', 'matters', content.folders.matters),
    bundles: folder('一件事', 'bundles', content.folders.bundles)
  }
}

const homes: Record<keyof Lookup, string> = {
  stages: '在 stages.yml 里补上这个阶段',
  departments: '在 departments.yml 里补上这个部门',
  materials: '在 materials.yml 里补上这份材料',
  licences: '在 licences/ 里新建同名文件',
  matters: '在 matters/ 里新建同名文件',
  bundles: '在 bundles/ 里新建同名文件'
}

/** 引用的名字不存在时报一处毛病。 */
export function danglingFaults(source: Source, path: Path, id: string, kind: keyof Lookup, lookup: Lookup): Fault[] {
  const names = lookup[kind]
  if (names.known === null || names.known.includes(id)) return []
  return [source.fault(path, `${names.title}「${id}」不存在`, suggest(id, names.known, homes[kind]))]
}

/** 引用本文件里的名字（节点、题目、字段）不存在时报一处毛病。 */
export function missingFaults(source: Source, path: Path, id: string, known: string[], title: string): Fault[] {
  return known.includes(id) ? [] : [source.fault(path, `没有${title}「${id}」`, suggest(id, known, `只能引用本文件里已有的${title}`))]
}
