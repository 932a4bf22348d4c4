import type { Static, TSchema } from 'typebox'
import { Settings } from 'typebox/system'
import { Value } from 'typebox/value'
import { quoted, suggest, type Fault, type Path } from './faults'
import type { Source } from './source'

type SchemaError = ReturnType<typeof Value.Errors>[number]

const typeNames: Record<string, string> = {
  string: '文字',
  number: '数字',
  integer: '整数',
  boolean: 'true 或 false',
  array: '列表',
  object: '一组键值',
  null: '空值 null'
}

/** 缺了也不妨碍继续查引用的键：出处一类的说明文字。 */
const descriptive = [
  'source', 'reviewedOn', 'issuer', 'why', 'name', 'label', 'text', 'summary', 'consent', 'validity', 'uses', 'purpose', 'legalBasis'
]
const softKeywords = ['additionalProperties', 'pattern', 'minLength', 'minimum', 'maximum', 'uniqueItems']

const pathOf = (pointer: string): Path =>
  pointer
    .split('/')
    .slice(1)
    .map(step => step.replace(/~1/g, '/').replace(/~0/g, '~'))

/** 取 schema 里 schemaPath 指到的一段（遇到 $ref 就走到它所指的定义），用来说明该怎么写。 */
function schemaAt(schema: unknown, schemaPath: string): Record<string, unknown> {
  let definitions: Record<string, unknown> = {}
  const settle = (value: unknown): Record<string, unknown> => {
    if (typeof value !== 'object' || value === null) return {}
    const found = value as { $defs?: Record<string, unknown>; $ref?: string }
    definitions = found.$defs ?? definitions
    return found.$ref === undefined ? (value as Record<string, unknown>) : settle(definitions[found.$ref])
  }
  return schemaPath.split('/').slice(1).reduce((at, step) => settle(at[step]), settle(schema))
}

/** 多种写法（anyOf）都不合时，只留作者最可能想写的那一种的毛病，免得一处错报出十几行。 */
function withoutAlternatives(errors: SchemaError[]): SchemaError[] {
  const union = errors.find(error => error.keyword === 'anyOf')
  if (!union) return errors
  const prefix = `${union.schemaPath}/anyOf/`
  const within = (error: SchemaError) =>
    error.instancePath === union.instancePath || error.instancePath.startsWith(`${union.instancePath}/`)
  const inside = errors.filter(error => error.schemaPath.startsWith(prefix) && within(error))
  const outside = errors.filter(error => error !== union && !inside.includes(error))
  const branches = [...new Set(inside.map(error => error.schemaPath.slice(prefix.length).split('/')[0]))].map(index =>
    inside.filter(error => error.schemaPath.startsWith(`${prefix}${index}/`) || error.schemaPath === `${prefix}${index}`)
  )
  const direct = (error: SchemaError) => error.instancePath === union.instancePath
  const isKind = (error: SchemaError) => error.keyword === 'const' && (direct(error) || error.instancePath === `${union.instancePath}/kind`)
  const sameKind = branches.filter(branch => !branch.some(error => isKind(error) || (error.keyword === 'type' && direct(error))))
  const sameKeys = sameKind.filter(branch => !branch.some(error => error.keyword === 'required' && direct(error)))
  const likely = sameKind.length === 1 ? sameKind[0] : sameKeys.length === 1 ? sameKeys[0] : undefined
  return withoutAlternatives([...outside, ...(likely ?? [{ ...union, keyword: 'alternatives' } as unknown as SchemaError])])
}

function shapeOf(branch: Record<string, unknown>): string {
  const kind = (branch.properties as Record<string, { const?: string }> | undefined)?.kind?.const
  if (kind) return `kind: ${kind}`
  if (branch.const !== undefined) return String(branch.const)
  const keys = branch.required as string[] | undefined
  return keys ? `{ ${keys.join(', ')}: … }` : (typeNames[String(branch.type)] ?? '其他')
}

function describe(error: SchemaError, schema: TSchema): { path: Path; problem: string; mend: string }[] {
  const path = pathOf(error.instancePath)
  const at = schemaAt(schema, error.schemaPath)
  const params = error.params as Record<string, unknown>
  const hint = typeof at.description === 'string' ? `应是${at.description}` : '按同类文件的写法改'
  const one = (problem: string, mend: string) => [{ path, problem, mend }]
  switch (String(error.keyword)) {
    case 'additionalProperties': {
      const known = Object.keys((at.properties as object | undefined) ?? {})
      return (params.additionalProperties as string[]).map(key => ({
        path: [...path, key],
        problem: `不认识的键「${key}」`,
        mend: suggest(key, known, `删去它；这里能写的键有${quoted(known)}`)
      }))
    }
    case 'required':
      return (params.requiredProperties as string[]).map(key => ({
        path: [...path, key],
        problem: missingText(key),
        mend: `补上「${key}」`
      }))
    case 'type': {
      const wanted = [params.type].flat().map(type => typeNames[String(type)] ?? String(type))
      return one('值的类型不对', `应写${wanted.join('或')}`)
    }
    case 'enum':
      return one('值不在可选范围内', `只能写${quoted((params.allowedValues as unknown[]).map(String))}`)
    case 'const':
      return one('值不对', `只能写「${String(params.allowedValue)}」`)
    case 'alternatives':
      return one('不合任何一种写法', `可以写：${(at.anyOf as Record<string, unknown>[]).map(shapeOf).join('；')}`)
    case 'minLength':
      return one('内容是空的', '写上内容，没有就删去这个键')
    case 'minItems':
      return one('条目太少', `至少写 ${String(params.limit)} 条`)
    case 'maxItems':
    case 'additionalItems':
      return one('条目太多', '删去多余的')
    case 'uniqueItems':
      return one('有重复的条目', '同一条只写一次')
    case 'minimum':
      return one('数字太小', `不能小于 ${String(params.limit)}`)
    case 'maximum':
      return one('数字太大', `不能大于 ${String(params.limit)}`)
    case 'pattern':
      return one('写法不对', hint)
    default:
      return one('不合规格', hint)
  }
}

const missingText = (key: string) =>
  key === 'source' ? '没有出处' : key === 'reviewedOn' ? '没有复核日期' : key === 'issuer' ? '证照类型没有颁发机关' : `缺少「${key}」`

/** 这处毛病不影响继续查别的：形状是对的，只是多了键、少了说明、文字不合格式。 */
const isSoft = (error: SchemaError) =>
  softKeywords.includes(error.keyword) ||
  (error.keyword === 'required' &&
    (error.params as { requiredProperties: string[] }).requiredProperties.every(key => descriptive.includes(key)))

/**
 * 按 schema 核对一个文件：填上缺省值，返回毛病；形状大致可用时连同内容返回，好让后面的检查继续。
 */
export function checkStructure<S extends TSchema>(schema: S, source: Source): { source?: Source<Static<S>>; faults: Fault[] } {
  const value: unknown = Value.Default(schema, structuredClone(source.value))
  if (Value.Check(schema, value)) return { source: { ...source, value: value as Static<S> }, faults: [] }
  const before = Settings.Get().maxErrors
  Settings.Set({ maxErrors: 1000 })
  const errors = withoutAlternatives(Value.Errors(schema, value)).filter(error => String(error.keyword) !== 'boolean')
  Settings.Set({ maxErrors: before })
  const faults = errors.flatMap(error => describe(error, schema)).map(item => source.fault(item.path, item.problem, item.mend))
  return errors.every(isSoft) ? { source: { ...source, value: value as Static<S> }, faults } : { faults }
}
