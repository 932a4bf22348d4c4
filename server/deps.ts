import type { Pool } from 'pg'
import type { Queryable } from './db/pool'
import type { Catalogue } from '../catalogue/load'
import type { WorkCalendar } from '../domain/calendar/types'
import type { Config } from './config'
import type { Gateways } from './gateways/ports'
import type { Keys } from './vault/keys'
import type { Vault } from './vault/vault'

/** The catalogue in force and every revision that a draft or case is pinned to. */
export interface CatalogueShelf {
  current(): { revision: string; catalogue: Catalogue }
  /** A pinned revision, from memory or the catalogue_revision table; in a transaction give its client, not to wait for another. */
  at(revision: string, db?: Queryable): Promise<Catalogue>
}

/** Everything a part of the server is given; nothing reaches for a global. Clock and ids come in so that tests hold them. */
export interface Deps {
  config: Config
  pool: Pool
  vault: Vault
  keys: Keys
  catalogue: CatalogueShelf
  calendar: WorkCalendar
  gateways: Gateways
  /** Epoch ms, UTC. */
  now: () => number
  /** A fresh UUID. */
  newId: () => string
  jobs: Jobs
  log: Record<'info' | 'warn' | 'error', (object: object, message?: string) => void>
}

/** Work that goes on after the reply. Sent inside the caller's transaction: it happens if and only if that commits. */
export interface Jobs {
  /** Delivers what waits in this lane of the outbox, in order, until it is empty. */
  deliver(client: Queryable, lane: string): Promise<void>
}

/** Whom a request acts for, settled by the auth hook from the session and the X-Acting-For header. */
export interface Acting {
  sessionId: string
  accountId: string
  /** The account's own subject. */
  selfId: string
  /** The subject acted for: own, a ward's or a company's. */
  subjectId: string
  role: 'self' | 'guardian' | 'legalRepresentative' | 'operator' | 'proxy'
  channel: 'h5' | 'weapp'
  reauthenticatedAt: number | null
  /** Acting by a delegation: which, and what it covers; null for everybody else. */
  delegation: InForce | null
}

/** A delegation that is in force at this moment. */
export interface InForce {
  id: string
  /** Epoch ms; in force until just before. */
  until: number
  scenes: string[]
  bundles: string[]
  /** The account of the person acted for; null when it is a company. */
  principalId: string | null
}
