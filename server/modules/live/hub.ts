import { Client } from 'pg'
import type { LiveEvent } from '../../../contract/live'
import type { Deps } from '../../deps'
import { CHANNEL, type Announcement } from './service'

const RETRY_MS = 2000

type Listener = (event: LiveEvent) => void

/** Hears all announcements on one connection of its own and passes each on to the screens of the accounts it concerns. */
export interface Hub {
  /** @returns how to stop listening */
  listen(accountId: string, listener: Listener): () => void
  open(): Promise<void>
  close(): Promise<void>
}

/**
 * A hub that connects again when the database went away. What was announced meanwhile is lost to open screens; they poll too.
 */
export function createHub({ pool, log }: Pick<Deps, 'pool' | 'log'>): Hub {
  const screens = new Map<string, Set<Listener>>()
  let client: Client | undefined
  let retry: NodeJS.Timeout | undefined
  let closed = false

  return {
    listen(accountId, listener) {
      const listeners = screens.get(accountId) ?? new Set()
      screens.set(accountId, listeners.add(listener))
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) screens.delete(accountId)
      }
    },
    open: connect,
    async close() {
      closed = true
      clearTimeout(retry)
      await client?.end()
    }
  }

  async function connect(): Promise<void> {
    const fresh = new Client({ connectionString: pool.options.connectionString })
    fresh.on('error', () => undefined)
    fresh.on('end', () => connectLater(fresh))
    fresh.on('notification', ({ payload }) => pass(JSON.parse(payload ?? '{}') as Announcement))
    client = fresh
    try {
      await fresh.connect()
      await fresh.query(`listen ${CHANNEL}`)
    } catch (error) {
      log.warn({ error: (error as Error).message }, '实时推送暂时连不上数据库')
      connectLater(fresh)
    }
  }

  function connectLater(failed: Client): void {
    if (closed || failed !== client) return
    client = undefined
    failed.end().catch(() => undefined)
    retry = setTimeout(() => void connect(), RETRY_MS)
    retry.unref()
  }

  function pass({ accountIds, event }: Announcement): void {
    for (const accountId of accountIds) for (const listener of screens.get(accountId) ?? []) listener(event)
  }
}
