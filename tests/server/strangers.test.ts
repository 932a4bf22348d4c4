import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { idCard } from './papers'
import { fixtures, type Fixture, type Owner } from './fixtures'
import { confirmAgain, openBrowser, signIn, type Browser, type Reply } from './sign-in'
import { mother, startWorld, stranger, type World } from './world'

type Request = Awaited<ReturnType<NonNullable<Fixture['make']>>>

/** Ends one's own session or account: asked last of all. */
const leaving = /\/identity\/(logout|logout-others|account\/close|consents\/decline|consents\/withdraw)$/

describe('别人的东西，谁也碰不到', () => {
  let world: World
  let owner: Owner
  let routes: string[]
  before(async () => {
    world = await startWorld()
    // From the start: what the library answered is remembered for a while.
    world.outside.licences = [idCard(mother)]
    owner = { ...(await signIn(world, mother)), world }
    const { paths } = (await world.app.inject('/api/v1/openapi.json')).json<{ paths: Record<string, Record<string, object>> }>()
    routes = Object.entries(paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`)
    )
  })
  after(async () => {
    await world.close()
  })

  /** The owner's ids, but none of the owner's credentials. */
  async function call(browser: Browser, route: string, { params = {}, query, body, headers }: Request): Promise<Reply> {
    const [method, template = ''] = route.split(' ')
    const url = template.replaceAll(
      /\{(\w+)\}/g,
      (_whole, name: string) => params[name] ?? assert.fail(`${route} 的 fixture 没有给出 ${name}`)
    )
    return browser.send({ method: method as 'GET', url, query, headers, ...(body && { payload: body }) })
  }

  const made = (route: string): Promise<Request> => fixtures[route]?.make?.(owner) ?? Promise.resolve({})
  const kinds = (...wanted: Fixture['kind'][]) => routes.filter((route) => wanted.includes(fixtures[route]?.kind ?? 'public'))
  const codeOf = (reply: Reply) => reply.json<{ code: string }>().code

  test('OpenAPI 里的每一条路由都有 fixture，没有多余的', () => {
    assert.deepEqual(
      routes.filter((route) => !fixtures[route]),
      [],
      '给这些路由在 fixtures.ts 里各补一行'
    )
    assert.deepEqual(
      Object.keys(fixtures).filter((route) => !routes.includes(route)),
      [],
      '这些路由已经没有了'
    )
  })

  test('没登录：一律 401', async () => {
    for (const route of kinds('own', 'owned')) {
      const reply = await call(openBrowser(world), route, await made(route))
      assert.deepEqual([reply.statusCode, codeOf(reply)], [401, 'unauthenticated'], route)
    }
  })

  test('登录过期：一律 401', async () => {
    const { browser } = await signIn(world, mother)
    const requests: [string, Request][] = []
    for (const route of kinds('own', 'owned')) requests.push([route, await made(route)])
    world.pass(15 * 60_000)
    for (const [route, request] of requests) {
      const reply = await call(browser, route, request)
      assert.deepEqual([reply.statusCode, codeOf(reply)], [401, 'session_expired'], route)
    }
    owner = { ...(await signIn(world, mother)), world }
  })

  test('没有签名：部门的接口一律 401', async () => {
    world.outside.callbacksHold = false
    for (const route of kinds('signed')) {
      const reply = await call(openBrowser(world), route, await made(route))
      assert.deepEqual([reply.statusCode, codeOf(reply)], [401, 'signature_invalid'], route)
    }
    world.outside.callbacksHold = true
  })

  test('拿着别人的标识：像不存在一样，且什么也没有改变', async () => {
    const { browser } = await signIn(world, stranger)
    // As far as anybody can get by oneself: with a confirmation as fresh as for a signature.
    await confirmAgain(world, browser, stranger)
    await confirmAgain(world, owner.browser, mother)
    for (const route of kinds('owned')) {
      const request = await made(route)
      const reply = await call(browser, route, request)
      assert.ok(['not_found', 'forbidden'].includes(codeOf(reply)), `${route} → ${reply.statusCode} ${reply.body}`)
      const own = await call(owner.browser, route, request)
      // Whatever it says (a case that is done can't be corrected), it knows the thing: the id exists, and is the owner's.
      assert.ok(own.statusCode < 500 && ![401, 403, 404].includes(own.statusCode), `主人自己：${route} → ${own.statusCode} ${own.body}`)
    }
  })

  test('代表别人：一律 403', async () => {
    const { browser } = await signIn(world, stranger)
    const ownerSubject = owner.me.subjects[0]?.id ?? ''
    for (const route of kinds('own', 'owned')) {
      const request = await made(route)
      const reply = await call(browser, route, { ...request, headers: { ...request.headers, 'x-acting-for': ownerSubject } })
      assert.deepEqual([reply.statusCode, codeOf(reply)], [403, 'forbidden'], route)
    }
  })

  test('不指名的路由，只给自己的东西', async () => {
    const routesOfOwn = kinds('own').sort((one, other) => Number(leaving.test(one)) - Number(leaving.test(other)))
    let { browser, me } = await signIn(world, stranger)
    for (const route of routesOfOwn) {
      const request = await made(route)
      const reply = await call(browser, route, request)
      assert.ok(reply.statusCode < 500, `${route} → ${reply.body}`)
      for (const secret of ['只属于主人', owner.me.accountId, owner.me.subjects[0]?.id ?? '', mother.idNumber, mother.phone ?? '']) {
        assert.ok(!reply.body.includes(secret), `${route} 透露了 ${secret}`)
      }
      assert.notEqual(me.accountId, owner.me.accountId)
      const still = await owner.browser.send({ method: 'GET', url: '/api/v1/identity/me' })
      assert.equal(still.statusCode, 200, `${route} 影响了别人`)
      if (leaving.test(route)) ({ browser, me } = await signIn(world, stranger))
    }
  })
})
