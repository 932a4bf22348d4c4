import fastifyStatic from '@fastify/static'
import fs from 'node:fs'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../errors'
import { setPagePolicy } from './security-headers'
import type { App } from './server'

const HASHED = /\.[0-9a-f]{8,}\.(js|css|woff2?|png|svg|jpe?g|webp)$/
const COMPRESSIBLE = /^(text\/|application\/(javascript|json|manifest\+json)|image\/svg\+xml)/

/**
 * Serves the built H5 app: hashed files for a year, everything else revalidated by ETag, index.html for every address that is
 * not a file, so that a page can be reloaded. A `.br` or `.gz` beside a file is sent as it is; otherwise text is gzipped on the way.
 */
export async function serveApp(app: App, h5Dir: string): Promise<void> {
  await app.register(async (files) => {
    await files.register(fastifyStatic, {
      root: h5Dir,
      wildcard: true,
      preCompressed: true,
      cacheControl: false,
      setHeaders: (reply, file) => {
        reply.header('Cache-Control', HASHED.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache')
      }
    })
    // From the root, so that it may serve every page: a service worker's scope is the folder of its address.
    files.get('/sw.js', { schema: { hide: true } }, async (_request, reply) => reply.sendFile('static/sw.js'))
    // What is no page of ours, such as a reply of the API opened in a tab, cannot name its icon: browsers ask for it here.
    files.get('/favicon.ico', { schema: { hide: true } }, async (_request, reply) => reply.sendFile('static/app-icon-180.png'))
    files.addHook('onSend', async (request, reply, payload) => compressed(request, reply, payload))
    files.setNotFoundHandler(async (request, reply) => {
      if (!wantsPage(request) || !fs.existsSync(path.join(h5Dir, 'index.html'))) throw new Refusal('not_found')
      setPagePolicy(request, reply)
      return reply.sendFile('index.html')
    })
  })
}

function wantsPage({ method, url }: FastifyRequest): boolean {
  const pathname = url.split(/[?#]/, 1)[0] ?? ''
  return method === 'GET' && !/^\/(api|mock)(\/|$)/.test(pathname) && !path.posix.basename(pathname).includes('.')
}

function compressed(request: FastifyRequest, reply: FastifyReply, payload: unknown): unknown {
  if (String(reply.getHeader('Content-Type')).startsWith('text/html')) setPagePolicy(request, reply)
  const acceptable = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '')
  const plain =
    reply.statusCode === 200 && !reply.getHeader('Content-Encoding') && COMPRESSIBLE.test(String(reply.getHeader('Content-Type')))
  if (!plain || !isStream(payload)) return payload
  reply.header('Vary', 'Accept-Encoding')
  if (!acceptable) return payload
  reply.header('Content-Encoding', 'gzip').removeHeader('Content-Length')
  return payload.pipe(createGzip())
}

function isStream(payload: unknown): payload is Readable {
  return typeof payload === 'object' && payload !== null && 'pipe' in payload
}
