import * as oidc from 'openid-client'
import type { IdentityGateway } from '../config'
import { TIMEOUT_MS } from './http'
import { GatewayUnavailable, type Gateways, type IdentityClaims } from './ports'

const SYSTEM = '统一身份认证'

/**
 * The province's unified identity: OpenID Connect, authorization code with PKCE. Everything that the server itself fetches goes to
 * `internalIssuer`; what the browser is sent to, and what stands in the tokens, is `issuer`.
 */
export function identityGateway(settings: IdentityGateway): Gateways['identity'] {
  const { issuer, internalIssuer, clientId, clientSecret } = settings
  let discovered: Promise<oidc.Configuration> | undefined

  return {
    async authorizationUrl({ redirectUri, state, nonce, codeChallenge, fresh }) {
      const configuration = await unlessDown(discover)
      return rebased(
        oidc.buildAuthorizationUrl(configuration, {
          redirect_uri: redirectUri,
          scope: 'openid profile phone',
          state,
          nonce,
          code_challenge: codeChallenge,
          code_challenge_method: 'S256',
          ...(fresh && { prompt: 'login', max_age: '0' })
        }),
        internalIssuer,
        issuer
      )
    },

    async exchange({ callbackUrl, state, nonce, codeVerifier }) {
      return unlessDown(async () => {
        const configuration = await discover()
        const checks = { pkceCodeVerifier: codeVerifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true }
        const tokens = await oidc.authorizationCodeGrant(configuration, callbackUrl, checks)
        const token = tokens.claims()
        if (!token) throw new Error('no ID token')
        const person = await oidc.fetchUserInfo(configuration, tokens.access_token, token.sub)
        return readClaims({ ...token, ...person })
      })
    }
  }

  function discover(): Promise<oidc.Configuration> {
    const insecure = internalIssuer.startsWith('http:')
    discovered ??= oidc
      .discovery(new URL(issuer), clientId, clientSecret, undefined, {
        timeout: TIMEOUT_MS / 1000,
        [oidc.customFetch]: (url, options) => fetch(rebased(new URL(url), issuer, internalIssuer), options as RequestInit),
        execute: insecure ? [oidc.allowInsecureRequests] : []
      })
      .catch((error: unknown) => {
        discovered = undefined
        throw error
      })
    return discovered
  }
}

function rebased(url: URL, from: string, to: string): URL {
  return url.href.startsWith(from) ? new URL(to + url.href.slice(from.length)) : url
}

async function unlessDown<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    throw new GatewayUnavailable(SYSTEM, cause)
  }
}

/** @throws when a claim is missing: nobody is signed in on half an identity */
function readClaims({
  name,
  id_number: idNumber,
  phone_number: phone,
  real_name_level: level,
  auth_time: authTime
}: Record<string, unknown>): IdentityClaims {
  if (typeof name !== 'string' || typeof idNumber !== 'string' || typeof authTime !== 'number') throw new Error('claims are missing')
  if (typeof level !== 'number' || level < 1 || level > 4) throw new Error('real_name_level is missing')
  return { name, idNumber, phone: typeof phone === 'string' ? phone : null, realNameLevel: level, authenticatedAt: authTime * 1000 }
}
