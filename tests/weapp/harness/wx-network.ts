import { Listeners } from './listeners'
import type { Runtime } from './runtime'
import { WxFail, type WxOptions } from './types'

/** WeChat waits a minute for a reply unless the call or app.json says otherwise. */
const DEFAULT_TIMEOUT_MS = 60_000
const REFERER = 'https://servicewechat.com/wx0/devtools/page-frame.html'
export const DISCONNECTED = 'fail errcode:-106 cronet_error_code:-106 error_msg:net::ERR_INTERNET_DISCONNECTED'
export const NETWORK_ERRNO = 600001

export function headersOf(options: WxOptions, contentType?: string): Record<string, string> {
  const given = Object.entries((options.header ?? {}) as Record<string, unknown>).map(([key, value]) => [key.toLowerCase(), String(value)])
  const defaults: Record<string, string> = contentType ? { 'content-type': contentType } : {}
  return { ...defaults, referer: REFERER, ...(Object.fromEntries(given) as Record<string, string>) }
}

function bodyOf(data: unknown, contentType: string) {
  if (typeof data === 'string') return data
  if (typeof data === 'object' && data !== null && 'byteLength' in data) return new Uint8Array(data as ArrayBuffer)
  if (contentType.includes('x-www-form-urlencoded')) return new URLSearchParams(data as Record<string, string>).toString()
  return JSON.stringify(data)
}

function addQuery(url: URL, data: unknown) {
  if (typeof data !== 'object') return
  for (const [key, value] of Object.entries(data as Record<string, unknown>)) {
    url.searchParams.append(key, typeof value === 'object' ? JSON.stringify(value) : String(value))
  }
}

/** A controller that also ends when the network goes, and the reason in WeChat's words. */
export function cancellation(runtime: Runtime) {
  const controller = new AbortController()
  const forget = runtime.hold(() => controller.abort(new WxFail(DISCONNECTED, { errno: NETWORK_ERRNO })))
  return { controller, forget, abort: () => controller.abort(new WxFail('fail abort')) }
}

export function failureOf(error: unknown, signal: AbortSignal): WxFail {
  if (error instanceof WxFail) return error
  if (signal.aborted && signal.reason instanceof WxFail) return signal.reason
  if (error instanceof Error && error.name === 'TimeoutError') return new WxFail('fail timeout', { errno: 5 })
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error)
  return new WxFail(`fail ${cause}`, { errno: NETWORK_ERRNO })
}

async function send(runtime: Runtime, options: WxOptions, signal: AbortSignal, onHeaders: (header: object, cookies: string[]) => void) {
  const url = runtime.route(String(options.url))
  if (!runtime.device.online) throw new WxFail(DISCONNECTED, { errno: NETWORK_ERRNO })
  const method = String(options.method ?? 'GET').toUpperCase()
  const headers = headersOf(options, 'application/json')
  const hasData = options.data !== undefined && options.data !== null
  if (hasData && method === 'GET') addQuery(url, options.data)
  const body = hasData && method !== 'GET' ? bodyOf(options.data, headers['content-type'] ?? '') : undefined
  const timeout = AbortSignal.timeout(Number(options.timeout ?? DEFAULT_TIMEOUT_MS))
  const reply = await fetch(url, { method, headers, body, signal: AbortSignal.any([signal, timeout]) })
  const header = Object.fromEntries(reply.headers)
  const cookies = reply.headers.getSetCookie()
  onHeaders(header, cookies)
  const facts = { statusCode: reply.status, header, cookies }
  if (options.responseType === 'arraybuffer') return { ...facts, bytes: new Uint8Array(await reply.arrayBuffer()) }
  return { ...facts, data: parse(await reply.text(), options.dataType) }
}

function parse(text: string, dataType: unknown): unknown {
  if ((dataType ?? 'json') !== 'json') return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

export function installRequest(runtime: Runtime) {
  const { realm } = runtime
  realm.wx.request = (options: WxOptions) => {
    runtime.calls.push(['request', options])
    const { controller, forget, abort } = cancellation(runtime)
    const headers = new Listeners(realm)
    const onHeaders = (header: object, cookies: string[]) => headers.fire({ header, cookies })
    const work = (async () => {
      try {
        const { bytes, ...reply } = { bytes: undefined, ...(await send(runtime, options, controller.signal, onHeaders)) }
        return bytes ? { ...reply, data: runtime.buffer(bytes) } : reply
      } catch (error) {
        throw failureOf(error, controller.signal)
      } finally {
        runtime.tapping = false
        forget()
      }
    })()
    runtime.answer('request', { success: () => {}, ...options }, runtime.track(work))
    return { abort, onHeadersReceived: headers.add, offHeadersReceived: headers.remove }
  }
}
