import type { LiveEvent } from '../../../contract/live'
import type { Queryable } from '../../db/pool'

/** The channel of LISTEN/NOTIFY on which all copies of the server hear of all changes. */
export const CHANNEL = 'live'

/** What travels on the channel: who is told, and what changed. Never any content. */
export type Announcement = { accountIds: string[]; event: LiveEvent }

/** Far below the 8000 bytes that a notification may have. */
const ACCOUNTS_AT_ONCE = 100

/**
 * Tells the open screens of these accounts that something changed. They hear of it when the caller's transaction commits, and not at
 * all when it is rolled back.
 */
export async function announce(client: Queryable, accountIds: string[], event: LiveEvent): Promise<void> {
  const distinct = [...new Set(accountIds)]
  for (let start = 0; start < distinct.length; start += ACCOUNTS_AT_ONCE) {
    const announcement: Announcement = { accountIds: distinct.slice(start, start + ACCOUNTS_AT_ONCE), event }
    await client.query({ name: 'announce', text: 'select pg_notify($1, $2)', values: [CHANNEL, JSON.stringify(announcement)] })
  }
}
