import type { Deps } from '../../deps'

const DAY_MS = 86_400_000
/** A refresh token that was exchanged so long ago belongs to no session that could still be used. */
const TOKEN_DAYS = 30
/** 《网络安全法》第二十一条: network logs, which signing in is, are kept for six months at least. */
const SESSION_DAYS = 190

/** Forgets exchanged tokens, refused tries, and sessions that ended or ran out, once nothing needs them. Safe to run again. */
export async function sweepSessions({ pool, now }: Pick<Deps, 'pool' | 'now'>): Promise<void> {
  const ago = (days: number) => new Date(now() - days * DAY_MS)
  await pool.query('delete from access_token where expires_at < $1', [ago(1)])
  await pool.query('delete from refresh_token where rotated_at < $1', [ago(TOKEN_DAYS)])
  await pool.query('delete from refusal where traced_at < $1', [ago(1)])
  const old = 'select id from session where coalesce(ended_at, expires_at) < $1'
  for (const table of ['login_attempt', 'ticket', 'access_token', 'refresh_token']) {
    await pool.query(`delete from ${table} where session_id in (${old})`, [ago(SESSION_DAYS)])
  }
  await pool.query(`delete from session where id in (${old})`, [ago(SESSION_DAYS)])
}
