import type { Queryable } from '../../db/pool'
import type { Deps } from '../../deps'
import { newSecret, sha256 } from './secrets'

type Kind = 'bind' | 'reauthenticate' | 'live'

export interface NewTicket {
  kind: Kind
  sessionId?: string
  /** The WeChat identity that a binding is for. */
  openid?: string
  seconds: number
}

export interface Redeemed {
  sessionId: string | null
  accountId: string | null
  openid: string | null
}

/** A secret that travels in an address instead of a token: good once, for a short time, for one purpose. Only its hash is kept. */
export async function issueTicket(client: Queryable, { vault, now }: Pick<Deps, 'vault' | 'now'>, ticket: NewTicket): Promise<string> {
  const secret = newSecret()
  const hash = sha256(secret)
  const sealed = ticket.openid === undefined ? null : vault.seal(ticket.openid, contextOf(hash))
  const expires = new Date(now() + ticket.seconds * 1000)
  await client.query(
    `with spent as (delete from ticket where expires_at < $5::timestamptz - interval '1 day')
     insert into ticket (hash, kind, session_id, openid_sealed, created_at, expires_at) values ($1, $2, $3, $4, $5, $6)`,
    [hash, ticket.kind, ticket.sessionId ?? null, sealed, new Date(now()), expires]
  )
  return secret
}

/** @returns what the ticket stands for, once; null when it is unknown, used, too old, for something else, or its session has ended */
export async function redeemTicket(
  client: Queryable,
  { vault, now }: Pick<Deps, 'vault' | 'now'>,
  kind: Kind,
  secret: string
): Promise<Redeemed | null> {
  const hash = sha256(secret)
  const { rows } = await client.query<{ session_id: string | null; openid_sealed: Buffer | null }>(
    `update ticket set used_at = $3 where hash = $1 and kind = $2 and used_at is null and expires_at > $3
     returning session_id, openid_sealed`,
    [hash, kind, new Date(now())]
  )
  const row = rows[0]
  if (!row) return null
  const openid = row.openid_sealed && vault.open(row.openid_sealed, contextOf(hash))
  if (!row.session_id) return { sessionId: null, accountId: null, openid }
  const session = await client.query<{ account_id: string }>(
    'select account_id from session where id = $1 and ended_at is null and expires_at > $2',
    [row.session_id, new Date(now())]
  )
  const accountId = session.rows[0]?.account_id
  return accountId ? { sessionId: row.session_id, accountId, openid } : null
}

function contextOf(hash: Buffer): string {
  return `ticket.openid_sealed:${hash.toString('hex')}`
}
