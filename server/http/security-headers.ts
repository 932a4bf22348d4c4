import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '../config'
import type { App } from './server'

const headers = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(self), geolocation=(self), microphone=(), payment=()'
}

/** Sets the security headers of every reply in one hook; HSTS in production only, because the demo is plain http. */
export function setSecurityHeaders(app: App, { mode }: Config): void {
  const all = mode === 'production' ? { ...headers, 'Strict-Transport-Security': 'max-age=31536000' } : headers
  app.addHook('onRequest', async (request, reply) => {
    // The stand-ins' pages are not ours: they send their own.
    if (!request.url.startsWith('/mock/')) reply.headers(all)
    if (request.url.startsWith('/api/')) reply.header('Cache-Control', 'no-store')
  })
}

/**
 * The content security policy of a page of ours. `style-src` has 'unsafe-inline' because React writes style attributes.
 *
 * @param scripts further origins that scripts may come from
 */
export function setPagePolicy(request: FastifyRequest, reply: FastifyReply, scripts = ''): void {
  const socket = `${request.protocol === 'https' ? 'wss' : 'ws'}://${request.host}`
  reply.header(
    'Content-Security-Policy',
    [
      "default-src 'self'",
      `script-src 'self' ${scripts}`.trim(),
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data: blob:",
      "font-src 'self' data:",
      `connect-src 'self' ${socket}`,
      "worker-src 'self'",
      "manifest-src 'self'",
      "object-src 'none'",
      "base-uri 'self'",
      "form-action 'self'",
      "frame-ancestors 'none'"
    ].join('; ')
  )
}
