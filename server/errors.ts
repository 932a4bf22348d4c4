import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { problems, type Problem, type ProblemCode } from '../contract/problems'
import type { Deps } from './deps'
import { GatewayUnavailable } from './gateways/ports'
import { fieldErrors } from './http/validation'

type About = Pick<Problem, 'detail' | 'errors' | 'allowedActions' | 'retryAfterSeconds'> & { current?: unknown }

/**
 * The request can't be done, for a reason the person is told: thrown anywhere in the server, written as problem+json here.
 * Errors: every code of contract/problems.ts.
 */
export class Refusal extends Error {
  /** Read by @fastify/rate-limit and Fastify, which both throw and log by status. */
  readonly statusCode: number
  constructor(
    readonly code: ProblemCode,
    readonly about: About = {}
  ) {
    super(`${code}: ${about.detail ?? problems[code].title}`)
    this.name = 'Refusal'
    this.statusCode = problems[code].status
  }
}

/** Fastify's own errors that a caller can cause; all the others are ours and end as `internal`. */
const ofFastify: Partial<Record<string, Refusal>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: new Refusal('payload_too_large', { detail: '内容超过了能接收的长度，请删短后再发' }),
  FST_ERR_CTP_EMPTY_JSON_BODY: new Refusal('bad_request', { detail: '说明了是 JSON，却没有内容' }),
  FST_ERR_CTP_INVALID_JSON_BODY: new Refusal('bad_request', { detail: '内容不是合法的 JSON' }),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: new Refusal('bad_request', { detail: '内容长度与说明的不一致，请重新发送' }),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: new Refusal('bad_request', { detail: '不接受这种内容类型，请用 application/json' }),
  FST_ERR_BAD_URL: new Refusal('not_found'),
  FST_STATIC_FORBIDDEN_PATH: new Refusal('not_found'),
  FST_REQ_FILE_TOO_LARGE: new Refusal('file_too_large', { detail: '单个文件不能超过 20 MB，请压缩后再传' }),
  FST_INVALID_MULTIPART_CONTENT_TYPE: new Refusal('bad_request', { detail: '上传须用 multipart/form-data' })
}

/** Writes any error as application/problem+json (RFC 9457). What is not a refusal is logged, without personal data, under its traceId. */
export function writeProblem(error: unknown, request: FastifyRequest, reply: FastifyReply, log: Deps['log']): FastifyReply {
  const refusal = asRefusal(error)
  if (!refusal) log.error({ traceId: request.id, method: request.method, route: request.routeOptions.url, ...describe(error) }, '请求出错')
  const { code, about } = refusal ?? new Refusal('internal')
  const { status, title } = problems[code]
  const problem: Problem = { type: `urn:zhangshangban:problem:${code}`, title, status, code, traceId: request.id, ...about }
  if (about.retryAfterSeconds !== undefined) reply.header('Retry-After', about.retryAfterSeconds)
  return reply.code(status).header('Cache-Control', 'no-store').type('application/problem+json').send(problem)
}

function asRefusal(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error
  if (error instanceof GatewayUnavailable) return new Refusal('upstream_unavailable', { detail: `${error.system}暂时连不上，请稍后再试` })
  const { code, validation, validationContext } = error as FastifyError
  // An id that is not even well-formed names nothing.
  if (validation && validationContext === 'params') return new Refusal('not_found')
  if (validation) return new Refusal('invalid_fields', { errors: fieldErrors(validation) })
  return ofFastify[code]
}

/** The database quotes offending values in `detail`; only what can't hold personal data is kept. */
function describe(error: unknown): object {
  if (!(error instanceof Error)) return { error: typeof error }
  const fromDatabase = 'severity' in error
  const { code, table, constraint } = error as { code?: string; table?: string; constraint?: string }
  return { error: error.name, code, table, constraint, stack: fromDatabase ? framesOf(error) : error.stack }
}

function framesOf(error: Error): string {
  return (error.stack ?? '')
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .join('\n')
}
