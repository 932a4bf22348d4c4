import { randomInt, sign } from 'node:crypto'
import { promisify } from 'node:util'
import { deflate } from 'node:zlib'
import type { LibraryLicence } from '../../../contract/gateways/licence-library'
import type { Queryable } from '../../db/pool'
import type { Deps } from '../../deps'
import { Refusal } from '../../errors'

/** Where a credential's status is told. */
export interface StatusReference {
  idx: number
  uri: string
}

/** Places in one list; two bits each make 32 KiB before compression. */
const places = 2 ** 17
const bits = 2
const placesPerByte = 8 / bits
/** Tries in one list before the next is begun: a list fills to well over half, and no place can be guessed from the one before. */
const tries = 6
/** How long a fetched list may be used, and when it must be fetched again, in seconds. */
const ttl = 300
const lifetime = 900

/** For how long a list is given out again as it was made. */
const keptMs = 30_000

/** Draft-ietf-oauth-status-list: 0 VALID, 1 INVALID, 2 SUSPENDED. What ended by its date is told by `exp`. */
const statuses: Record<LibraryLicence['status'], number> = { valid: 0, suspended: 2, changed: 1, cancelled: 1, revoked: 1, annulled: 1 }

const uriOf = ({ config }: Pick<Deps, 'config'>, list: number) => `${config.publicOrigin}/api/v1/licences/status-lists/${list}`

/** Takes a random free place for a credential that ends at `expiresAt`. One presentation, one place: two of them can't be linked by it. */
export async function takePlace(db: Queryable, deps: Deps, licenceId: string, expiresAt: number): Promise<StatusReference> {
  for (let list = 0; ; list += 1) {
    for (let attempt = 0; attempt < tries; attempt += 1) {
      const idx = randomInt(places)
      const { rowCount } = await db.query(
        'insert into credential_status (list, idx, licence_id, expires_at) values ($1, $2, $3, $4) on conflict do nothing',
        [list, idx, licenceId, new Date(expiresAt)]
      )
      if (rowCount) return { idx, uri: uriOf(deps, list) }
    }
  }
}

/**
 * Answers status lists, each made anew when the last is half a minute old; who asks meanwhile gets that one, its `iat` and `exp` those of
 * its making. Requests at the same time share the work. Errors: those of `statusList`.
 */
export function keptStatusLists(deps: Deps): (list: number) => Promise<string> {
  const kept = new Map<number, { madeAt: number; text: Promise<string> }>()
  return (list) => {
    const now = deps.now()
    const last = kept.get(list)
    if (last && now - last.madeAt < keptMs) return last.text
    const made = { madeAt: now, text: statusList(deps, list) }
    kept.set(list, made)
    // What failed, or was never begun, is not kept.
    made.text.catch(() => kept.get(list) === made && kept.delete(list))
    return made.text
  }
}

/**
 * A status list as signed JWT, from the licences as they are known at this moment. A place whose licence is not kept here any more counts
 * as invalid, and so does that of somebody who died. Errors: not_found for a list that was never begun.
 */
async function statusList(deps: Deps, list: number): Promise<string> {
  const { rows } = await deps.pool.query<{ idx: number; status: LibraryLicence['status'] | null }>(
    `select c.idx, case when s.deceased then null else l.status end as status
     from credential_status c left join licence l on l.id = c.licence_id left join subject s on s.id = l.subject_id
     where c.list = $1`,
    [list]
  )
  if (list > 0 && rows.length === 0) throw new Refusal('not_found')
  const packed = Buffer.alloc(places / placesPerByte)
  for (const { idx, status } of rows) {
    const byte = Math.floor(idx / placesPerByte)
    packed[byte] = (packed[byte] ?? 0) | ((status === null ? 1 : statuses[status]) << ((idx % placesPerByte) * bits))
  }
  const now = Math.floor(deps.now() / 1000)
  return signed(
    deps,
    { alg: 'EdDSA', typ: 'statuslist+jwt', kid: deps.keys.licenceCredentials.keyId },
    {
      iss: deps.config.publicOrigin,
      sub: uriOf(deps, list),
      iat: now,
      exp: now + lifetime,
      ttl,
      status_list: { bits, lst: (await compressed(packed, { level: 9 })).toString('base64url') }
    }
  )
}

// In a thread of its own: building it in JavaScript, as the kept library does, holds the server for a tenth of a second.
const compressed = promisify(deflate) as (bytes: Buffer, options: { level: number }) => Promise<Buffer>

function signed({ keys }: Pick<Deps, 'keys'>, ...parts: object[]): string {
  const input = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  return `${input}.${sign(null, Buffer.from(input), keys.licenceCredentials.privateKey).toString('base64url')}`
}

/** Frees the places of credentials that have ended. */
export async function freePlaces(db: Queryable, now: Date): Promise<void> {
  await db.query('delete from credential_status where expires_at < $1', [now])
}
