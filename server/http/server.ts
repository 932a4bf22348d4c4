import Fastify, { type FastifyBaseLogger, type FastifyInstance, type RawServerDefault } from 'fastify'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Problem } from '../../contract/problems'
import type { Deps } from '../deps'
import { writeProblem } from '../errors'
import { validatorCompiler } from './validation'

/** The server, or the part of it under /api/v1: what a module's `register…(app, deps)` is given. */
export type App = FastifyInstance<RawServerDefault, IncomingMessage, ServerResponse, FastifyBaseLogger, TypeBoxTypeProvider>

const BODY_BYTES = 256 * 1024

/** An empty server with the contract's validation, our errors, a traceId for each request and one log line for each reply. */
export function createServer({ config, newId, log }: Pick<Deps, 'config' | 'newId' | 'log'>): App {
  const app = Fastify({
    bodyLimit: BODY_BYTES,
    // The nearest proxy alone: what stands further left in X-Forwarded-For anybody may have written.
    trustProxy: config.trustProxy ? (_address, hop) => hop === 0 : false,
    exposeHeadRoutes: false,
    requestIdHeader: false,
    genReqId: newId,
    logger: false,
    frameworkErrors: (error, request, reply) => void writeProblem(error, request, reply, log),
    routerOptions: { maxParamLength: 128 }
  }).withTypeProvider<TypeBoxTypeProvider>()

  app.setValidatorCompiler(validatorCompiler)
  // WeChat calls everything JSON, also a request without a body.
  const parseJson = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) =>
    body === '' ? done(null, undefined) : parseJson(request, body as string, done)
  )
  app.addSchema({ $id: 'Problem', ...Problem })
  app.setErrorHandler((error, request, reply) => writeProblem(error, request, reply, log))
  app.addHook('onRequest', async (request, reply) => {
    reply.header('X-Trace-Id', request.id)
  })
  // The route's pattern, not its address: an address may hold a ticket or a code.
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? '(none)'
    log.info({ traceId: request.id, method: request.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) })
  })
  return app
}
