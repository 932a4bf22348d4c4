import type { Queryable } from '../../db/pool'
import type { Deps } from '../../deps'
import { newSecret, sha256 } from './secrets'

const ATTEMPT_MS = 10 * 60_000

export type Purpose = 'login' | 'reauthenticate' | 'bind'

export interface NewAttempt {
  purpose: Purpose
  /** The secret in the cookie of the browser that sets out: only the same browser may come back. */
  browser: string
  /** Where the browser came in; the callback must lie on the same origin. */
  origin: string
  returnTo: string
  sessionId: string | null
  openid: string | null
}

/** What is sent to the identity provider; the verifier stays here (RFC 7636). */
export interface SetOut {
  state: string
  nonce: string
  codeChallenge: string
}

export interface Attempt extends Omit<NewAttempt, 'browser'> {
  nonce: string
  codeVerifier: string
  startedAt: number
}

type Row = {
  purpose: Purpose
  origin: string
  return_to: string
  session_id: string | null
  openid_sealed: Buffer | null
  code_verifier_sealed: Buffer
  nonce: string
  created_at: Date
}

/** Notes on the server that a browser sets out to the identity provider, and why. */
export async function setOut(client: Queryable, { vault, now }: Deps, attempt: NewAttempt): Promise<SetOut> {
  const state = newSecret()
  const nonce = newSecret()
  const codeVerifier = newSecret()
  const stateHash = sha256(state)
  const sealed = vault.seal(codeVerifier, context('code_verifier_sealed', stateHash))
  const openid = attempt.openid === null ? null : vault.seal(attempt.openid, context('openid_sealed', stateHash))
  await client.query(
    `with spent as (delete from login_attempt where created_at < $9::timestamptz - interval '1 day')
     insert into login_attempt
       (state_hash, browser_hash, code_verifier_sealed, nonce, purpose, session_id, openid_sealed, origin, created_at, return_to)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      stateHash,
      sha256(attempt.browser),
      sealed,
      nonce,
      attempt.purpose,
      attempt.sessionId,
      openid,
      attempt.origin,
      new Date(now()),
      attempt.returnTo
    ]
  )
  return { state, nonce, codeChallenge: sha256(codeVerifier).toString('base64url') }
}

/** The attempt that comes back, once; null when it is unknown, used, older than ten minutes, or of another browser. */
export async function comeBack(client: Queryable, { vault, now }: Deps, state: string, browser: string): Promise<Attempt | null> {
  const hash = sha256(state)
  const { rows } = await client.query<Row>(
    `update login_attempt set used_at = $3
     where state_hash = $1 and browser_hash = $2 and used_at is null and created_at > $4
     returning purpose, origin, return_to, session_id, openid_sealed, code_verifier_sealed, nonce, created_at`,
    [hash, sha256(browser), new Date(now()), new Date(now() - ATTEMPT_MS)]
  )
  const row = rows[0]
  if (!row) return null
  return {
    purpose: row.purpose,
    origin: row.origin,
    returnTo: row.return_to,
    sessionId: row.session_id,
    openid: row.openid_sealed && vault.open(row.openid_sealed, context('openid_sealed', hash)),
    nonce: row.nonce,
    codeVerifier: vault.open(row.code_verifier_sealed, context('code_verifier_sealed', hash)),
    startedAt: row.created_at.getTime()
  }
}

function context(column: string, stateHash: Buffer): string {
  return `login_attempt.${column}:${stateHash.toString('hex')}`
}
