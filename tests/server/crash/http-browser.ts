import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import type { InjectOptions } from 'fastify'
import { refresh, type Browser, type Reply } from '../sign-in'

const ANSWER_MS = 15_000
/** A bound, not a measure: all kills together, each with its recovery, on a machine that has much else to do. */
const INSIST_MS = 600_000

/** Nobody knows whether the request was carried out: no reply came, or only that something broke. */
export class Unanswered extends Error {}

/** A browser over real HTTP, with cookies; it follows no redirect by itself. Nothing goes out after `over`. */
export function openHttpBrowser(origin: string, over = new AbortController().signal): Browser {
  const browser: Browser = { cookies: new Map(), accessToken: null, send }
  return browser

  async function send({ method = 'GET', url, headers, payload }: InjectOptions): Promise<Reply> {
    over.throwIfAborted()
    const isJson = typeof payload === 'object' && !Buffer.isBuffer(payload)
    const response = await fetch(new URL(String(url), origin), {
      method,
      headers: {
        cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(browser.accessToken && { authorization: `Bearer ${browser.accessToken}` }),
        ...(isJson && { 'content-type': 'application/json' }),
        ...(headers as Record<string, string>)
      },
      body: isJson ? JSON.stringify(payload) : (payload as string | Buffer<ArrayBuffer> | undefined),
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWER_MS)
    }).catch((cause: unknown) => fail(`${method} ${String(url)}`, cause))
    const body = await response.text().catch((cause: unknown) => fail(`${method} ${String(url)}`, cause))
    if (response.status >= 500 || response.status === 429) fail(`${method} ${String(url)} → ${response.status} ${body}`)
    for (const line of response.headers.getSetCookie()) keep(line)
    const { status: statusCode, headers: replied } = response
    return { statusCode, headers: Object.fromEntries(replied), body, json: () => JSON.parse(body) as unknown } as Reply
  }

  function keep(line: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
    if (value) browser.cookies.set(name, value)
    else browser.cookies.delete(name)
  }
}

function fail(what: string, cause?: unknown): never {
  throw new Unanswered(what, { cause })
}

/** Does it again from the start as long as it goes unanswered. @throws anything else at once */
export async function insist<T>(work: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + INSIST_MS
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof Unanswered) || Date.now() > deadline) throw error
      await pause(100)
    }
  }
}

/** Signs in as a demo identity on the provider's own page, and agrees to all three notices. */
export async function signInOver(browser: Browser, identity: string): Promise<void> {
  await passProviderPage(browser, identity, '/api/v1/identity/login?return=/')
  await refresh(browser)
  const { version } = (await browser.send({ url: '/api/v1/identity/notice' })).json<{ version: string }>()
  const payload = { version, kinds: ['privacy', 'sensitive', 'minor'] }
  const agreed = await browser.send({ method: 'POST', url: '/api/v1/identity/consents', payload })
  assert.equal(agreed.statusCode, 200, agreed.body)
}

/** Confirms on the provider's page that it is still the same person, as before a signature. */
export const confirmOver = (browser: Browser, identity: string): Promise<void> =>
  passProviderPage(browser, identity, '/api/v1/identity/login?purpose=reauthenticate&return=/')

async function passProviderPage(browser: Browser, identity: string, start: string): Promise<void> {
  const choice = await follow(browser, start, (place) => place.startsWith('/mock/identity/interaction/'))
  const payload = new URLSearchParams({ identity }).toString()
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const chosen = await browser.send({ method: 'POST', url: choice, headers, payload })
  await follow(browser, placeOf(chosen), (place) => place === '/')
}

/** Follows redirects until one leads where it should. */
async function follow(browser: Browser, from: string, isThere: (place: string) => boolean): Promise<string> {
  let place = from
  while (!isThere(place)) place = placeOf(await browser.send({ url: place }))
  return place
}

function placeOf({ statusCode, headers, body }: Reply): string {
  assert.ok(headers.location, `登录走到一半停住了：${statusCode} ${body.slice(0, 500)}`)
  const { pathname, search } = new URL(String(headers.location), 'http://localhost')
  return pathname + search
}
