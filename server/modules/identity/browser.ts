import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '../../config'
import { Refusal } from '../../errors'
import { newSecret } from './secrets'
import { REFRESH_DAYS } from './sessions'

const PATH = '/api/v1/identity'
const REFRESH = 'zsb_refresh'
const BROWSER = 'zsb_browser'

/** Where the browser is: in the demo any address that reaches us (a phone on the LAN), in production the one that people type. */
export function originOf(request: FastifyRequest, { mode, publicOrigin }: Config): string {
  return mode === 'production' ? publicOrigin : `${request.protocol}://${request.host}`
}

/** The refresh token travels to the identity routes only, out of reach of scripts and of other sites' forms. */
export function setRefreshCookie(request: FastifyRequest, reply: FastifyReply, config: Config, token: string): void {
  reply.setCookie(REFRESH, token, { ...flags(request, config), maxAge: REFRESH_DAYS * 86_400 })
}

export function clearRefreshCookie(request: FastifyRequest, reply: FastifyReply, config: Config): void {
  reply.clearCookie(REFRESH, flags(request, config))
}

export function refreshCookie(request: FastifyRequest): string | null {
  return request.cookies[REFRESH] ?? null
}

/** The secret by which this browser is known while it is away at the identity provider; kept when there is one, for two tabs. */
export function browserSecret(request: FastifyRequest, reply: FastifyReply, config: Config): string {
  const secret = request.cookies[BROWSER] ?? newSecret()
  reply.setCookie(BROWSER, secret, { ...flags(request, config), maxAge: 3600 })
  return secret
}

export function knownBrowser(request: FastifyRequest): string {
  return request.cookies[BROWSER] ?? ''
}

/**
 * Refuses what another site may have caused with our cookie: such a request can't carry a header of its own (no CORS here), and says
 * where it comes from.
 *
 * Errors: csrf_failed.
 */
export function requireOwnSite(request: FastifyRequest, { publicOrigin }: Config): void {
  const { origin, 'x-csrf-token': header, 'sec-fetch-site': site } = request.headers
  const foreign = origin !== undefined && origin !== publicOrigin && (!URL.canParse(origin) || new URL(origin).host !== request.host)
  if (!header || foreign || (site !== undefined && site !== 'same-origin' && site !== 'none')) {
    throw new Refusal('csrf_failed', { detail: '请从掌上办的页面里操作（缺少 X-CSRF-Token，或请求来自别的网站）' })
  }
}

const systems: [RegExp, string][] = [
  [/iPad/, 'iPad'],
  [/iPhone/, 'iPhone'],
  [/HarmonyOS|OpenHarmony/, '鸿蒙手机'],
  [/Android/, '安卓手机'],
  [/Windows/, 'Windows 电脑'],
  [/Mac OS X/, 'Mac 电脑'],
  [/Linux/, 'Linux 电脑']
]

/** A name by which one recognises one's device; the whole User-Agent is not kept. */
export function deviceName(request: FastifyRequest, channel: 'h5' | 'weapp'): string {
  const agent = request.headers['user-agent'] ?? ''
  const system = systems.find(([pattern]) => pattern.test(agent))?.[1] ?? '未知设备'
  return channel === 'weapp' ? `${system} · 微信小程序` : `${system} · 浏览器`
}

/** In production people come by https whatever the proxy in front says of it; the demo is plain http unless it says otherwise. */
function flags(request: FastifyRequest, { mode }: Config) {
  return { path: PATH, httpOnly: true, sameSite: 'lax', secure: mode === 'production' || request.protocol === 'https' } as const
}
