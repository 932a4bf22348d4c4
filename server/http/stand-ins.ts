import proxy from '@fastify/http-proxy'
import type { App } from './server'

/**
 * Passes /mock/* through to the stand-ins' process, so that one origin serves the whole demo and a phone on the same network can
 * use it. The stand-ins learn the address that the browser sees from X-Forwarded-*.
 */
export async function passStandInsThrough(app: App, standInOrigin: string): Promise<void> {
  await app.register(async (scope) => {
    // Bodies pass through unread.
    scope.removeAllContentTypeParsers()
    await scope.register(proxy, {
      upstream: standInOrigin,
      prefix: '/mock',
      rewritePrefix: '/mock',
      disableRequestLogging: true,
      replyOptions: {
        rewriteRequestHeaders: (request, headers) => ({
          ...headers,
          'x-forwarded-host': request.host,
          'x-forwarded-proto': request.protocol,
          'x-forwarded-for': request.ip
        })
      }
    })
  })
}
