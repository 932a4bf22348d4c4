import type { Bundle } from '../../domain/bundle/types'
import type { FormField, PrefillSource } from '../../domain/form/types'
import type { Content } from '../content'
import { quoted, suggest, type Fault, type Path } from '../faults'
import type { Source } from '../source'
import { danglingFaults, missingFaults, type Lookup } from './lookup'

/** 实名身份给出的声明、账户里存的资料（省统一身份认证；手机号与常用地址由本人维护）。 */
const claims = { identity: ['name', 'idNumber', 'sex', 'birthDate', 'phone'], account: ['phone', 'address'] }

const numeric: FormField['type'][] = ['number', 'money']
const textual: FormField['type'][] = ['text', 'multiline']
const chosen: FormField['type'][] = ['choice', 'choices']

/** 只对某几种类型有意义的键。 */
const belongs: {
  key: 'options' | 'fields' | 'min' | 'max' | 'unit' | 'maxLength' | 'dateRange' | 'minItems' | 'maxItems'
  types: FormField['type'][]
}[] = [
  { key: 'options', types: chosen },
  { key: 'fields', types: ['group'] },
  { key: 'min', types: numeric },
  { key: 'max', types: numeric },
  { key: 'unit', types: numeric },
  { key: 'maxLength', types: textual },
  { key: 'dateRange', types: ['date'] },
  { key: 'minItems', types: ['group'] },
  { key: 'maxItems', types: ['group'] }
]

function typeFaults(source: Source, path: Path, field: FormField): Fault[] {
  const required = belongs.filter(
    rule => (rule.key === 'options' || rule.key === 'fields') && rule.types.includes(field.type) && !field[rule.key]
  )
  const misplaced = belongs.filter(rule => field[rule.key] !== undefined && !rule.types.includes(field.type))
  const low = field.min ?? -Infinity
  const high = field.max ?? Infinity
  const few = field.minItems ?? 0
  const many = field.maxItems ?? Infinity
  return [
    ...required.map(rule => source.fault([...path, rule.key], `${field.type} 类型的字段要有 ${rule.key}`, `补上 ${rule.key}`)),
    ...misplaced.map(rule =>
      source.fault([...path, rule.key], `${field.type} 类型的字段不能写 ${rule.key}`, `删去它；只有 ${rule.types.join('、')} 能写`)
    ),
    ...(low > high ? [source.fault([...path, 'min'], 'min 比 max 大', '对调两个数')] : []),
    ...(few > many ? [source.fault([...path, 'minItems'], 'minItems 比 maxItems 大', '对调两个数')] : []),
    ...(field.type === 'group' && field.required && few < 1
      ? [source.fault([...path, 'required'], '必填的重复组至少要有一条', '写上 minItems: 1')]
      : [])
  ]
}

function prefillFaults(source: Source<Bundle>, path: Path, prefill: PrefillSource, lookup: Lookup): Fault[] {
  const from: Path = [...path, 'from']
  if (prefill.kind === 'answer')
    return missingFaults(
      source,
      from,
      prefill.from,
      source.value.questions.map(question => question.id),
      '题目'
    )
  if (prefill.kind === 'identity' || prefill.kind === 'account') {
    const known = claims[prefill.kind]
    return known.includes(prefill.from) ? [] : [source.fault(from, `${prefill.kind} 里没有「${prefill.from}」`, `只有${quoted(known)}`)]
  }
  if (!prefill.face) return [source.fault([...path, 'face'], '没写取哪一格', '补上 face：证照照面或共享数据里的字段名')]
  if (prefill.kind === 'share') {
    const systems = lookup.materials.known === null ? null : sharedSystems(lookup)
    return !systems || systems.includes(prefill.from)
      ? []
      : [source.fault(from, `没有共享系统「${prefill.from}」`, suggest(prefill.from, systems, '先在 materials.yml 里登记用它的材料'))]
  }
  const face = lookup.licences.get(prefill.from)?.face.map(field => field.name)
  const strayFace = face && !face.includes(prefill.face)
  return [
    ...danglingFaults(source, from, prefill.from, 'licences', lookup),
    ...(strayFace
      ? [
          source.fault(
            [...path, 'face'],
            `证照「${prefill.from}」的照面里没有「${prefill.face}」`,
            suggest(prefill.face, face, `照面字段有${quoted(face)}`)
          )
        ]
      : [])
  ]
}

const sharedSystems = (lookup: Lookup): string[] => [
  ...new Set(
    (lookup.materials.known ?? []).flatMap(id => {
      const material = lookup.materials.get(id)
      return material?.source.kind === 'share' ? [material.source.system] : []
    })
  )
]

function fieldFaults(source: Source<Bundle>, path: Path, field: FormField, lookup: Lookup): Fault[] {
  const keys = source.value.matters.map(node => node.key)
  return [
    ...field.for.flatMap((key, at) => missingFaults(source, [...path, 'for', at], key, keys, '节点')),
    ...typeFaults(source, path, field),
    ...(field.prefill ?? []).flatMap((prefill, at) => prefillFaults(source, [...path, 'prefill', at], prefill, lookup)),
    ...(field.fields ?? []).flatMap((inner, at) => fieldFaults(source, [...path, 'fields', at], inner, lookup))
  ]
}

/** 决定要不要问的那一项，在同组里排在前面，是单选或多选，也真有那几个选项。 */
function askedIfFaults(source: Source<Bundle>, path: Path, field: FormField, before: FormField[]): Fault[] {
  if (!field.askedIf) return []
  const at: Path = [...path, 'askedIf', 'field']
  const choices = before.filter(({ type }) => chosen.includes(type))
  const other = choices.find(({ id }) => id === field.askedIf?.field)
  if (!other) return missingFaults(source, at, field.askedIf.field, choices.map(({ id }) => id), '同组里排在前面的选项')
  const values = (other.options ?? []).map(({ value }) => value)
  return field.askedIf.in.flatMap((value, index) => missingFaults(source, [...path, 'askedIf', 'in', index], value, values, '选项'))
}

/** 表单：字段对得上节点，类型与限制相配，预填来源真有那一格，决定要不要问的那一项也在。 */
export const formFaults = (content: Content, lookup: Lookup): Fault[] =>
  content.folders.bundles.flatMap(source =>
    source.value.form.flatMap((group, at) =>
      group.fields.flatMap((field, index) => {
        const path: Path = ['form', at, 'fields', index]
        return [...fieldFaults(source, path, field, lookup), ...askedIfFaults(source, path, field, group.fields.slice(0, index))]
      })
    )
  )
