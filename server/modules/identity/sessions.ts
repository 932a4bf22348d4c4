import { randomBytes } from 'node:crypto'
import type { PoolClient } from 'pg'
import { tx, type Queryable } from '../../db/pool'
import type { Acting, Deps } from '../../deps'
import { Refusal } from '../../errors'
import { derive, newSecret, sha256 } from './secrets'

export const ACCESS_SECONDS = 15 * 60
export const REFRESH_DAYS = 30
const GRACE_MS = 30_000

type Clocked = Pick<Deps, 'now' | 'newId'>

/** A session's two secrets, to be handed out and then forgotten. */
export interface Issued {
  sessionId: string
  accountId: string
  channel: Acting['channel']
  accessToken: string
  refreshToken: string
}

export interface Device {
  accountId: string
  channel: Acting['channel']
  /** Readable name of the device. */
  device: string
}

type TokenRow = {
  session_id: string
  successor_salt: Buffer
  rotated_at: Date | null
  account_id: string
  channel: Acting['channel']
  expires_at: Date
  ended_at: Date | null
  ended_because: string | null
}

/** Opens a session. Runs in the caller's transaction. */
export async function openSession(client: Queryable, deps: Clocked, { accountId, channel, device }: Device): Promise<Issued> {
  const sessionId = deps.newId()
  const now = new Date(deps.now())
  await client.query(
    'insert into session (id, account_id, channel, device, created_at, last_seen_at, expires_at) values ($1, $2, $3, $4, $5, $5, $6)',
    [sessionId, accountId, channel, device, now, idleEnd(deps.now())]
  )
  const refreshToken = newSecret()
  await keepRefreshToken(client, sessionId, refreshToken, now)
  return { sessionId, accountId, channel, refreshToken, accessToken: await issueAccess(client, deps, sessionId) }
}

/**
 * Exchanges a refresh token for its successor and a new access token. For 30 seconds after that the same token still brings the same
 * successor, so that a second tab or a lost reply does not sign anybody out; later it means that somebody has copied it, and the
 * session with all its tokens ends.
 *
 * Errors: session_expired, session_reused.
 */
export async function rotate(deps: Pick<Deps, 'pool' | 'now' | 'newId'>, presented: string): Promise<Issued> {
  const outcome = await tx(deps.pool, async (client) => rotateLocked(client, deps, presented))
  // Thrown out here: inside, the end of the session would be rolled back.
  if (outcome instanceof Refusal) throw outcome
  return outcome
}

async function rotateLocked(client: PoolClient, deps: Clocked, presented: string): Promise<Issued | Refusal> {
  const now = deps.now()
  // The session is the one turnstile: two tokens of it locked in turn could wait for each other.
  await client.query('select 1 from session where id = (select session_id from refresh_token where hash = $1) for update', [
    sha256(presented)
  ])
  let row = await readToken(client, presented)
  if (!row) return new Refusal('session_expired')
  if (row.ended_at) return new Refusal(row.ended_because === 'reused' ? 'session_reused' : 'session_expired')
  if (row.expires_at.getTime() <= now) return new Refusal('session_expired')
  if (row.rotated_at && now - row.rotated_at.getTime() > GRACE_MS) {
    await endSessions(client, deps, { sessionId: row.session_id }, 'reused')
    return new Refusal('session_reused')
  }
  let token = presented
  // Follows what was handed out before to the newest: the one that its holder shall go on with.
  while (row?.rotated_at) {
    token = derive(token, row.successor_salt)
    row = await readToken(client, token)
  }
  if (!row) throw new Error('a rotated refresh token has no successor')
  const { session_id: sessionId, account_id: accountId, channel } = row
  if (token === presented) {
    token = derive(presented, row.successor_salt)
    await client.query('update refresh_token set rotated_at = $2 where hash = $1', [sha256(presented), new Date(now)])
    await keepRefreshToken(client, sessionId, token, new Date(now))
  }
  await client.query('update session set last_seen_at = $2, expires_at = $3 where id = $1', [sessionId, new Date(now), idleEnd(now)])
  return { sessionId, accountId, channel, refreshToken: token, accessToken: await issueAccess(client, deps, sessionId) }
}

/** The live session that a refresh token belongs to, without using the token up. */
export async function sessionOf(client: Queryable, { now }: Pick<Deps, 'now'>, refreshToken: string): Promise<string | null> {
  const { rows } = await client.query<{ id: string }>(
    `select s.id from refresh_token t join session s on s.id = t.session_id
     where t.hash = $1 and s.ended_at is null and s.expires_at > $2 and (t.rotated_at is null or t.rotated_at > $3)`,
    [sha256(refreshToken), new Date(now()), new Date(now() - GRACE_MS)]
  )
  return rows[0]?.id ?? null
}

type Which = { sessionId: string } | { accountId: string; except?: string }

/** Ends sessions with all their tokens. They stay on record until the account is closed, so that a reuse is recognised. */
export async function endSessions(
  client: Queryable,
  { now }: Pick<Deps, 'now'>,
  which: Which,
  because: 'logout' | 'reused' | 'closed'
): Promise<void> {
  const one = 'sessionId' in which ? which.sessionId : null
  const account = 'accountId' in which ? which.accountId : null
  const except = 'accountId' in which ? (which.except ?? null) : null
  await client.query(
    `with ended as (
       update session set ended_at = $4, ended_because = $5
       where ended_at is null and (id = $1 or account_id = $2) and id is distinct from $3 returning id)
     delete from access_token using ended where session_id = ended.id and $5 <> 'reused'`,
    [one, account, except, new Date(now()), because]
  )
}

async function readToken(client: PoolClient, token: string): Promise<TokenRow | undefined> {
  const { rows } = await client.query<TokenRow>(
    `select t.session_id, t.successor_salt, t.rotated_at, s.account_id, s.channel, s.expires_at, s.ended_at, s.ended_because
     from refresh_token t join session s on s.id = t.session_id where t.hash = $1`,
    [sha256(token)]
  )
  return rows[0]
}

async function keepRefreshToken(client: Queryable, sessionId: string, token: string, now: Date): Promise<void> {
  await client.query('insert into refresh_token (hash, session_id, issued_at, successor_salt) values ($1, $2, $3, $4)', [
    sha256(token),
    sessionId,
    now,
    randomBytes(32)
  ])
}

async function issueAccess(client: Queryable, { now }: Pick<Deps, 'now'>, sessionId: string): Promise<string> {
  const token = newSecret()
  await client.query(
    `with stale as (delete from access_token where session_id = $2 and expires_at < $4)
     insert into access_token (hash, session_id, expires_at) values ($1, $2, $3)`,
    [sha256(token), sessionId, new Date(now() + ACCESS_SECONDS * 1000), new Date(now())]
  )
  return token
}

function idleEnd(now: number): Date {
  return new Date(now + REFRESH_DAYS * 86_400_000)
}

/** Notes that the person of a live session has just confirmed who they are. */
export async function noteReauthentication(client: Queryable, { now }: Pick<Deps, 'now'>, sessionId: string): Promise<void> {
  await client.query('update session set reauthenticated_at = $2 where id = $1 and ended_at is null', [sessionId, new Date(now())])
}

/** Uses up the confirmation for one signature. Runs in the transaction of what is signed. Errors: reauthentication_required. */
export async function spendReauthentication(client: Queryable, sessionId: string): Promise<void> {
  const { rowCount } = await client.query('update session set reauthenticated_at = null where id = $1 and reauthenticated_at is not null', [
    sessionId
  ])
  if (!rowCount) throw new Refusal('reauthentication_required')
}
