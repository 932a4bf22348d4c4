import type { Bundle } from '../../domain/bundle/types'
import { satisfiable } from '../../domain/condition/satisfiable'
import type { Condition } from '../../domain/condition/types'
import type { Content } from '../content'
import { quoted, suggest, type Fault, type Path } from '../faults'
import type { Source } from '../source'
import type { Lookup } from './lookup'

/** 目录里的一个条件：写在哪里、说的是什么、能引用哪些题（出现条件只能引用前面的题）、还要与谁同时成立。 */
interface Stated {
  path: Path
  what: string
  condition: Condition
  earlier?: number
  along?: (Condition | undefined)[]
}

const someOf = (conditions: (Condition | undefined)[]): Condition | undefined =>
  conditions.some(condition => condition === undefined) ? undefined : { any: conditions.filter(condition => condition !== undefined) }

/** 一件事里的全部条件。 */
function statedIn(bundle: Bundle, lookup: Lookup): Stated[] {
  const whenOf = (keys: string[]) => someOf(bundle.matters.filter(node => keys.includes(node.key)).map(node => node.when))
  return [
    ...bundle.questions.flatMap((question, at): Stated[] =>
      question.show ? [{ path: ['questions', at, 'show'], what: `题目「${question.id}」`, condition: question.show, earlier: at }] : []
    ),
    ...bundle.stops.map((stop, at): Stated => ({ path: ['stops', at, 'when'], what: '这条劝阻', condition: stop.when })),
    ...bundle.matters.flatMap((node, at): Stated[] => [
      ...(node.when ? [{ path: ['matters', at, 'when'], what: `节点「${node.key}」`, condition: node.when }] : []),
      ...Object.entries(node.materialsWhen).map(([id, condition]): Stated => ({
        path: ['matters', at, 'materialsWhen', id],
        what: `材料「${id}」`,
        condition,
        along: [node.when]
      })),
      ...(lookup.matters.get(node.matter)?.specialProcedures ?? []).flatMap((procedure): Stated[] =>
        procedure.when
          ? [{ path: ['matters', at, 'matter'], what: `特别程序「${procedure.name}」`, condition: procedure.when, along: [node.when] }]
          : []
      )
    ]),
    ...bundle.form.flatMap((group, at) =>
      group.fields.flatMap((field, index): Stated[] =>
        field.when
          ? [
              {
                path: ['form', at, 'fields', index, 'when'],
                what: `字段「${field.id}」`,
                condition: field.when,
                along: [whenOf(field.for)]
              }
            ]
          : []
      )
    )
  ]
}

interface Leaf {
  path: Path
  op: string
  key: string
  values: string[]
}

function leavesOf(condition: Condition, path: Path): Leaf[] {
  if ('all' in condition) return condition.all.flatMap((part, at) => leavesOf(part, [...path, 'all', at]))
  if ('any' in condition) return condition.any.flatMap((part, at) => leavesOf(part, [...path, 'any', at]))
  if ('not' in condition) return leavesOf(condition.not, [...path, 'not'])
  if ('has_licence' in condition) return [{ path: [...path, 'has_licence'], op: 'has_licence', key: condition.has_licence, values: [] }]
  const [op, operands] = Object.entries(condition)[0] as [string, [string, ...unknown[]]]
  const [key, ...rest] = operands
  return [{ path: [...path, op], op, key, values: rest.flat().filter(value => typeof value === 'string') }]
}

function leafFaults(source: Source<Bundle>, leaf: Leaf, earlier: number | undefined, lookup: Lookup): Fault[] {
  if (leaf.op === 'has_licence') {
    const known = lookup.licences.known
    return !known || known.includes(leaf.key)
      ? []
      : [source.fault(leaf.path, `证照类型「${leaf.key}」不存在`, suggest(leaf.key, known, '在 licences/ 里新建同名文件'))]
  }
  const { questions } = source.value
  const ids = questions.map(question => question.id)
  const question = questions.find(item => item.id === leaf.key)
  if (!question) return [source.fault(leaf.path, `没有题目「${leaf.key}」`, suggest(leaf.key, ids, `条件只能引用本件的题目${quoted(ids)}`))]
  if (earlier !== undefined && ids.indexOf(leaf.key) >= earlier) {
    return [source.fault(leaf.path, `出现条件引用了自己或后面的题目「${leaf.key}」`, '只能引用排在前面的题目，调整题目顺序')]
  }
  const offered = question.options.map(option => option.value)
  const unknown = leaf.values
    .filter(value => !offered.includes(value))
    .map(value => source.fault(leaf.path, `题目「${leaf.key}」没有选项「${value}」`, suggest(value, offered, `选项只有${quoted(offered)}`)))
  if (leaf.op === 'includes' && !question.multiple) {
    return [...unknown, source.fault(leaf.path, `题目「${leaf.key}」是单选，不能用 includes`, '改用 eq 或 in')]
  }
  if (leaf.op === 'eq' && question.multiple) {
    return [...unknown, source.fault(leaf.path, `题目「${leaf.key}」是多选，用 eq 只在恰好选一项时成立`, '改用 includes')]
  }
  return unknown
}

/** 写得没错、却无论怎样回答都不成立的条件。 */
function neverFaults(source: Source<Bundle>, stated: Stated): Fault[] {
  const { questions } = source.value
  const earlier = questions.slice(0, stated.earlier)
  if (satisfiable(stated.condition, earlier) === 'never') {
    return [source.fault(stated.path, `${stated.what}的条件永远不会成立`, '没有一种回答能满足它：检查选项、出现条件和 all/any')]
  }
  const along = (stated.along ?? []).filter(condition => condition !== undefined)
  if (along.length > 0 && satisfiable({ all: [stated.condition, ...along] }, questions) === 'never') {
    return [source.fault(stated.path, `${stated.what}的条件与所在节点的适用条件不可能同时成立`, '放宽其中一个条件，或删去这一条')]
  }
  return []
}

/** 条件：引用的题目、选项、证照真有，用法与单选多选相配，并且有可能成立。 */
export function conditionFaults(content: Content, lookup: Lookup): Fault[] {
  return content.folders.bundles.flatMap(source => {
    const stated = statedIn(source.value, lookup)
    const leaves = stated.flatMap(item =>
      leavesOf(item.condition, item.path).flatMap(leaf => leafFaults(source, leaf, item.earlier, lookup))
    )
    return leaves.length > 0 ? leaves : stated.flatMap(item => neverFaults(source, item))
  })
}
