import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { KeysUnavailable, RemoteKeys, verifyRequest } from './signature'

declare module 'fastify' {
  interface FastifyRequest {
    /** Bytes of a JSON body, as signed. */
    rawBody: Buffer
  }
}

/** Keeps the bytes of JSON bodies beside what they say: a signature covers bytes. */
export function keepRawBody(app: FastifyInstance): void {
  app.decorateRequest('rawBody')
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    request.rawBody = body as Buffer
    try {
      done(null, JSON.parse(body.toString('utf8')))
    } catch {
      done(Object.assign(new Error('the body is not JSON'), { statusCode: 400 }))
    }
  })
}

/** The server's public keys, by the origin that they are published at. */
export class ServerKeys {
  private readonly byOrigin = new Map<string, RemoteKeys>()

  at(origin: string): RemoteKeys {
    const keys = this.byOrigin.get(origin) ?? new RemoteKeys(`${origin}/api/v1/.well-known/jwks.json`)
    this.byOrigin.set(origin, keys)
    return keys
  }
}

/** Answers 401 or 503 and gives false unless the request is signed by the server at that origin. */
export async function signedByServer(request: FastifyRequest, reply: FastifyReply, keys: RemoteKeys): Promise<boolean> {
  const { method, headers, rawBody } = request
  const path = request.raw.url ?? ''
  try {
    if (await verifyRequest({ method, path, headers, body: rawBody ?? Buffer.alloc(0) }, keys)) return true
  } catch (error) {
    if (!(error instanceof KeysUnavailable)) throw error
    await reply.code(503).send({ error: 'keys_unavailable', detail: '取不到发送方的公钥，请稍后再发' })
    return false
  }
  await reply.code(401).send({ error: 'bad_signature', detail: '签名不成立：缺签名、内容被改、超过 300 秒或钥匙不认识' })
  return false
}
