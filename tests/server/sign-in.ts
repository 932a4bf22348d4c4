import assert from 'node:assert/strict'
import type { GiveConsents, Me, Tokens } from '../../contract/identity'
import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import type { Static } from 'typebox'
import type { IdentityClaims } from '../../server/gateways/ports'
import type { World } from './world'

export type Reply = LightMyRequestResponse

/** A browser: it keeps cookies and, once signed in, its access token. */
export interface Browser {
  cookies: Map<string, string>
  accessToken: string | null
  send(options: InjectOptions): Promise<Reply>
}

export function openBrowser({ app }: World): Browser {
  const browser: Browser = {
    cookies: new Map(),
    accessToken: null,
    async send(options) {
      const headers = { ...(browser.accessToken && { authorization: `Bearer ${browser.accessToken}` }), ...options.headers }
      const reply = await app.inject({ ...options, headers, cookies: { ...Object.fromEntries(browser.cookies), ...options.cookies } })
      for (const { name, value } of reply.cookies) {
        if (value === '') browser.cookies.delete(name)
        else browser.cookies.set(name, value)
      }
      return reply
    }
  }
  return browser
}

/** Goes to the provider's page with this browser and comes back as `person`. Answers what the callback answered. */
export async function passProvider(world: World, browser: Browser, person: IdentityClaims, start: string): Promise<Reply> {
  const departure = await browser.send({ method: 'GET', url: start })
  assert.equal(departure.statusCode, 302, departure.body)
  const state = new URL(String(departure.headers.location), 'http://localhost').searchParams.get('state')
  world.outside.person = { ...person, authenticatedAt: world.deps.now() }
  return browser.send({ method: 'GET', url: `/api/v1/identity/callback?code=a-code&state=${state}` })
}

export async function refresh(browser: Browser): Promise<Static<typeof Tokens>> {
  const reply = await browser.send({ method: 'POST', url: '/api/v1/identity/refresh', headers: { 'x-csrf-token': 'fetch' }, payload: {} })
  assert.equal(reply.statusCode, 200, reply.body)
  const tokens = reply.json<Static<typeof Tokens>>()
  browser.accessToken = tokens.accessToken
  return tokens
}

/** Signs in on H5 without agreeing to anything. */
export async function signInOnly(world: World, person: IdentityClaims): Promise<Browser> {
  const browser = openBrowser(world)
  const arrival = await passProvider(world, browser, person, '/api/v1/identity/login?return=/')
  assert.equal(arrival.statusCode, 303, arrival.body)
  await refresh(browser)
  return browser
}

/** Signs in on H5 and agrees to all three notices. */
export async function signIn(world: World, person: IdentityClaims): Promise<{ browser: Browser; me: Static<typeof Me> }> {
  const browser = await signInOnly(world, person)
  const notice = await browser.send({ method: 'GET', url: '/api/v1/identity/notice' })
  const payload: Static<typeof GiveConsents> = {
    version: notice.json<{ version: string }>().version,
    kinds: ['privacy', 'sensitive', 'minor']
  }
  const agreed = await browser.send({ method: 'POST', url: '/api/v1/identity/consents', payload })
  assert.equal(agreed.statusCode, 200, agreed.body)
  return { browser, me: agreed.json<Static<typeof Me>>() }
}

/** Somebody signed in, with all notices agreed to. */
export interface Somebody {
  person: IdentityClaims
  browser: Browser
  me: Static<typeof Me>
  /** The subject that they are themselves. */
  selfId: string
}

export async function arrive(world: World, person: IdentityClaims): Promise<Somebody> {
  const { browser, me } = await signIn(world, person)
  return { person, browser, me, selfId: me.subjects[0]?.id ?? '' }
}

/** The same browser, acting for somebody else. */
export const actingFor = (browser: Browser, subjectId: string): Browser => ({
  ...browser,
  send: (options) => browser.send({ ...options, headers: { ...options.headers, 'x-acting-for': subjectId } })
})

/** Confirms that it is still the same person, as before a signature. */
export async function confirmAgain(world: World, browser: Browser, person: IdentityClaims): Promise<Reply> {
  return passProvider(world, browser, person, '/api/v1/identity/login?purpose=reauthenticate&return=/')
}
