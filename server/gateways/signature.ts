import { createHash, timingSafeEqual } from 'node:crypto'
import { createSigner, httpbis } from 'http-message-signatures'
import type { SigningKey } from '../vault/key-files'
import { GatewayUnavailable } from './ports'
import type { RemoteKeys } from './remote-keys'

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
