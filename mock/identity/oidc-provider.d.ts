/** The parts of oidc-provider 9 that the stand-in uses; the package ships no types. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http'

  export interface InteractionDetails {
    uid: string
    returnTo: string
    prompt: { name: string; reasons: string[] }
    params: Record<string, unknown>
    session?: { accountId: string; uid: string }
  }

  interface Grant {
    addOIDCScope(scope: string): void
    save(): Promise<string>
  }

  interface Session {
    accountId?: string
    authorizations?: object
    persist(): Promise<string>
  }

  export interface OidcContext {
    body: unknown
    path: string
    oidc: {
      route?: string
      prompts: Set<string>
      result?: { login?: { accountId: string } }
      client: { clientId: string }
      session: { accountId: string }
      requestParamScopes: Set<string>
    }
  }

  class Check {
    constructor(reason: string, description: string, check: (context: OidcContext) => boolean)
    static readonly REQUEST_PROMPT: true
    static readonly NO_NEED_TO_PROMPT: false
  }

  interface Policy {
    get(name: string): { checks: { add(check: Check): void } } | undefined
  }

  export const interactionPolicy: { base(): Policy; Check: typeof Check }

  export class Provider {
    constructor(issuer: string, configuration: Record<string, unknown>)
    proxy: boolean
    silent: boolean
    Client: { prototype: { redirectUriAllowed(uri: string): boolean } }
    Session: { findByUid(uid: string): Promise<Session | undefined> }
    Grant: new (properties: { clientId: string; accountId: string }) => Grant
    use(middleware: (context: OidcContext, next: () => Promise<void>) => Promise<void>): void
    callback(): (request: IncomingMessage, response: ServerResponse) => void
    interactionDetails(request: IncomingMessage, response: ServerResponse): Promise<InteractionDetails>
    interactionResult(request: IncomingMessage, response: ServerResponse, result: Record<string, unknown>): Promise<string>
    on(event: string, listener: (context: OidcContext, error: Error) => void): void
  }
}
