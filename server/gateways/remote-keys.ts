import { createPublicKey, type KeyObject } from 'node:crypto'
import { createVerifier, type VerifyingKey } from 'http-message-signatures'
import type { Deps } from '../deps'
import { ask, readJson } from './http'
import { GatewayUnavailable } from './ports'

/** For how long a fetched set is good: a key that was withdrawn or exchanged is refused so soon. */
const freshMs = 60_000
/** How soon a fetch that failed is tried again. */
const pauseMs = 10_000
/** For how long the last set still serves while no newer one can be had. */
const oldestMs = 10 * 60_000

/** JWK members by which a system says whose a key is. */
const keyOwners = ['department', 'reader'] as const
export type KeyOwner = (typeof keyOwners)[number]

/** What a system published at one moment. */
interface KeySet {
  keys: Map<string, VerifyingKey>
  owners: Map<string, string>
  askedAt: number
}

export interface RemoteKeysOptions {
  /** What people call the system. */
  system: string
  /** Of its JWKS. */
  address: string
  now: () => number
  log: Pick<Deps['log'], 'warn'>
}

/**
 * The Ed25519 keys that a system publishes (RFC 7517), as they were within the last minute. While they can't be fetched the last set serves
 * for ten minutes, each failure logged. Requests at the same time share one fetch.
 */
export class RemoteKeys {
  private set: KeySet | null = null
  private failure: GatewayUnavailable | null = null
  private askedAt = Number.NEGATIVE_INFINITY
  private asking: Promise<void> | null = null

  constructor(private readonly options: RemoteKeysOptions) {}

  /**
   * A key by its id; null when the system has no such key.
   *
   * @throws {GatewayUnavailable} when the keys can't be fetched and the last set is too old, or does not know the id: it may be a new one
   */
  async find(keyId: string): Promise<VerifyingKey | null> {
    await this.refresh()
    const isUsable = this.set !== null && this.options.now() - this.set.askedAt <= oldestMs
    const key = isUsable ? this.set?.keys.get(keyId) : undefined
    if (!key && this.failure) throw this.failure
    return key ?? null
  }

  /** Whose the key is, where the system publishes it (a JWK member of ours, RFC 7517 §4); null when it does not say. */
  ownerOf(keyId: string, member: KeyOwner): string | null {
    return this.set?.owners.get(`${member} ${keyId}`) ?? null
  }

  private async refresh(): Promise<void> {
    const now = this.options.now()
    if (!this.asking && now - this.askedAt >= (this.failure ? pauseMs : freshMs)) {
      this.askedAt = now
      this.asking = this.fetch(now).finally(() => (this.asking = null))
    }
    await this.asking
  }

  private async fetch(askedAt: number): Promise<void> {
    const { system, address, log } = this.options
    try {
      this.set = { ...keysIn(readJson(system, await ask(system, address), isKeySet).keys), askedAt }
      this.failure = null
    } catch (cause) {
      this.failure = cause instanceof GatewayUnavailable ? cause : new GatewayUnavailable(system, cause)
      const lastSetOf = this.set && new Date(this.set.askedAt).toISOString()
      log.warn({ system, cause: String(this.failure.cause), lastSetOf }, '没取到对方的公钥，十分钟以内仍用上次取到的')
    }
  }
}

type Published = Record<string, unknown>

function keysIn(published: Published[]): Pick<KeySet, 'keys' | 'owners'> {
  const [keys, owners] = [new Map<string, VerifyingKey>(), new Map<string, string>()]
  for (const key of published) {
    const publicKey = ed25519Key(key)
    if (typeof key.kid !== 'string' || !publicKey) continue
    for (const member of keyOwners) if (typeof key[member] === 'string') owners.set(`${member} ${key.kid}`, key[member])
    keys.set(key.kid, { id: key.kid, algs: ['ed25519'], verify: createVerifier(publicKey, 'ed25519') })
  }
  return { keys, owners }
}

/** Null for another kind of key, and for one that is none: it must not cost the others theirs. */
function ed25519Key({ kty, crv, x }: Published): KeyObject | null {
  if (kty !== 'OKP' || crv !== 'Ed25519') return null
  try {
    return createPublicKey({ key: { kty, crv, x: String(x) }, format: 'jwk' })
  } catch {
    return null
  }
}

function isKeySet(value: unknown): value is { keys: Published[] } {
  return typeof value === 'object' && value !== null && 'keys' in value && Array.isArray(value.keys)
}
