import type { Tokens } from '../../contract/identity'
import type { DemoIdentity } from '../../contract/gateways/notify'

/** Why no token can be had; the message says what to do. */
export class TokenRefused extends Error {}

const standIn = '/mock/identity/'

/**
 * Signs in at a running demo as one of its identities, by the same steps as a browser: the identity provider's own protocol,
 * its page with the choice of identities, our callback, then a refresh for the access token.
 *
 * @param origin of the demo, without a slash at the end
 * @throws {TokenRefused} when nothing runs there, real providers are configured, or the identity is unknown
 */
export async function demoAccessToken(origin: string, key: string): Promise<string> {
  const jar = new CookieJar(origin)
  const identities = await demoIdentities(jar)
  if (!identities.some(identity => identity.key === key)) {
    const known = identities.map(identity => `  ${identity.key.padEnd(14)} ${identity.displayName}`).join('\n')
    throw new TokenRefused(`没有叫「${key}」的演示身份。可用的有：\n${known}`)
  }
  const login = await jar.send('/api/v1/identity/login')
  const provider = new URL(login.headers.get('location') ?? '', origin)
  if (!isStandIn(provider, origin)) throw new TokenRefused(`${origin} 的身份认证是 ${provider.origin}，不是模拟系统：请在那里登录，这里不发令牌`)
  const page = await jar.follow(login)
  if (!page.url.pathname.startsWith(standIn)) throw new TokenRefused(`没有走到选择身份的一页，停在 ${page.url.pathname}（${page.response.status}）`)
  await jar.follow(await jar.send(page.url.pathname, { form: { identity: key } }))
  return accessToken(jar)
}

async function demoIdentities(jar: CookieJar): Promise<DemoIdentity[]> {
  const response = await jar.send(`${standIn}demo-identities`)
  const isList = response.ok && response.headers.get('content-type')?.includes('application/json')
  if (!isList) throw new TokenRefused(`${jar.origin} 没有接模拟系统（可能是正式环境），这里不发令牌`)
  return await response.json() as DemoIdentity[]
}

async function accessToken(jar: CookieJar): Promise<string> {
  const response = await jar.send('/api/v1/identity/refresh', { json: {} })
  if (!response.ok) throw new TokenRefused(`登录走完了，但换不到令牌（${response.status}）：${await response.text()}`)
  return (await response.json() as Tokens).accessToken
}

const isStandIn = (url: URL, origin: string) => url.origin === origin && url.pathname.startsWith(standIn)

/** As much of a browser as signing in takes: cookies, and redirects followed one by one, on one origin. */
class CookieJar {
  private readonly cookies = new Map<string, string>()

  constructor(readonly origin: string) {}

  async send(path: string, { form, json }: { form?: Record<string, string>; json?: object } = {}): Promise<Response> {
    const headers: Record<string, string> = { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') }
    if (json) Object.assign(headers, { 'content-type': 'application/json', 'x-csrf-token': '1' })
    const body = form ? new URLSearchParams(form) : json && JSON.stringify(json)
    try {
      const response = await fetch(this.origin + path, { method: body ? 'POST' : 'GET', body, headers, redirect: 'manual' })
      for (const line of response.headers.getSetCookie()) this.keep(line)
      return response
    } catch (cause) {
      throw new TokenRefused(`${this.origin} 连不上：请先 npm start，或用 ORIGIN、PORT 指明演示在哪`, { cause })
    }
  }

  /** Follows redirects as long as they stay on the origin. */
  async follow(response: Response, url = new URL(this.origin)): Promise<{ url: URL; response: Response }> {
    const location = response.headers.get('location')
    if (!location) return { url, response }
    const next = new URL(location, url)
    if (next.origin !== this.origin) throw new TokenRefused(`登录被带到别的地址 ${next.origin}，已停下`)
    return this.follow(await this.send(next.pathname + next.search), next)
  }

  private keep(line: string): void {
    const pair = line.slice(0, line.includes(';') ? line.indexOf(';') : undefined)
    const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]
    if (value) this.cookies.set(name, value)
    else this.cookies.delete(name)
  }
}
