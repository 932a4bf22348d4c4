import { createHash, createPublicKey, timingSafeEqual } from 'node:crypto'
import { createSigner, createVerifier, httpbis, type VerifyingKey } from 'http-message-signatures'
import type { SigningKey } from '../vault/key-files'
import { ask, readJson } from './http'
import { GatewayUnavailable } from './ports'

/**
 * HTTP Message Signatures (RFC 9421) with Ed25519, as agreed with every system that we exchange signed messages with: a request covers
 * @method, @path and content-digest (RFC 9530; a GET has no body and covers the first two), an answer @status and content-digest. The
 * parameters are created, at most five minutes from the receiver's clock, and keyid.
 */
const PARAMETERS = ['created', 'keyid']
const WINDOW_SECONDS = 300

type Headers = Record<string, string | string[]>

/** Headers that sign a request of ours; they include the content's type and digest. */
export async function signRequest(
  key: SigningKey,
  method: 'GET' | 'POST',
  url: string,
  body: string | undefined,
  now: number
): Promise<Record<string, string>> {
  const headers: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json', 'content-digest': digest(body) }
  const signed = await httpbis.signMessage(
    {
      key: createSigner(key.privateKey, 'ed25519', key.keyId),
      params: PARAMETERS,
      paramValues: { created: new Date(now) },
      fields: ['@method', '@path', ...(body === undefined ? [] : ['content-digest'])]
    },
    { method, url, headers }
  )
  return signed.headers as Record<string, string>
}

export interface SignedMessage {
  /** Of a request. */
  method?: string
  url?: string
  /** Of an answer. */
  status?: number
  headers: Record<string, string | string[] | undefined>
  body: Buffer
}

/**
 * Who signed the message, if its signature holds over everything that was agreed.
 *
 * @returns the key's id; null when there is no signature, it does not hold, is too old, or its key is unknown
 * @throws {GatewayUnavailable} when the sender's keys can't be fetched
 */
export async function verifyMessage(message: SignedMessage, keys: RemoteKeys, now: number): Promise<string | null> {
  const headers = Object.fromEntries(
    Object.entries(message.headers).filter((entry): entry is [string, string | string[]] => entry[1] !== undefined)
  )
  const hasBody = message.body.length > 0
  if (hasBody && !digestHolds(headers['content-digest'], message.body)) return null
  let keyId: string | null = null
  const config = {
    keyLookup: async (parameters: { keyid?: string; created?: Date | null }) => {
      if (!(parameters.created instanceof Date) || Math.abs(now - parameters.created.getTime()) > WINDOW_SECONDS * 1000) return null
      keyId = String(parameters.keyid ?? '')
      return keys.find(keyId)
    },
    requiredParams: PARAMETERS,
    requiredFields: [...(message.status === undefined ? ['@method', '@path'] : ['@status']), ...(hasBody ? ['content-digest'] : [])],
    // Judged above by the clock that we were given.
    notAfter: new Date(8.64e15)
  }
  try {
    return (await verify(config, message, headers)) === true ? keyId : null
  } catch (error) {
    if (error instanceof GatewayUnavailable) throw error
    return null
  }
}

function verify(config: Parameters<typeof httpbis.verifyMessage>[0], { method = '', url = '', status }: SignedMessage, headers: Headers) {
  if (status !== undefined) return httpbis.verifyMessage(config, { status, headers })
  return httpbis.verifyMessage(config, { method, url: new URL(url, 'http://our.invalid'), headers })
}

/** JWK members by which a system says whose a key is. */
const keyOwners = ['department', 'reader'] as const
export type KeyOwner = (typeof keyOwners)[number]

/** The Ed25519 keys that a system publishes (RFC 7517); asked for again when an unknown key turns up, at most once a minute. */
export class RemoteKeys {
  private readonly known = new Map<string, VerifyingKey>()
  private readonly owners = new Map<string, string>()
  private askedAt = Number.NEGATIVE_INFINITY

  constructor(
    private readonly system: string,
    private readonly address: string,
    private readonly now: () => number
  ) {}

  async find(keyId: string): Promise<VerifyingKey | null> {
    if (!this.known.has(keyId) && this.now() - this.askedAt >= 60_000) await this.fetch()
    return this.known.get(keyId) ?? null
  }

  /** Whose the key is, where the system publishes it (a JWK member of ours, RFC 7517 §4); null when it does not say. */
  ownerOf(keyId: string, member: KeyOwner): string | null {
    return this.owners.get(`${member} ${keyId}`) ?? null
  }

  private async fetch(): Promise<void> {
    const { keys } = readJson(this.system, await ask(this.system, this.address), isKeySet)
    this.askedAt = this.now()
    this.known.clear()
    this.owners.clear()
    for (const key of keys) {
      if (typeof key.kid !== 'string' || key.kty !== 'OKP' || key.crv !== 'Ed25519') continue
      const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: String(key.x) }, format: 'jwk' })
      for (const member of keyOwners) if (typeof key[member] === 'string') this.owners.set(`${member} ${key.kid}`, key[member])
      this.known.set(key.kid, { id: key.kid, algs: ['ed25519'], verify: createVerifier(publicKey, 'ed25519') })
    }
  }
}

function isKeySet(value: unknown): value is { keys: Record<string, unknown>[] } {
  return typeof value === 'object' && value !== null && 'keys' in value && Array.isArray(value.keys)
}

function digest(body: string): string {
  return `sha-256=:${createHash('sha256').update(body).digest('base64')}:`
}

function digestHolds(header: string | string[] | undefined, body: Buffer): boolean {
  const [, bits, given = ''] = /(?:^|,\s*)sha-(256|512)=:([A-Za-z0-9+/=]+):/.exec(String(header ?? '')) ?? []
  if (!bits) return false
  const expected = createHash(`sha${bits}`).update(body).digest()
  const claimed = Buffer.from(given, 'base64')
  return expected.length === claimed.length && timingSafeEqual(expected, claimed)
}
