import assert from 'node:assert/strict'
import { generateKeyPairSync, sign } from 'node:crypto'
import { describe, test } from 'node:test'
import type { DeviceCertificate } from '../../contract/codes'
import type { OfflineReported } from '../../contract/gateways/readers'
import type { Problem } from '../../contract/problems'
import { base64UrlOf } from '../../domain/code/base64url'
import { certificateMessage, codeMessage, decodeCode, encodeOffline, type OfflineCode } from '../../domain/code/format'
import { demoIdNumber } from '../../mock/numbers'
import { sweepCodes } from '../../server/modules/code/sweep'
import { motherEachTime, refusalOf, withoutIds, type CodeWorld } from './codes'
import { certify, newDevice } from './device'
import { api } from './journey'
import { signIn, type Browser } from './sign-in'
import { mother, stranger, type World } from './world'

const minute = 60_000
const day = 24 * 60 * minute

describe('离线码：补报', () => {
  let codes: CodeWorld
  let world: World
  let browser: Browser
  motherEachTime(60 * minute, (begun) => {
    ({ codes, world, browser } = begun)
  })

  const now = () => world.deps.now()
  type Reading = { code: string; scene?: string; at?: number }
  const send = (asked: Reading[], reader = 'hall-desk') => {
    world.pass(1)
    const readings = asked.map(({ code, scene = 'queue', at = now() }) => ({ code, scene, at: new Date(at).toISOString() }))
    const payload = { readings }
    return world.app.inject({ method: 'POST', url: '/api/v1/codes/readings/offline', payload, headers: { 'x-reader': reader } })
  }
  async function report(reading: Reading, reader?: string) {
    const reply = await send([reading], reader)
    assert.equal(reply.statusCode, 200, reply.body)
    for (const secret of [mother.name, '林*', mother.idNumber.slice(-4)]) assert.ok(!withoutIds(reply.body).includes(secret), '不透露是谁')
    const { outcome, reason } = reply.json<OfflineReported>().results[0] ?? assert.fail()
    return reason === null ? outcome : `${outcome} ${reason}`
  }
  const fresh = async (by = browser) => {
    const device = newDevice()
    const certificate = await certify(world, device, by)
    return { device, certificate, code: (at = now()) => device.code(certificate, at) }
  }
  const latest = async () => (await codes.latest(browser)) ?? assert.fail('没有足迹')
  const reportsKept = async (certificate: DeviceCertificate) => {
    const id = Buffer.from(certificate.id, 'base64url').toString('hex')
    const { rows } = await world.deps.pool.query('select 1 from offline_reading where certificate_id = $1::uuid', [id])
    return rows.length
  }
  /** The code with another certificate signature or signature of the device. */
  const decoded = (text: string): OfflineCode => {
    const read = decodeCode(text)
    assert.ok(read.ok && read.code.form === 'offline')
    return read.code
  }

  test('记下；足迹写着读的时刻、没有网络、哪几格；重报照样答，只记一次', async () => {
    const { code, certificate } = await fresh()
    const reading = { code: code(), at: now() }
    world.pass(10 * minute)
    const count = async () => (await codes.traces(browser)).length
    const before = await count()
    assert.equal(await report(reading), 'recorded')
    assert.deepEqual([await report(reading), await report({ ...reading, at: reading.at + 1000 })], ['recorded', 'recorded'])
    assert.deepEqual([await count(), await reportsKept(certificate)], [before + 1, 1])
    const trace = (await codes.traces(browser)).find(({ purpose }) => purpose.includes('离线码'))
    assert.deepEqual([Date.parse(trace?.at ?? ''), trace?.action], [reading.at, 'read'])
    assert.deepEqual(trace?.fields, ['姓名（打码）', '证件号（末四位）'])
  })

  test('一次报许多条，逐条答；同一个码一起报两遍也只记一次', async () => {
    const { code, certificate } = await fresh()
    world.pass(5 * minute)
    const at = now()
    const reply = await send([{ code: code(at), at }, { code: code(at - minute), at: at - minute }, { code: 'https://example.org/' }])
    assert.deepEqual(reply.json<OfflineReported>().results, [
      { outcome: 'recorded', reason: null },
      { outcome: 'recorded', reason: null },
      { outcome: 'refused', reason: 'not_a_code' }
    ])
    const again = { code: code(at - 2 * minute), at: at - 2 * minute }
    const replies = await Promise.all([send([again, again]), send([again])])
    const outcomes = replies.flatMap((each) => each.json<OfflineReported>().results.map(({ outcome }) => outcome))
    assert.deepEqual([outcomes, await reportsKept(certificate)], [['recorded', 'recorded', 'recorded'], 3])
  })

  test('同一个码两个核码端都读了：先报的记下，后报的是重放；两边同时报，恰好一个记下；两次都留痕，本人收到通知', async () => {
    const { code } = await fresh()
    const reading = { code: code(), at: now() }
    assert.equal(await report(reading), 'recorded')
    assert.equal(await report(reading, 'hall-kiosk'), 'replayed replayed')
    assert.equal(await report(reading, 'hall-kiosk'), 'replayed replayed', '重报照样答')
    assert.equal(await report(reading), 'recorded')
    const told = (await codes.traces(browser)).filter(({ purpose }) => purpose.includes('同一个码别处也读了'))
    assert.deepEqual(told.map(({ at }) => Date.parse(at)), [reading.at], '两次同一时刻，先后不定')
    const { messages } = await api<{ messages: { title: string }[] }>(browser, 'GET', '/messages')
    assert.ok(messages.some(({ title }) => title === '同一个码被读了两次'))
    world.pass(minute)
    const next = { code: code(), at: now() }
    const both = await Promise.all([send([next]), send([next], 'hall-kiosk')])
    assert.deepEqual(both.map((each) => each.json<OfflineReported>().results[0]?.outcome).sort(), ['recorded', 'replayed'])
  })

  test('差两分钟的不收，慢的快的各说各的；90 秒以内的收；本人看得到', async () => {
    const { code } = await fresh()
    const at = Math.floor(now() / 1000) * 1000
    world.pass(10 * minute)
    assert.equal(await report({ code: code(at), at: at + 90_000 }), 'recorded')
    assert.equal(await report({ code: code(at + 1000), at: at + 121_000 }), 'refused code_expired')
    const { purpose, action, fields } = await latest()
    assert.match(purpose, /码已经过期/)
    assert.deepEqual([action, fields], ['refused', ['姓名（打码）', '证件号（末四位）']])
    assert.equal(await report({ code: code(at + 122_000), at: at + 2000 }), 'refused clock_ahead')
    assert.match((await codes.traces(browser)).map(({ purpose }) => purpose).join(), /码的时间在将来/)
  })

  test('伪造的：换了设备签名、换了证书签名、改了一个字节、别处发的、没有的钥匙号；都不算谁的，不留痕', async () => {
    const { code, device, certificate } = await fresh()
    const count = async () => (await codes.traces(browser)).length
    const [before, text] = [await count(), code()]
    const thief = newDevice()
    assert.equal(await report({ code: thief.code(certificate, now()) }), 'refused certificate_forged', '别人的证书配自己的钥匙')
    const { privateKey } = generateKeyPairSync('ed25519')
    const { issuer: where, certificate: own } = decoded(text)
    const selfMade = base64UrlOf(new Uint8Array(sign(null, certificateMessage(where, own), privateKey)))
    assert.equal(await report({ code: device.code({ ...certificate, signature: selfMade }, now()) }), 'refused certificate_forged')
    assert.equal(await report({ code: device.code({ ...certificate, name: '顾*' }, now()) }), 'refused certificate_forged')
    assert.equal(await report({ code: device.code({ ...certificate, minutes: 1441 }, now()) }), 'refused certificate_forged')
    assert.equal(await report({ code: device.code({ ...certificate, issuer: '320200' }, now()) }), 'refused wrong_issuer')
    assert.equal(await report({ code: device.code({ ...certificate, issuerKey: 9 }, now()) }), 'refused unknown_issuer_key')
    const genuine = decoded(text)
    const flipped = genuine.signature.map((byte, at) => (at === 63 ? byte ^ 1 : byte))
    assert.equal(await report({ code: encodeOffline({ ...genuine, signature: flipped }) }), 'refused code_forged')
    assert.equal(await report({ code: (await codes.issue(browser)).text }), 'refused not_offline')
    assert.equal(await count(), before)
  })

  test('设备自己的码被旁人改了时刻重签：说是伪造', async () => {
    const { certificate, device } = await fresh()
    const forged = device.code(certificate, now())
    const { certificate: own, certificateSignature, issuer: where } = decoded(forged)
    const { privateKey } = generateKeyPairSync('ed25519')
    const unsigned = { issuer: where, certificate: own, certificateSignature, time: Math.floor(now() / 1000) }
    const signature = new Uint8Array(sign(null, codeMessage(unsigned), privateKey))
    assert.equal(await report({ code: encodeOffline({ ...unsigned, signature }) }), 'refused code_forged')
  })

  test('证书过了期、还没生效、那时已经作废：不收，各说各的；作废以前读的，晚报也收', async () => {
    const phone = (await signIn(world, mother)).browser
    const { code, certificate } = await fresh(phone)
    const early = { code: code(now() + 1000), at: now() + 1000 }
    const soon = certificate.from * 1000 - 1000
    assert.equal(await report({ code: code(soon), at: soon }), 'refused certificate_not_yet')
    world.pass(2 * minute)
    await phone.send({ method: 'POST', url: '/api/v1/identity/logout' })
    world.pass(minute)
    assert.equal(await report({ code: code() }), 'refused certificate_revoked')
    assert.match((await latest()).purpose, /那时已经作废/)
    assert.equal(await report(early), 'recorded')
    const other = await fresh()
    world.pass(day)
    assert.equal(await report({ code: other.code() }), 'refused certificate_expired')
  })

  test('没登记的场景、不收离线码的场景、将来的、七天以前的', async () => {
    const { code } = await fresh()
    const at = now()
    assert.equal(await report({ code: code(), scene: 'museum' }), 'refused scene_not_registered')
    assert.equal(await report({ code: code(), scene: 'constructor' }), 'refused scene_not_registered')
    assert.equal(await report({ code: code(), scene: 'collect' }), 'refused scene_online_only')
    world.pass(minute)
    assert.equal(await report({ code: code(), at: now() + 92_000 }), 'refused read_in_future')
    world.pass(7 * day)
    assert.equal(await report({ code: code(at), at }), 'refused read_too_long_ago')
  })

  test('没登记的核码端、没有签名：什么也不说', async () => {
    const { code } = await fresh()
    assert.equal(refusalOf(await send([{ code: code() }], 'nobody')), 'reader_unknown')
    world.outside.callbacksHold = false
    const reply = await send([{ code: code() }])
    world.outside.callbacksHold = true
    assert.deepEqual([reply.statusCode, reply.json<Problem>().code], [401, 'signature_invalid'])
    assert.equal((await send([])).statusCode, 422)
    assert.equal((await send(Array.from({ length: 101 }, () => ({ code: 'x' })))).statusCode, 422)
  })

  test('注销的账号：作废以前读的还能报；证书到了期，连同报过的一起忘掉', async () => {
    const leaving = (await signIn(world, { ...stranger, name: '方演示', idNumber: demoIdNumber('1990-02-02', 16) })).browser
    const { code, certificate } = await fresh(leaving)
    const [first, second] = [{ code: code(), at: now() }, { code: code(now() + 1000), at: now() + 1000 }]
    world.pass(minute)
    await api(leaving, 'POST', '/identity/account/close', { confirm: '注销账号' }, 204)
    assert.equal(await report(first), 'recorded')
    assert.equal(await report({ code: code() }), 'refused certificate_revoked')
    world.pass(day)
    await sweepCodes(world.deps)
    assert.equal(await reportsKept(certificate), 0)
    assert.equal(await report(second), 'refused certificate_unknown')
  })
})
