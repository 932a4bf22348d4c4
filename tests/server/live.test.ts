import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { WebSocket } from 'ws'
import type { LiveEvent, LiveTicket } from '../../contract/live'
import { tx } from '../../server/db/pool'
import { announce } from '../../server/modules/live/service'
import { signIn, type Browser } from './sign-in'
import { mother, startWorld, stranger, type World } from './world'

type Signed = Awaited<ReturnType<typeof signIn>>

describe('实时推送', () => {
  let world: World
  let port: number
  let one: Signed
  let other: Signed
  before(async () => {
    world = await startWorld()
    await world.app.listen({ port: 0, host: '127.0.0.1' })
    port = (world.app.server.address() as AddressInfo).port
    one = await signIn(world, mother)
    other = await signIn(world, stranger)
  })
  after(async () => {
    await world.close()
  })

  const ticketOf = async (browser: Browser) =>
    (await browser.send({ method: 'POST', url: '/api/v1/live/tickets' })).json<LiveTicket>().ticket
  const connect = (ticket: string) => new WebSocket(`ws://127.0.0.1:${port}/api/v1/live?ticket=${ticket}`)
  const closeCode = async (socket: WebSocket) => (await once(socket, 'close'))[0] as number
  const event = (): LiveEvent => ({ kind: 'case', id: world.deps.newId() })

  /** A connection that already hears: what is announced after this arrives. */
  async function listening({ browser, me }: Signed): Promise<WebSocket> {
    const socket = connect(await ticketOf(browser))
    await once(socket, 'open')
    const probe = event()
    const first = next(socket, probe)
    const again = setInterval(() => void announce(world.deps.pool, [me.accountId], probe), 50)
    await first
    clearInterval(again)
    return socket
  }

  /** The wanted event, after whatever probes are still on their way. Heard without a pause: two events may arrive in one go. */
  const next = (socket: WebSocket, wanted: LiveEvent) =>
    new Promise<LiveEvent>((resolve) => {
      socket.on('message', (data) => {
        const event = JSON.parse(String(data)) as LiveEvent
        if (event.id === wanted.id) resolve(event)
      })
    })

  test('只告诉有关的账号；同一账号的每个屏幕都听到', async () => {
    const screens = [await listening(one), await listening(one)]
    const foreign = await listening(other)
    const overheard: string[] = []
    foreign.on('message', (data) => overheard.push(String(data)))
    const wanted = event()
    const hearing = Promise.all(screens.map((screen) => next(screen, wanted)))
    await announce(world.deps.pool, [one.me.accountId, one.me.accountId], wanted)
    assert.deepEqual(await hearing, [wanted, wanted])
    const last = event()
    const fence = next(foreign, last)
    await announce(world.deps.pool, [other.me.accountId], last)
    await fence
    assert.ok(overheard.every((text) => !text.includes(wanted.id)))
    for (const socket of [...screens, foreign]) socket.terminate()
  })

  test('事务提交才说，撤销就当没有过', async () => {
    const socket = await listening(one)
    const lost = event()
    const kept = event()
    const heardAll: string[] = []
    socket.on('message', (data) => heardAll.push(String(data)))
    await assert.rejects(
      tx(world.deps.pool, async (client) => {
        await announce(client, [one.me.accountId], lost)
        throw new Error('中途出错')
      })
    )
    const hearing = next(socket, kept)
    await tx(world.deps.pool, (client) => announce(client, [one.me.accountId], kept))
    await hearing
    assert.ok(heardAll.every((text) => !text.includes(lost.id)))
    socket.terminate()
  })

  test('很多账号分几次通知，一个不漏', async () => {
    const socket = await listening(one)
    const wanted = event()
    const hearing = next(socket, wanted)
    const others = Array.from({ length: 450 }, () => world.deps.newId())
    await announce(world.deps.pool, [...others, one.me.accountId], wanted)
    assert.deepEqual(await hearing, wanted)
    socket.terminate()
  })

  test('票据 30 秒内有效、只用一次；瞎编的、过期的、退出登录后的都连不上', async () => {
    const ticket = await ticketOf(one.browser)
    const socket = connect(ticket)
    await once(socket, 'open')
    assert.equal(await closeCode(connect(ticket)), 1008)
    assert.equal(await closeCode(connect('made-up')), 1008)
    socket.terminate()
    const late = await ticketOf(one.browser)
    world.pass(30_000)
    assert.equal(await closeCode(connect(late)), 1008)
    const { browser } = await signIn(world, stranger)
    const orphan = await ticketOf(browser)
    await browser.send({ method: 'POST', url: '/api/v1/identity/logout' })
    assert.equal(await closeCode(connect(orphan)), 1008)
  })

  test('数据库连接断了会自己接上', async () => {
    const socket = await listening(one)
    await world.deps.pool.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen live' and datname = current_database()"
    )
    const wanted = event()
    const hearing = next(socket, wanted)
    const again = setInterval(() => void announce(world.deps.pool, [one.me.accountId], wanted), 200)
    assert.deepEqual(await hearing, wanted)
    clearInterval(again)
    socket.terminate()
  })
})
