import type { FastifyRequest } from 'fastify'
import type { Deps } from '../deps'
import { Refusal } from '../errors'
import type { ReceivedRequest } from '../gateways/ports'
import type { App } from './server'

declare module 'fastify' {
  interface FastifyRequest {
    /** The bytes that the signature covers; null when there are none. */
    signedBody: Buffer | null
    /** Whose signature it carries: the department, the reader. */
    signer: string | null
  }
}

/**
 * Lets only requests in that are signed by RFC 9421; one that does not verify is told nothing else.
 *
 * @param verify whose signature it is; null when it does not hold or is nobody's
 */
export function requireSigned(scope: App, { config }: Deps, verify: (request: ReceivedRequest) => Promise<string | null>): void {
  scope.decorateRequest('signedBody', null)
  scope.decorateRequest('signer', null)
  scope.removeContentTypeParser('application/json')
  scope.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    request.signedBody = body
    try {
      done(null, JSON.parse(body.toString('utf8')))
    } catch {
      done(new Refusal('bad_request', { detail: '内容不是合法的 JSON' }))
    }
  })
  scope.addHook('preValidation', async (request) => {
    request.signer = await verify({
      method: request.method,
      url: `${config.publicOrigin}${request.url}`,
      headers: request.headers,
      body: request.signedBody ?? Buffer.alloc(0)
    })
    if (request.signer === null) throw new Refusal('signature_invalid')
  })
}

/** Whose signature the request carries. Only in a scope that requires one. */
export function signerOf({ signer }: FastifyRequest): string {
  if (signer === null) throw new Error('a signed route was reached without a signature')
  return signer
}
