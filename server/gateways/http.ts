import { GatewayRefused, GatewayUnavailable } from './ports'

export const TIMEOUT_MS = 5000
/** 4xx that say “not now”: request timeout, too early, too many requests. */
const NOT_NOW = [408, 425, 429]

export interface Outgoing {
  method?: 'GET' | 'POST'
  headers?: Record<string, string>
  body?: string
  /** Statuses besides 2xx that are an answer and not a failure. */
  expected?: number[]
}

export interface Incoming {
  status: number
  headers: Record<string, string>
  body: Buffer
}

/**
 * One request to an outside system, given up after five seconds.
 *
 * @param system what people call it
 * @throws {GatewayRefused} when it answers with a 4xx status that asking again won't change
 * @throws {GatewayUnavailable} when it can't be reached, is too slow, or answers with another unexpected status
 */
export async function ask(system: string, url: string, { method = 'GET', headers, body, expected = [] }: Outgoing = {}): Promise<Incoming> {
  try {
    const response = await fetch(url, { method, headers, body, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) })
    const incoming = {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer())
    }
    if (response.ok || expected.includes(response.status)) return incoming
    const { status } = response
    throw status >= 400 && status < 500 && !NOT_NOW.includes(status) ? new GatewayRefused(system, status) : new Error(`status ${status}`)
  } catch (cause) {
    if (cause instanceof GatewayRefused) throw cause
    throw new GatewayUnavailable(system, cause)
  }
}

/** Reads JSON, as long as it is what was agreed. @throws {GatewayUnavailable} when it is not */
export function readJson<T>(system: string, { body }: Incoming, isAgreed: (value: unknown) => value is T): T {
  let value: unknown
  try {
    value = JSON.parse(body.toString('utf8'))
  } catch (cause) {
    throw new GatewayUnavailable(system, cause)
  }
  if (!isAgreed(value)) throw new GatewayUnavailable(system, new Error('the answer does not have the agreed shape'))
  return value
}
