import type { CaseMessage, DispatchCase } from '../../contract/gateways/departments'
import type { ReaderObjection } from '../../contract/gateways/readers'
import type { LibraryLicence, LibraryQuery, LibraryRectification, ShareQuery, ShareReply } from '../../contract/gateways/licence-library'

/** The outside system could not be reached or answered nonsense; the caller retries or degrades, saying so to the person. */
export class GatewayUnavailable extends Error {
  constructor(
    readonly system: string,
    cause?: unknown
  ) {
    super(`${system} 暂时连不上`, { cause })
    this.name = 'GatewayUnavailable'
  }
}

/**
 * The outside system answered that it won't take this, and would answer the same again: a 4xx status other than 408, 425 and 429.
 * Whoever asks for an answer degrades as when it can't be reached; what was to be delivered waits for people, not for a retry.
 */
export class GatewayRefused extends GatewayUnavailable {
  constructor(
    system: string,
    readonly status: number
  ) {
    super(system, new Error(`status ${status}`))
    this.name = 'GatewayRefused'
  }
}

/** Who signed in at the unified identity provider. */
export interface IdentityClaims {
  name: string
  idNumber: string
  phone: string | null
  realNameLevel: number
  authenticatedAt: number
}

/** A request that another system signed. */
export interface ReceivedRequest {
  method: string
  url: string
  headers: Record<string, string | string[] | undefined>
  body: Buffer
}

/** Typed ports to the outside world; each throws GatewayUnavailable. Implementations speak HTTP and know no case rules. */
export interface Gateways {
  identity: {
    authorizationUrl(input: { redirectUri: string; state: string; nonce: string; codeChallenge: string; fresh: boolean }): Promise<URL>
    exchange(input: { callbackUrl: URL; state: string; nonce: string; codeVerifier: string }): Promise<IdentityClaims>
  }
  licenceLibrary: {
    query(query: LibraryQuery): Promise<LibraryLicence[]>
    /** Asks the issuer, through the library, to check a field that its holder says is wrong. */
    rectify(rectification: LibraryRectification): Promise<void>
    /** Whether a request carries the library's own RFC 9421 signature, by its JWKS. */
    verify(request: ReceivedRequest): Promise<boolean>
  }
  dataShare: { query(query: ShareQuery): Promise<ShareReply> }
  departments: {
    dispatch(message: DispatchCase): Promise<void>
    send(departmentId: string, message: CaseMessage): Promise<void>
    /** Whose RFC 9421 signature a request carries, by the departments' JWKS; null when it does not hold. */
    verify(request: ReceivedRequest): Promise<{ departmentId: string } | null>
  }
  readers: {
    /** Which reader's RFC 9421 signature a request carries, by the readers' JWKS; null when it does not hold. */
    verify(request: ReceivedRequest): Promise<string | null>
    /** Asks the reader's organisation to explain a reading that its holder objects to. */
    object(objection: ReaderObjection): Promise<void>
  }
  wechat: {
    openid(code: string): Promise<string>
    /** Brings a message of this kind to who subscribed to its template; does nothing where there is none for it. */
    subscribeMessage(openid: string, kind: string, page: string, data: Record<string, string>): Promise<void>
  }
  sms: { send(messageId: string, phone: string, template: string, params: Record<string, string>): Promise<void> }
}
