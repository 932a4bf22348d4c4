import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Static, TSchema } from 'typebox'
import type { Fault } from './faults'
import {
  Bundle, City, ClockTable, DepartmentList, LicenceType, MaterialList, Matter, RatingTable, ReaderList, RegionTable, SceneList, StageList
} from './schema'
import { readSource, type Source } from './source'
import { checkStructure } from './structure'

/** 目录的单个文件，与它们的规格。 */
const tables = {
  'city.yml': City,
  'stages.yml': StageList,
  'departments.yml': DepartmentList,
  'materials.yml': MaterialList,
  'ratings.yml': RatingTable,
  'clock.yml': ClockTable,
  'regions.yml': RegionTable,
  'scenes.yml': SceneList,
  'readers.yml': ReaderList
} as const

/** 一个文件一条内容的文件夹，与它们的规格。 */
const folders = { licences: LicenceType, matters: Matter, bundles: Bundle } as const

type TableName = keyof typeof tables
export type FolderName = keyof typeof folders

/** 读进来、形状可用的内容。形状不可用的文件不在其中，但 files 里仍有它的 id，免得连带报「不存在」。 */
export interface Content {
  tables: { [Name in TableName]?: Source<Static<(typeof tables)[Name]>> }
  folders: { [Name in FolderName]: Source<Static<(typeof folders)[Name]>>[] }
  files: Record<FolderName, string[]>
}

const isYaml = (name: string) => name.endsWith('.yml')
const absent = (file: string, problem: string, mend: string): Fault => ({ file, line: 1, key: '(文件)', problem, mend })

function readInto<S extends TSchema>(root: string, file: string, schema: S, faults: Fault[]): Source<Static<S>> | undefined {
  const read = readSource(root, file)
  faults.push(...read.faults)
  if (!read.source) return undefined
  const checked = checkStructure(schema, read.source)
  faults.push(...checked.faults)
  return checked.source
}

function strayFaults(root: string): Fault[] {
  const known = [...Object.keys(tables), ...Object.keys(folders)]
  const stray = readdirSync(root).filter(name => !known.includes(name) && (isYaml(name) || statSync(join(root, name)).isDirectory()))
  return stray.map(name => absent(name, '目录里不认识的文件或文件夹', `删去或改名；这里能有 ${known.join('、')}`))
}

/**
 * 读一座城市的全部目录文件，逐个按规格核对。
 * @param root 城市目录，如 catalogue/jiangyin
 */
export function readContent(root: string): { content: Content; faults: Fault[] } {
  const faults: Fault[] = []
  const content: Content = {
    tables: {},
    folders: { licences: [], matters: [], bundles: [] },
    files: { licences: [], matters: [], bundles: [] }
  }
  if (!existsSync(root)) return { content, faults: [absent(root, '没有这个目录', '检查路径，城市目录如 catalogue/jiangyin')] }
  faults.push(...strayFaults(root))

  const readTable = <Name extends TableName>(name: Name) => {
    if (!existsSync(join(root, name))) return void faults.push(absent(name, '缺少这个文件', '照 catalogue/jiangyin 里的同名文件补一个'))
    const source = readInto(root, name, tables[name], faults)
    if (source) content.tables[name] = source as Content['tables'][Name]
  }
  const readFolder = <Name extends FolderName>(name: Name) => {
    const names = existsSync(join(root, name)) ? readdirSync(join(root, name)).filter(isYaml).sort() : []
    if (names.length === 0) faults.push(absent(name, '这个文件夹是空的或不存在', '至少放一个 .yml 文件'))
    content.files[name] = names.map(file => basename(file, '.yml'))
    const sources = names.map(file => readInto(root, `${name}/${file}`, folders[name], faults))
    content.folders[name] = sources.filter(source => source !== undefined) as Content['folders'][Name]
  }

  for (const name of Object.keys(tables) as TableName[]) readTable(name)
  for (const name of Object.keys(folders) as FolderName[]) readFolder(name)
  return { content, faults }
}
