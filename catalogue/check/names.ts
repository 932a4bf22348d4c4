import { basename } from 'node:path'
import type { Content } from '../content'
import type { Fault, Path } from '../faults'
import type { Source } from '../source'

function duplicates(source: Source, items: { id: string; path: Path }[], title: string): Fault[] {
  return items
    .filter((item, index) => items.findIndex(other => other.id === item.id) < index)
    .map(item => source.fault(item.path, `${title}「${item.id}」重复`, '改成不同的名字，或删去其中一个'))
}

const listed = <T>(items: T[], path: Path, key: string, idOf: (item: T) => string) =>
  items.map((item, index) => ({ id: idOf(item), path: [...path, index, key] }))

const byId = <T extends { id: string }>(items: T[], ...path: Path) => listed(items, path, 'id', item => item.id)

function bundleDuplicates(content: Content): Fault[] {
  return content.folders.bundles.flatMap(source => {
    const { questions, matters, form } = source.value
    const fields = form.flatMap((group, at) => byId(group.fields, 'form', at, 'fields'))
    return [
      ...duplicates(source, byId(questions, 'questions'), '题目'),
      ...questions.flatMap((question, at) =>
        duplicates(
          source,
          listed(question.options, ['questions', at, 'options'], 'value', option => option.value),
          '选项'
        )
      ),
      ...duplicates(
        source,
        listed(matters, ['matters'], 'key', node => node.key),
        '节点'
      ),
      ...duplicates(source, byId(form, 'form'), '表单分组'),
      ...duplicates(source, fields, '字段'),
      ...form.flatMap((group, at) =>
        group.fields.flatMap((field, index) =>
          duplicates(source, byId(field.fields ?? [], 'form', at, 'fields', index, 'fields'), '组内字段')
        )
      )
    ]
  })
}

function listDuplicates(content: Content): Fault[] {
  const { 'stages.yml': stages, 'departments.yml': departments, 'materials.yml': materials } = content.tables
  const { 'ratings.yml': ratings, 'scenes.yml': scenes, 'readers.yml': readers } = content.tables
  return [
    ...(stages ? duplicates(stages, byId(stages.value.stages, 'stages'), '阶段') : []),
    ...(departments ? duplicates(departments, byId(departments.value.departments, 'departments'), '部门') : []),
    ...(materials ? duplicates(materials, byId(materials.value.materials, 'materials'), '材料') : []),
    ...(readers ? duplicates(readers, byId(readers.value.readers, 'readers'), '核码端') : []),
    ...(scenes ? duplicates(scenes, byId(scenes.value.groups, 'groups'), '场景分组') : []),
    ...(scenes ? duplicates(scenes, byId(scenes.value.scenes, 'scenes'), '场景') : []),
    ...(ratings
      ? duplicates(
          ratings,
          listed(ratings.value.grades, ['grades'], 'grade', item => item.grade),
          '评价等级'
        )
      : []),
    ...(ratings
      ? (['good', 'middle', 'bad'] as const).flatMap(words => duplicates(ratings, byId(ratings.value.tags[words], 'tags', words), '标签'))
      : [])
  ]
}

/** 同一个词写两遍照面字段，亮证时分不清是哪一格。 */
function faceDuplicates(content: Content): Fault[] {
  return content.folders.licences.flatMap(source =>
    duplicates(
      source,
      listed(source.value.face, ['face'], 'name', face => face.name),
      '照面字段'
    )
  )
}

/** 一个文件一条内容：id 必须与文件名一致，引用才找得到。 */
function fileNames(content: Content): Fault[] {
  return Object.values(content.folders)
    .flat()
    .flatMap((source: Source<{ id: string }>) => {
      const name = basename(source.file, '.yml')
      return source.value.id === name
        ? []
        : [source.fault(['id'], `id「${source.value.id}」与文件名「${name}」不一致`, `把 id 改成 ${name}，或给文件改名`)]
    })
}

/** 名字：与文件名一致、不重复。 */
export const nameFaults = (content: Content): Fault[] => [
  ...fileNames(content),
  ...bundleDuplicates(content),
  ...listDuplicates(content),
  ...faceDuplicates(content)
]
