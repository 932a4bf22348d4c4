import { createHash, createPrivateKey, createPublicKey, timingSafeEqual } from 'node:crypto'
import type { JsonWebKey } from 'node:crypto'
import { createSigner, createVerifier, httpbis } from 'http-message-signatures'
import type { VerifyingKey } from 'http-message-signatures'
import type { PrivateJwk } from './keys'

/**
 * 双方约定的签名（RFC 9421，Ed25519）：请求覆盖 @method、@path、content-digest（没有请求体的 GET 只有前两项），
 * 答复覆盖 @status、content-digest；参数 created、keyid。content-digest 依 RFC 9530，用 sha-256 或 sha-512。
 * created 与收方相差不得超过 300 秒。
 */
const params = ['created', 'keyid']
const maxAgeSeconds = 300
const clockToleranceSeconds = 60

export interface SignedRequest {
  method: string
  url: string
  headers: Record<string, string>
  body?: string
}

function digestOf(body: string | Buffer, algorithm: 'sha256' | 'sha512'): string {
  return createHash(algorithm).update(body).digest('base64')
}

const contentDigest = (body: string) => `sha-256=:${digestOf(body, 'sha256')}:`

function signingKey(key: PrivateJwk) {
  return { ...createSigner(createPrivateKey({ key, format: 'jwk' }), 'ed25519', key.kid) }
}

/** Signs a request with the stand-in's key; gives what `fetch` needs. */
export async function signRequest(key: PrivateJwk, method: 'GET' | 'POST', url: string, message?: object): Promise<SignedRequest> {
  const body = message && JSON.stringify(message)
  const headers: Record<string, string> = body ? { 'content-type': 'application/json', 'content-digest': contentDigest(body) } : {}
  const fields = ['@method', '@path', ...(body ? ['content-digest'] : [])]
  const signed = await httpbis.signMessage({ key: signingKey(key), params, fields }, { method, url, headers })
  return { method, url, headers: signed.headers as Record<string, string>, body }
}

/** Headers of a signed reply with this body. */
export async function signReply(key: PrivateJwk, status: number, body: string): Promise<Record<string, string>> {
  const headers = { 'content-type': 'application/json', 'content-digest': contentDigest(body) }
  const signed = await httpbis.signMessage({ key: signingKey(key), params, fields: ['@status', 'content-digest'] }, { status, headers })
  return signed.headers as Record<string, string>
}

export interface ReceivedRequest {
  method: string
  /** Path as received. */
  path: string
  headers: Record<string, string | string[] | undefined>
  body: Buffer
}

/**
 * Whether the request carries a signature that holds, over its method, path and body.
 * @throws {KeysUnavailable} when the sender's public keys cannot be fetched
 */
export async function verifyRequest(request: ReceivedRequest, keys: RemoteKeys): Promise<boolean> {
  const present = (entry: [string, string | string[] | undefined]): entry is [string, string | string[]] => entry[1] !== undefined
  const headers = Object.fromEntries(Object.entries(request.headers).filter(present))
  if (!digestHolds(headers['content-digest'], request.body)) return false
  try {
    return await httpbis.verifyMessage({
      keyLookup: async parameters => keys.find(String(parameters.keyid ?? '')),
      requiredFields: ['@method', '@path', 'content-digest'],
      requiredParams: params,
      maxAge: maxAgeSeconds,
      tolerance: clockToleranceSeconds
    }, { method: request.method, url: new URL(request.path, 'http://stand-in.invalid'), headers }) === true
  } catch (error) {
    if (error instanceof KeysUnavailable) throw error
    return false
  }
}

function digestHolds(header: string | string[] | undefined, body: Buffer): boolean {
  const match = /(?:^|,\s*)sha-(256|512)=:([A-Za-z0-9+/=]+):/.exec(String(header ?? ''))
  if (!match) return false
  const [, size, given = ''] = match
  const expected = Buffer.from(digestOf(body, size === '512' ? 'sha512' : 'sha256'))
  return expected.length === given.length && timingSafeEqual(expected, Buffer.from(given))
}

/** The sender's public keys could not be fetched: answer 503, the sender tries again. */
export class KeysUnavailable extends Error {}

/** Ed25519 public keys behind a JWKS address; fetched again when an unknown key id turns up. */
export class RemoteKeys {
  private readonly known = new Map<string, VerifyingKey>()

  constructor(private readonly address: string) {}

  async find(keyId: string): Promise<VerifyingKey | null> {
    if (!this.known.has(keyId)) await this.fetchAll()
    return this.known.get(keyId) ?? null
  }

  private async fetchAll(): Promise<void> {
    try {
      const response = await fetch(this.address, { signal: AbortSignal.timeout(5000) })
      if (!response.ok) throw new Error(`status ${response.status}`)
      const { keys } = await response.json() as { keys: (JsonWebKey & { kid?: string })[] }
      for (const key of keys) {
        if (!key.kid || key.crv !== 'Ed25519') continue
        const verify = createVerifier(createPublicKey({ key, format: 'jwk' }), 'ed25519')
        this.known.set(key.kid, { id: key.kid, algs: ['ed25519'], verify })
      }
    } catch (cause) {
      throw new KeysUnavailable(`cannot fetch ${this.address}`, { cause })
    }
  }
}
