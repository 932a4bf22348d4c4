import { interactionPolicy, Provider } from 'oidc-provider'
import type { OidcContext } from 'oidc-provider'
import type { MockConfig } from '../config'
import { identities } from '../identities'
import type { MockKeys } from '../keys'
import { memoryAdapter } from './memory-adapter'

/** Where the identity stand-in hangs. */
export const identityPath = '/mock/identity'

/** Any origin may carry the server's callback: a phone on the LAN opens the demo by IP. A real provider registers exact addresses. */
function isServerCallback(uri: string): boolean {
  return URL.canParse(uri) && /^https?:$/.test(new URL(uri).protocol) && new URL(uri).pathname === '/api/v1/identity/callback'
}

const claimNames = ['sub', 'name', 'id_number', 'phone_number', 'real_name_level']

/** 统一身份认证的替身：OpenID Connect 授权码 + PKCE，由 oidc-provider 实现协议，身份取自演示身份表。 */
export function buildProvider(config: MockConfig, keys: MockKeys): Provider {
  const { Check, base } = interactionPolicy
  const policy = base()
  // 演示里换人登录是常事：已登录也给人看选择页，除非对方声明不要页面（prompt=none）。
  policy.get('login')?.checks.add(new Check('choose_identity', '请选择演示身份', ({ oidc }) =>
    !oidc.result?.login && !oidc.prompts.has('none')))

  const provider = new Provider(config.publicOrigin + identityPath, {
    clients: [{
      client_id: config.identityClient.id,
      client_secret: config.identityClient.secret,
      redirect_uris: [`${config.publicOrigin}/api/v1/identity/callback`],
      response_types: ['code'],
      grant_types: ['authorization_code'],
      require_auth_time: true,
      id_token_signed_response_alg: 'ES256'
    }],
    adapter: memoryAdapter(),
    jwks: { keys: [keys.identity] },
    cookies: { keys: [keys.cookieSecret] },
    pkce: { required: () => true },
    claims: { openid: claimNames, profile: ['name', 'real_name_level'], phone: ['phone_number'] },
    conformIdTokenClaims: false,
    enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: false } },
    interactions: { policy, url: (_: OidcContext, { uid }: { uid: string }) => `${identityPath}/interaction/${uid}` },
    ttl: { AccessToken: 300, AuthorizationCode: 60, IdToken: 300, Interaction: 1800, Grant: 3600, Session: 3600 },
    findAccount: (_context: OidcContext, accountId: string) => accountOf(accountId),
    loadExistingGrant: (context: OidcContext) => grantAll(provider, context),
    renderError: (context: OidcContext, out: Record<string, string>) => { context.body = out }
  })
  provider.proxy = true
  provider.Client.prototype.redirectUriAllowed = isServerCallback
  // 浏览器去的地址挂在公开的源上；服务端自己去的（令牌、公钥）留在它问过来的那个源上。
  provider.use(async (context, next) => {
    await next()
    if (context.oidc?.route === 'discovery') {
      context.body = { ...context.body as object, authorization_endpoint: `${config.publicOrigin}${identityPath}/auth` }
    }
  })
  return provider
}

function accountOf(idNumber: string) {
  const person = identities.find(identity => identity.idNumber === idNumber)
  return person && {
    accountId: idNumber,
    claims: () => ({
      sub: idNumber, name: person.name, id_number: person.idNumber, phone_number: person.phone, real_name_level: person.realNameLevel
    })
  }
}

/** 政务统一认证不再逐项问授权（隐私告知与同意由 App 自己做），登录即给出所请求的范围。 */
async function grantAll(provider: Provider, { oidc }: OidcContext) {
  const grant = new provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId })
  grant.addOIDCScope([...oidc.requestParamScopes].join(' '))
  await grant.save()
  return grant
}
