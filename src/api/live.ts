import type { LiveEvent, LiveTicket } from '../../contract/live'
import { call } from './client'

export type { LiveEvent }

/** The address of one live connection: a ticket is good for 30 seconds and one use, so that no address holds a token. */
export async function livePath(): Promise<string> {
  const { ticket } = await call<LiveTicket>('post', '/live/tickets', undefined, { asOneself: true })
  return `/api/v1/live?ticket=${encodeURIComponent(ticket)}`
}
