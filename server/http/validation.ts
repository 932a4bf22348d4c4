import type { FastifySchemaCompiler, FastifySchemaValidationError } from 'fastify'
import type { Static, TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { Value } from 'typebox/value'
import type { FieldErrorSchema } from '../../contract/problems'

type FieldError = Static<typeof FieldErrorSchema>

/**
 * Checks requests against the contract. What is in the address arrives as text and is converted; a body must have the right types
 * already, and what the contract does not name is refused, never dropped.
 */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const check = Compile(schema)
  return (value: unknown) => {
    const given = httpPart === 'body' ? value : Value.Convert(schema, value)
    return check.Check(given) ? { value: given } : { error: check.Errors(given) as FastifySchemaValidationError[] }
  }
}

const typeWords: Record<string, string> = {
  string: '文字',
  integer: '整数',
  number: '数字',
  boolean: '是或否',
  array: '列表',
  object: '一组内容',
  null: '空'
}
const formatWords: Record<string, string> = {
  uuid: '资源标识（UUID）',
  date: '日期，如 2026-11-21',
  'date-time': '时刻，如 2026-11-21T08:00:00Z'
}

/** One error for each place that is wrong: a JSON pointer (RFC 6901) and, in Chinese, which field it is and what to do. */
export function fieldErrors(errors: FastifySchemaValidationError[]): FieldError[] {
  const found = new Map<string, FieldError>()
  for (const error of errors) {
    for (const each of explain(error)) if (!found.has(each.pointer)) found.set(each.pointer, each)
  }
  return [...found.values()]
}

function explain({ keyword, instancePath, params }: FastifySchemaValidationError): FieldError[] {
  const at = (name: unknown) => `${instancePath}/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`
  const names = (key: string) => (Array.isArray(params[key]) ? (params[key] as unknown[]) : [])
  if (keyword === 'required') {
    return names('requiredProperties').map((name) => ({ pointer: at(name), code: 'required', message: `缺少「${name}」，请补上` }))
  }
  if (keyword === 'additionalProperties' || keyword === 'unevaluatedProperties') {
    return names(keyword).map((name) => ({ pointer: at(name), code: 'unknown', message: `不认识「${name}」这一项，请去掉` }))
  }
  // `false` as a schema is how an unknown property shows itself a second time.
  if (keyword === 'boolean') return []
  const name = nameOf(instancePath)
  return [{ pointer: instancePath, code: keyword, message: `${name}${demand(keyword, params)}` }]
}

/** Per keyword of JSON Schema: what the value should be. */
const demands: Record<string, (params: Record<string, unknown>) => string> = {
  type: ({ type }) =>
    `应为${list(type)
      .map((name) => typeWords[name] ?? name)
      .join('或')}，请改正`,
  enum: ({ allowedValues }) => `应为其中之一：${list(allowedValues).join('、')}`,
  const: ({ allowedValue }) => `应为「${String(allowedValue)}」`,
  format: ({ format }) => `应为${formatWords[String(format)] ?? String(format)}`,
  maxLength: ({ limit }) => `最多 ${String(limit)} 个字，请删短`,
  minLength: ({ limit }) => `至少 ${String(limit)} 个字，请补充`,
  maximum: ({ limit }) => `不能大于 ${String(limit)}，请改小`,
  minimum: ({ limit }) => `不能小于 ${String(limit)}，请改大`,
  maxItems: ({ limit }) => `最多 ${String(limit)} 项，请减少`,
  minItems: ({ limit }) => `至少 ${String(limit)} 项，请补充`,
  maxProperties: ({ limit }) => `最多 ${String(limit)} 项，请减少`,
  uniqueItems: () => '有重复的项，请去掉重复'
}

function demand(keyword: string, params: Record<string, unknown>): string {
  return demands[keyword]?.(params) ?? '的写法不对，请按接口说明改正'
}

function list(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).map(String)
}

function nameOf(pointer: string): string {
  const steps = pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
  const last = steps.at(-1)
  if (last === undefined) return '内容'
  return /^\d+$/.test(last) && steps.length > 1 ? `「${steps.at(-2)}」第 ${Number(last) + 1} 项` : `「${last}」`
}
