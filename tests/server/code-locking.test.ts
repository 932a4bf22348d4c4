import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { Me } from '../../contract/identity'
import type { MessageList } from '../../contract/messages'
import type { OfflineReported } from '../../contract/gateways/readers'
import type { Problem } from '../../contract/problems'
import { demoIdNumber } from '../../mock/numbers'
import { sweepCodes } from '../../server/modules/code/sweep'
import { startCodeWorld, type CodeWorld } from './codes'
import { certify, newDevice } from './device'
import { api } from './journey'
import { confirmAgain, refresh, signIn, type Browser, type Reply } from './sign-in'
import { stranger, type World } from './world'

const minute = 60_000
const day = 24 * 60 * minute

describe('苏服码：锁定、两处同时、打扫', () => {
  let codes: CodeWorld
  let world: World
  let browser: Browser
  let person = stranger
  let serial = 20
  before(async () => {
    codes = await startCodeWorld()
    ;({ world } = codes)
  })
  // Everybody begins without a failure.
  beforeEach(async () => {
    serial += 1
    person = { ...stranger, name: '夏演示', idNumber: demoIdNumber('1990-09-09', serial) }
    browser = (await signIn(world, person)).browser
  })
  after(async () => {
    await world.close()
  })

  const queue = (text: string) => ({ code: text, scene: 'queue' })
  const tryIssue = () => browser.send({ method: 'POST', url: '/api/v1/codes' })
  const tryCertify = () =>
    browser.send({ method: 'POST', url: '/api/v1/codes/certificates', payload: newDevice().request(world.deps.now()) })
  const codeOf = (reply: Reply) => [reply.statusCode, reply.json<Problem>().code]
  const titles = async () => (await api<MessageList>(browser, 'GET', '/messages')).messages.map(({ title }) => title)
  const countOf = async (table: string, accountId: string) =>
    (await world.deps.pool.query(`select 1 from ${table} where account_id = $1`, [accountId])).rowCount
  /** A code that was read, read again as often. */
  async function fail(times: number): Promise<string> {
    const { text } = await codes.issue(browser)
    await codes.read(queue(text))
    for (let time = 0; time < times; time += 1) assert.equal(await codes.refusal(queue(text)), 'code_used')
    return text
  }

  describe('10 分钟里 5 次核验没有通过', () => {
    test('四次不锁；第五次锁 15 分钟：不发码、不签证书，亮着的码读不了；到时就开', async () => {
      const { text: open } = await codes.issue(browser)
      const used = await fail(4)
      await codes.issue(browser)
      assert.equal(await codes.refusal(queue(used)), 'code_used')
      const locked = await tryIssue()
      assert.deepEqual([codeOf(locked), codeOf(await tryCertify())], [[409, 'code_locked'], [409, 'code_locked']])
      assert.deepEqual([locked.headers['retry-after'], locked.json<Problem>().detail?.includes('5 次')], ['900', true])
      assert.equal(await codes.refusal(queue(open)), 'holder_unavailable')
      assert.equal(await codes.refusal(queue(used)), 'holder_unavailable', '锁着时不再说码用没用过')
      assert.deepEqual((await titles()).filter((title) => title.includes('锁定')), ['苏服码锁定 15 分钟'])
      world.pass(15 * minute - 10)
      assert.deepEqual(codeOf(await tryIssue()), [409, 'code_locked'])
      world.pass(10)
      await refresh(browser)
      await codes.read(queue((await codes.issue(browser)).text))
    })

    test('隔得久的不算：任何五次都跨过 10 分钟，不锁', async () => {
      for (let time = 0; time < 6; time += 1) {
        await fail(1)
        world.pass(151_000)
      }
      await refresh(browser)
      await codes.issue(browser)
    })

    test('过期的、退出了的也算；只锁这一个账号', async () => {
      const { text } = await codes.issue(browser)
      world.pass(66_000)
      for (let time = 0; time < 3; time += 1) assert.equal(await codes.refusal(queue(text)), 'code_expired')
      const phone = (await signIn(world, person)).browser
      const { text: left } = await codes.issue(phone)
      await phone.send({ method: 'POST', url: '/api/v1/identity/logout' })
      for (let time = 0; time < 2; time += 1) assert.equal(await codes.refusal(queue(left)), 'device_revoked')
      assert.deepEqual(codeOf(await tryIssue()), [409, 'code_locked'])
      const neighbour = { ...person, idNumber: demoIdNumber('1990-09-09', serial + 100) }
      await codes.issue((await signIn(world, neighbour)).browser)
    })

    test('离线码补报里过了期的也算', async () => {
      const device = newDevice()
      const certificate = await certify(world, device, browser)
      world.pass(5 * minute)
      const at = new Date(world.deps.now())
      const readings = [1, 2, 3, 4, 5].map((ago) => ({
        code: device.code(certificate, at.getTime() - 120_000 - ago * 1000), scene: 'queue', at: at.toISOString()
      }))
      const url = '/api/v1/codes/readings/offline'
      const reply = await world.app.inject({ method: 'POST', url, payload: { readings }, headers: { 'x-reader': 'hall-desk' } })
      assert.deepEqual(reply.json<OfflineReported>().results.map(({ reason }) => reason), Array.from({ length: 5 }, () => 'code_expired'))
      assert.deepEqual(codeOf(await tryIssue()), [409, 'code_locked'])
    })

    test('核码端自己的错、本人没点同意、不答：多少次都不锁', async () => {
      const { text } = await codes.issue(browser)
      for (let time = 0; time < 7; time += 1) {
        assert.equal(await codes.refusal(queue(text), 'nobody'), 'reader_unknown')
        assert.equal(await codes.refusal({ code: text, scene: 'hotel' }), 'scene_not_registered')
        assert.equal(await codes.refusal({ code: text, scene: 'queue', fields: ['identity.phone'] }), 'beyond_scene')
        assert.equal(await codes.refusal({ code: text, scene: 'bidding' }, 'hall-kiosk'), 'holder_kind')
        const { readingId } = await codes.await({ code: (await codes.issue(browser)).text, scene: 'counter' })
        const url = `/api/v1/codes/pending-readings/${readingId}/answer`
        if (time > 1) await browser.send({ method: 'POST', url, payload: { agree: false } })
      }
      world.pass(minute)
      await sweepCodes(world.deps)
      await codes.issue(browser)
    })

    test('锁定时点同意：不给', async () => {
      const { readingId } = await codes.await({ code: (await codes.issue(browser)).text, scene: 'counter' })
      await fail(5)
      const url = `/api/v1/codes/pending-readings/${readingId}/answer`
      assert.equal((await browser.send({ method: 'POST', url, payload: { agree: true } })).statusCode, 410)
    })
  })

  describe('同一个码在两家单位几乎同时被读', () => {
    test('第二处不算数，本人收到通知；再确认一次是本人以前，不发码也不签证书', async () => {
      const { text } = await codes.issue(browser)
      await codes.read(queue(text))
      assert.equal(await codes.refusal({ code: text, scene: 'library' }, 'library-desk'), 'code_used')
      assert.equal(await codes.refusal({ code: text, scene: 'library' }, 'library-desk'), 'code_used')
      assert.deepEqual((await titles()).filter((title) => title.includes('两处')), ['同一个码在两处被读'])
      const asked = [403, 'reauthentication_required']
      assert.deepEqual([codeOf(await tryIssue()), codeOf(await tryCertify())], [asked, asked])
      world.pass(60 * minute)
      await refresh(browser)
      assert.deepEqual(codeOf(await tryIssue()), asked, '时间过去也不行')
      await confirmAgain(world, browser, person)
      await codes.read(queue((await codes.issue(browser)).text))
    })

    test('先前确认过的不算：要在那以后再确认', async () => {
      await confirmAgain(world, browser, person)
      world.pass(1000)
      const { text } = await codes.issue(browser)
      await codes.read(queue(text))
      await codes.ask({ code: text, scene: 'library' }, 'library-desk')
      assert.deepEqual(codeOf(await tryIssue()), [403, 'reauthentication_required'])
    })

    test('同一家单位的两台、相隔三分钟以上的：不算两处', async () => {
      const { text } = await codes.issue(browser)
      await codes.read(queue(text))
      assert.equal(await codes.refusal(queue(text), 'hall-kiosk'), 'code_used')
      world.pass(3 * minute)
      assert.equal(await codes.refusal({ code: text, scene: 'library' }, 'library-desk'), 'code_used')
      await codes.issue(browser)
    })
  })

  describe('同一个离线码在两家单位几乎同时被读，联网后补报', () => {
    const report = async (reader: string, scene: string, code: string, at: number) => {
      const payload = { readings: [{ code, scene, at: new Date(at).toISOString() }] }
      const url = '/api/v1/codes/readings/offline'
      const reply = await world.app.inject({ method: 'POST', url, payload, headers: { 'x-reader': reader } })
      return reply.json<OfflineReported>().results.map(({ outcome, reason }) => reason ?? outcome)
    }
    const shown = async () => {
      const device = newDevice()
      const certificate = await certify(world, device, browser)
      world.pass(5 * minute)
      const at = world.deps.now()
      return { at, code: device.code(certificate, at), next: (instant: number) => device.code(certificate, instant) }
    }

    test('后报的不算数，本人收到通知；再确认一次是本人以前，不发码也不签证书；重报不再说', async () => {
      const { at, code } = await shown()
      assert.deepEqual(await report('hall-desk', 'queue', code, at), ['recorded'])
      await codes.issue(browser)
      assert.deepEqual(await report('museum-gate', 'museum', code, at + 80_000), ['replayed'])
      const asked = [403, 'reauthentication_required']
      assert.deepEqual([codeOf(await tryIssue()), codeOf(await tryCertify())], [asked, asked])
      world.pass(minute)
      await confirmAgain(world, browser, person)
      await codes.issue(browser)
      assert.deepEqual(await report('museum-gate', 'museum', code, at + 80_000), ['replayed'])
      await codes.issue(browser)
      assert.deepEqual((await titles()).filter((title) => title.includes('两处')), ['同一个码在两处被读'])
    })

    test('同一家单位的两台不算两处；另一家过了几天才补报，照样算', async () => {
      const { at, code, next } = await shown()
      const earlier = next(at - minute)
      for (const [kiosk, expected] of [['hall-desk', 'recorded'], ['hall-kiosk', 'replayed']] as const)
        assert.deepEqual(await report(kiosk, 'queue', earlier, at - minute), [expected])
      await codes.issue(browser)
      assert.deepEqual(await report('hall-desk', 'queue', code, at), ['recorded'])
      world.pass(5 * day)
      assert.deepEqual(await report('museum-gate', 'museum', code, at + 30_000), ['replayed'])
      browser = (await signIn(world, person)).browser
      assert.deepEqual(codeOf(await tryIssue()), [403, 'reauthentication_required'])
      await confirmAgain(world, browser, person)
      await codes.issue(browser)
    })
  })

  describe('打扫与注销', () => {
    test('码过了 10 分钟忘掉，足迹留着；打扫两遍也一样', async () => {
      const { id, text } = await codes.issue(browser)
      await codes.read(queue(text))
      world.pass(10 * minute - 10)
      await sweepCodes(world.deps)
      assert.equal((await codes.status(browser, id)).status, 'used')
      world.pass(10)
      await sweepCodes(world.deps)
      await sweepCodes(world.deps)
      assert.equal((await browser.send({ url: `/api/v1/codes/${id}` })).statusCode, 404)
      assert.equal(await codes.refusal(queue(text)), 'code_unknown')
      assert.equal((await codes.latest(browser))?.action, 'read')
    })

    test('失败过了 25 分钟忘掉；锁着的不会因为打扫就开', async () => {
      const { accountId } = await api<Me>(browser, 'GET', '/identity/me')
      await fail(5)
      world.pass(14 * minute)
      await sweepCodes(world.deps)
      assert.deepEqual(codeOf(await tryIssue()), [409, 'code_locked'])
      world.pass(11 * minute + 10)
      await sweepCodes(world.deps)
      assert.equal(await countOf('code_failure', accountId), 0)
    })

    test('证书到期后留七天，好核对补报；再往后忘掉', async () => {
      const { accountId } = await api<Me>(browser, 'GET', '/identity/me')
      await certify(world, newDevice(), browser)
      world.pass(8 * day - 1000)
      await sweepCodes(world.deps)
      assert.equal(await countOf('code_certificate', accountId), 1)
      world.pass(2000)
      await sweepCodes(world.deps)
      assert.equal(await countOf('code_certificate', accountId), 0)
    })

    test('注销：失败与疑点当即抹掉', async () => {
      const { accountId } = await api<Me>(browser, 'GET', '/identity/me')
      const { text } = await codes.issue(browser)
      await codes.read(queue(text))
      await codes.ask({ code: text, scene: 'library' }, 'library-desk')
      const left = () => Promise.all(['code_failure', 'code_suspicion'].map((table) => countOf(table, accountId)))
      assert.deepEqual(await left(), [1, 1])
      await api(browser, 'POST', '/identity/account/close', { confirm: '注销账号' }, 204)
      assert.deepEqual(await left(), [0, 0])
    })
  })
})
