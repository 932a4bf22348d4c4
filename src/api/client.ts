import axios, { type AxiosError, type AxiosRequestConfig } from 'axios'
import type { Problem } from '../../contract/problems'
import { apiOrigin } from '../platform/origin'
import { requestAdapter } from '../platform/request'
import { accessToken, actingFor, mayHaveSession, recheckActing, renewTokens } from '../session/tokens'
import { ApiError } from './api-error'

export const apiBase = `${apiOrigin}/api/v1`

const http = axios.create({ baseURL: apiBase, timeout: 20_000, ...(requestAdapter ? { adapter: requestAdapter } : {}) })

export interface CallOptions {
  params?: Record<string, string | number | undefined>
  headers?: Record<string, string>
  /** identity calls: no token, no renewal. */
  plain?: boolean
  /** About the account itself, whomever it acts for at this moment: must also get through when that one may not be acted for any more. */
  asOneself?: boolean
  /** Gives up sooner than other calls. */
  timeoutMs?: number
}

/**
 * One call to the API. Sends who is signed in and whom they act for; renews the token once on 401; throws ApiError only.
 */
export async function call<T>(
  method: 'get' | 'post' | 'put' | 'delete',
  url: string,
  data?: unknown,
  options: CallOptions = {}
): Promise<T> {
  try {
    return await send<T>(method, url, data, options)
  } catch (error) {
    const apiError = toApiError(error)
    if (!options.asOneself) recheckAfter(apiError)
    const stale = apiError.code === 'session_expired' || (apiError.code === 'unauthenticated' && mayHaveSession())
    if (options.plain || !stale || !(await renewTokens())) throw apiError
    try {
      return await send<T>(method, url, data, options)
    } catch (second) {
      throw toApiError(second)
    }
  }
}

/** A refusal may mean that the one acted for may not be acted for any more. What was refused stays so: it is never done for oneself. */
export function recheckAfter({ code }: ApiError): void {
  if (code === 'forbidden') recheckActing()
}

/** The headers that say who asks; uploads and sockets, which axios doesn't carry, use them too. */
export function callerHeaders(asOneself = false): Record<string, string> {
  const token = accessToken()
  const subject = asOneself ? null : actingFor()
  return { ...(token ? { authorization: `Bearer ${token}` } : {}), ...(subject ? { 'x-acting-for': subject } : {}) }
}

async function send<T>(method: string, url: string, data: unknown, options: CallOptions): Promise<T> {
  const { params, headers, plain, asOneself, timeoutMs } = options
  const config: AxiosRequestConfig = {
    method,
    url,
    params,
    headers: { ...(plain ? {} : callerHeaders(asOneself)), ...headers },
    withCredentials: true
  }
  if (data !== undefined) config.data = data
  if (timeoutMs !== undefined) config.timeout = timeoutMs
  const response = await http.request<T>(config)
  return response.data
}

function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error
  const { response, code } = error as AxiosError<Problem>
  if (!response) return new ApiError(code === 'ERR_CANCELED' ? 'cancelled' : 'offline', 0)
  return problemError(response.status, response.data)
}

/** An answer that isn't 2xx, as an ApiError; one without a problem body (a proxy's page) counts as the service being away. */
export function problemError(status: number, body: unknown): ApiError {
  const problem = body as Problem | null
  if (problem && typeof problem === 'object' && typeof problem.code === 'string') return new ApiError(problem.code, status, problem)
  return new ApiError(status === 502 || status === 503 || status === 504 ? 'not_ready' : 'internal', status)
}
