import { Type } from 'typebox'
import type { WebSocket } from 'ws'
import { LiveQuery, LiveTicket } from '../../../contract/live'
import { acting } from '../../access'
import type { Deps } from '../../deps'
import type { App } from '../../http/server'
import { issueTicket, redeemTicket } from '../identity/tickets'
import { createHub } from './hub'

const TICKET_SECONDS = 30
const HEARTBEAT_MS = 25_000
/** A policy was violated (RFC 6455, 7.4.1): the ticket is unknown, used or too old; fetch a new one. */
const TICKET_REFUSED = 1008

/**
 * `POST /live/tickets` gives a signed-in person a ticket for one connection, `GET /live?ticket=` is the WebSocket: a browser can't
 * send an access token with it, and an address must not hold one.
 */
export function registerLive(app: App, deps: Deps): void {
  const hub = createHub(deps)
  app.addHook('onReady', () => hub.open())
  app.addHook('onClose', () => hub.close())

  app.post(
    '/live/tickets',
    { config: { access: 'session', delegable: 'own' }, schema: { tags: ['live'], summary: '换取实时推送的一次性票据', response: { 200: LiveTicket } } },
    async (request) => {
      const { sessionId } = acting(request)
      const ticket = await issueTicket(deps.pool, deps, { kind: 'live', sessionId, seconds: TICKET_SECONDS })
      return { ticket, expiresInSeconds: TICKET_SECONDS }
    }
  )

  app.get(
    '/live',
    {
      websocket: true,
      config: { access: 'public' },
      schema: { tags: ['live'], summary: '实时推送（WebSocket）：只说什么变了', querystring: LiveQuery, response: { 101: Type.Null() } }
    },
    async (socket, request) => {
      const redeemed = await redeemTicket(deps.pool, deps, 'live', request.query.ticket)
      if (!redeemed?.accountId) return socket.close(TICKET_REFUSED, 'ticket')
      // It may have gone while the ticket was looked up.
      if (socket.readyState !== socket.OPEN) return
      const stop = hub.listen(redeemed.accountId, (event) => socket.send(JSON.stringify(event)))
      const stopBeating = heartbeat(socket)
      socket.on('close', () => {
        stop()
        stopBeating()
      })
    }
  )
}

/** Ends a connection whose other side fell silent: a phone that lost the network never says goodbye. */
function heartbeat(socket: WebSocket): () => void {
  let answered = true
  socket.on('pong', () => (answered = true))
  const timer = setInterval(() => {
    if (!answered) return socket.terminate()
    answered = false
    socket.ping()
  }, HEARTBEAT_MS)
  timer.unref()
  return () => clearInterval(timer)
}
