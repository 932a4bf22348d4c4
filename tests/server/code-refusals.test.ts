import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { OfflineReported } from '../../contract/gateways/readers'
import type { Problem } from '../../contract/problems'
import { encodeOnline } from '../../domain/code/format'
import { demoIdNumber } from '../../mock/numbers'
import { sweepCodes } from '../../server/modules/code/sweep'
import { startCodeWorld, withoutIds, type CodeWorld } from './codes'
import { certify, newDevice, type Device } from './device'
import { api } from './journey'
import { arrive, type Reply, type Somebody } from './sign-in'
import { stranger, type World } from './world'

const minute = 60_000
const day = 24 * 60 * minute

/** 核码的人不该读到的十种情形：每种一个自己的缘由，答复里没有一个字说得出是谁、有没有这个人。 */
describe('苏服码：不该读的', () => {
  let codes: CodeWorld
  let world: World
  let holder: Somebody
  let serial = 40
  before(async () => {
    codes = await startCodeWorld()
    ;({ world } = codes)
  })
  beforeEach(async () => {
    world.pass(30 * minute)
    serial += 1
    const idNumber = demoIdNumber('1991-01-01', serial)
    holder = await arrive(world, { ...stranger, name: '欧阳演示', idNumber, phone: `161000000${serial}` })
  })
  after(async () => {
    await world.close()
  })

  const issue = async () => (await codes.issue(holder.browser)).text
  const scan = (code: string, fields?: string[]) => codes.ask({ code, scene: 'queue', ...(fields && { fields }) })
  const leave = () => holder.browser.send({ method: 'POST', url: '/api/v1/identity/logout' })
  const closeAccount = () => api(holder.browser, 'POST', '/identity/account/close', { confirm: '注销账号' }, 204)
  const madeUp = encodeOnline({ issuer: '320281', token: new Uint8Array(16).fill(3) })

  function saysNobody({ body }: Reply): void {
    const { idNumber, phone } = holder.person
    for (const word of ['欧阳', idNumber, idNumber.slice(-4), phone ?? '', holder.selfId, holder.me.accountId]) {
      assert.ok(!withoutIds(body).includes(word) && !body.includes(holder.selfId), `答复里有 ${word}`)
    }
  }

  const online: [what: string, reason: string, ask: () => Promise<Reply>][] = [
    ['重放：读过的再读', 'code_used', async () => {
      const text = await issue()
      assert.equal((await scan(text)).statusCode, 200)
      return scan(text)
    }],
    ['两个核码端同一时刻：恰好一个读到，另一个说用过', 'code_used', async () => {
      const text = await issue()
      const both = await Promise.all([scan(text), codes.ask({ code: text, scene: 'queue' }, 'hall-kiosk')])
      const [won, lost] = both.sort((one, other) => one.statusCode - other.statusCode)
      assert.equal(won?.statusCode, 200)
      return lost ?? assert.fail()
    }],
    ['66 秒前的截屏', 'code_expired', async () => {
      const text = await issue()
      world.pass(66_000 - 1)
      return scan(text)
    }],
    ['编的令牌', 'code_unknown', () => scan(madeUp)],
    ['别处发的', 'wrong_issuer', async () => scan((await issue()).replace('320281', '320200'))],
    ['多要一格', 'beyond_scene', async () => scan(await issue(), ['identity.name', 'identity.phone'])],
    ['退出了登录的设备', 'device_revoked', async () => {
      const text = await issue()
      await leave()
      return scan(text)
    }],
    ['注销了的账号', 'holder_unavailable', async () => {
      const text = await issue()
      await closeAccount()
      return scan(text)
    }]
  ]
  for (const [what, reason, ask] of online) {
    test(`在线码，${what} → ${reason}`, async () => {
      const reply = await ask()
      const { errors = [], traceId, ...problem } = reply.json<Problem>()
      assert.ok(traceId)
      assert.deepEqual([reply.statusCode, problem.code, errors.map(({ code }) => code)], [409, 'code_refused', [reason]])
      assert.deepEqual(Object.keys(problem).sort(), ['code', 'detail', 'status', 'title', 'type'], '不多一样')
      saysNobody(reply)
    })
  }

  interface Phone {
    device: Device
    /** 此刻的离线码。 */
    code: () => string
    certificate: Awaited<ReturnType<typeof certify>>
  }
  async function phone(): Promise<Phone> {
    const device = newDevice()
    const certificate = await certify(world, device, holder.browser)
    return { device, certificate, code: () => device.code(certificate, world.deps.now()) }
  }
  function report(code: string, at = world.deps.now(), reader = 'hall-desk') {
    world.pass(1)
    const readings = [{ code, scene: 'queue', at: new Date(at).toISOString() }]
    const headers = { 'x-reader': reader }
    return world.app.inject({ method: 'POST', url: '/api/v1/codes/readings/offline', payload: { readings }, headers })
  }

  const offline: [what: string, reason: string, ask: (phone: Phone) => Promise<Reply>][] = [
    ['重放：别的核码端也读了同一个', 'replayed', async ({ code }) => {
      const shown = code()
      await report(shown)
      return report(shown, world.deps.now(), 'hall-kiosk')
    }],
    ['同一时刻报来的两份：一份记下，另一份是重放', 'replayed', async ({ code }) => {
      const shown = code()
      const both = await Promise.all([report(shown), report(shown, world.deps.now(), 'hall-kiosk')])
      const outcomes = both.map((reply) => reply.json<OfflineReported>().results[0]?.outcome)
      assert.deepEqual([...outcomes].sort(), ['recorded', 'replayed'])
      return both[outcomes.indexOf('replayed')] ?? assert.fail()
    }],
    ['两分钟以前的', 'code_expired', ({ code }) => {
      const shown = code()
      world.pass(2 * minute)
      return report(shown)
    }],
    ['两分钟以后的', 'clock_ahead', ({ device, certificate }) => report(device.code(certificate, world.deps.now() + 2 * minute))],
    ['别人的证书配自己的钥匙', 'certificate_forged', ({ certificate }) => report(newDevice().code(certificate, world.deps.now()))],
    ['证书过了期', 'certificate_expired', ({ code }) => {
      world.pass(day)
      return report(code())
    }],
    ['别处发的', 'wrong_issuer', ({ device, certificate }) => report(device.code({ ...certificate, issuer: '320200' }, world.deps.now()))],
    ['退出了登录的设备', 'certificate_revoked', async ({ code }) => {
      await leave()
      world.pass(1000)
      return report(code())
    }],
    ['注销了的账号：核码端分不出与退出登录有什么不同', 'certificate_revoked', async ({ code }) => {
      await closeAccount()
      world.pass(1000)
      return report(code())
    }]
  ]
  for (const [what, reason, ask] of offline) {
    test(`离线码，${what} → ${reason}`, async () => {
      const reply = await ask(await phone())
      const outcome = reason === 'replayed' ? 'replayed' : 'refused'
      assert.deepEqual([reply.statusCode, reply.json()], [200, { results: [{ outcome, reason }] }], '不多一样')
      saysNobody(reply)
    })
  }

  test('有这个人没有这个人，答复一字不差：签名不成立的、多要的、早已忘掉的码', async () => {
    const bare = ({ body, statusCode }: Reply) => ({ statusCode, ...(JSON.parse(body) as Problem), traceId: '' })
    const text = await issue()
    assert.deepEqual(bare(await scan(text, ['identity.phone'])), bare(await scan(madeUp, ['identity.phone'])))
    world.outside.callbacksHold = false
    const [forged, nobody] = [await scan(text), await scan(madeUp)]
    world.outside.callbacksHold = true
    assert.deepEqual([forged.statusCode, bare(forged)], [401, bare(nobody)])
    await closeAccount()
    world.pass(day)
    await sweepCodes(world.deps)
    assert.deepEqual(bare(await scan(text)), bare(await scan(madeUp)))
  })
})
