import type { FastifyInstance } from 'fastify'
import type { LibraryQuery, LibraryReply } from '../../contract/gateways/licence-library'
import type { MockConfig } from '../config'
import { publicJwks } from '../keys'
import type { PrivateJwk } from '../keys'
import { signReply } from '../signature'
import { signedByServer } from '../signed-route'
import type { ServerKeys } from '../signed-route'
import { actionNames } from './actions'
import type { LibraryControl } from './actions'
import { libraryPage } from './console'
import type { LicenceLibrary } from './library'
import { Pusher } from './pusher'
import { rectificationRoutes } from './rectifications'

/**
 * 电子证照库的地址：查询与答复都签名（GB/T 36906 共享服务接口的演示简化）；控制台改源头的证照，变化签名推给平台。
 * @returns 停止推送，关账
 */
export async function licenceLibraryRoutes(
  app: FastifyInstance, config: MockConfig, library: LicenceLibrary, key: PrivateJwk, keys: ServerKeys
): Promise<() => Promise<void>> {
  const pusher = new Pusher(config, library, key)
  const carryOut = async (control: Partial<LibraryControl>) => {
    if (!isControl(control)) return { outcome: 'unknown' as const }
    const done = await library.change(control)
    pusher.wake()
    return done
  }

  app.get('/mock/licence-library/jwks.json', async () => publicJwks(key))

  app.post<{ Body: Partial<LibraryQuery> }>('/mock/licence-library/query', async (request, reply) => {
    if (!await signedByServer(request, reply, keys.at(config.serverOrigin))) return reply
    const { holderIdCode, types, purpose } = request.body
    if (typeof holderIdCode !== 'string' || !Array.isArray(types) || !purpose) return reply.code(400).send({ error: 'bad_query' })
    const body = JSON.stringify({ licences: library.query(holderIdCode, types) } satisfies LibraryReply)
    return reply.headers(await signReply(key, 200, body)).send(body)
  })

  app.get<{ Querystring: { holder?: string; outcome?: string } }>('/mock/licence-library', async (request, reply) =>
    reply.header('cache-control', 'no-store').type('text/html; charset=utf-8').send(libraryPage(library, request.query)))

  app.get('/mock/licence-library/ledger.json', async () => ({ changes: library.changes() }))

  app.post<{ Body: Partial<LibraryControl> }>('/mock/licence-library/control', async (request, reply) => {
    const done = await carryOut(request.body)
    return reply.code({ done: 200, impossible: 409, unknown: 404 }[done.outcome]).send(done)
  })

  app.post<{ Body: Partial<LibraryControl> }>('/mock/licence-library/actions', async (request, reply) => {
    const { outcome } = await carryOut(request.body)
    const { holderIdCode = '', type = '' } = request.body
    const query = new URLSearchParams({ holder: holderIdCode, outcome })
    return reply.redirect(`/mock/licence-library?${query}#${encodeURIComponent(type)}`, 303)
  })

  const closeRectifications = await rectificationRoutes(app, { config, library, key, keys, amend: carryOut })
  pusher.wake()
  return async () => {
    await pusher.stop()
    await closeRectifications()
  }
}

function isControl(body: Partial<LibraryControl>): body is LibraryControl {
  const { action, holderIdCode, type, reason = '', field = '', value = '' } = body
  return typeof action === 'string' && action in actionNames && typeof holderIdCode === 'string' && typeof type === 'string'
    && [reason, field, value].every(text => typeof text === 'string' && text.length <= 200)
}
