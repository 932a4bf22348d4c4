import type { FastifyInstance } from 'fastify'
import type { LibraryQuery, LibraryReply } from '../../contract/gateways/licence-library'
import type { MockConfig } from '../config'
import { publicJwks } from '../keys'
import type { PrivateJwk } from '../keys'
import { signReply } from '../signature'
import { signedByServer } from '../signed-route'
import type { ServerKeys } from '../signed-route'
import type { LicenceLibrary } from './library'

/** 电子证照库的地址：查询与答复都签名（GB/T 36906 共享服务接口的演示简化）。 */
export function licenceLibraryRoutes(
  app: FastifyInstance, config: MockConfig, library: LicenceLibrary, key: PrivateJwk, keys: ServerKeys
): void {
  app.get('/mock/licence-library/jwks.json', async () => publicJwks(key))

  app.post<{ Body: Partial<LibraryQuery> }>('/mock/licence-library/query', async (request, reply) => {
    if (!await signedByServer(request, reply, keys.at(config.serverOrigin))) return reply
    const { holderIdCode, types, purpose } = request.body
    if (typeof holderIdCode !== 'string' || !Array.isArray(types) || !purpose) return reply.code(400).send({ error: 'bad_query' })
    const body = JSON.stringify({ licences: library.query(holderIdCode, types) } satisfies LibraryReply)
    return reply.headers(await signReply(key, 200, body)).send(body)
  })
}
