import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { CertifyDevice, CodeIssuer, DeviceCertificate } from '../../contract/codes'
import type { Me } from '../../contract/identity'
import type { Problem } from '../../contract/problems'
import { base64UrlOf } from '../../domain/code/base64url'
import { readOffline } from '../../domain/code/offline'
import { demoIdNumber } from '../../mock/numbers'
import { verifyEd25519 } from '../../server/modules/code/certificates'
import { recordSubject, relate } from '../../server/modules/identity/subjects'
import { founder } from './cases'
import { company, motherEachTime, signInCompany, type CodeWorld } from './codes'
import { daughter, delegate, elder } from './delegating'
import { certify as certifyWith, newDevice, type Device } from './device'
import { api } from './journey'
import { actingFor, arrive, openBrowser, signIn, type Browser } from './sign-in'
import { mother, stranger, type World } from './world'

const minute = 60_000
const day = 24 * 60 * minute

describe('离线码：设备的证书', () => {
  let codes: CodeWorld
  let world: World
  let browser: Browser
  motherEachTime(60 * minute, (begun) => {
    ({ codes, world, browser } = begun)
  })

  const now = () => world.deps.now()
  const ask = (device: Device, by = browser, over: Partial<CertifyDevice> = {}, at = now()) =>
    by.send({ method: 'POST', url: '/api/v1/codes/certificates', payload: { ...device.request(at), ...over } })
  const certify = (device: Device, by = browser) => certifyWith(world, device, by)
  async function refused(...asked: Parameters<typeof ask>): Promise<[number, string, string | undefined]> {
    const reply = await ask(...asked)
    const { code, errors } = reply.json<Problem>()
    return [reply.statusCode, code, errors?.[0]?.code]
  }
  const issuer = async () => (await openBrowser(world).send({ url: '/api/v1/codes/issuer' })).json<CodeIssuer>()
  const revoked = async (...certificates: DeviceCertificate[]) => {
    const { revokedCertificates } = await issuer()
    return certificates.map(({ id }) => revokedCertificates.includes(id))
  }
  /** As a reader without network reads it, which knows what the issuer publishes. */
  async function readAt(text: string, at: number) {
    const { issuer: where, keys } = await issuer()
    const known = Object.fromEntries(keys.map(({ number, publicKey }) => [number, new Uint8Array(Buffer.from(publicKey, 'base64url'))]))
    return readOffline(text, { issuers: { [where]: known }, now: Math.floor(at / 1000), verify: verifyEd25519 })
  }
  const newcomer = async (name: string, serial: number) =>
    (await signIn(world, { ...stranger, name, idNumber: demoIdNumber('1990-02-02', serial) })).browser

  describe('证书', () => {
    test('签给此刻的主体：打码的姓名、证件末四位、24 小时；照它拼的码，没有网络也验得过', async () => {
      const device = newDevice()
      const certificate = await certify(device)
      assert.deepEqual(
        [certificate.holder, certificate.name, certificate.idLastFour, certificate.minutes, certificate.from * 1000 <= now()],
        ['person', '林*', mother.idNumber.slice(-4), 1440, true]
      )
      assert.equal(Date.parse(certificate.serverTime), now())
      const read = await readAt(device.code(certificate, now()), now())
      assert.ok(read.ok)
      assert.equal(base64UrlOf(read.code.certificate.id), certificate.id)
      assert.ok(!JSON.stringify(certificate).includes(mother.idNumber))
    })

    test('企业的：名称与信用代码末四位；名称太长，按字截短', async () => {
      const ofCompany = await certify(newDevice(), await signInCompany(world))
      assert.deepEqual([ofCompany.holder, ofCompany.idLastFour], ['company', company.idCode.slice(-4)])
      assert.equal(ofCompany.name, company.name)
      const { browser: owner, me } = await signIn(world, founder)
      const long = { kind: 'legal_person', name: '江阴市长寿路街道演示电子商务进出口有限责任公司', idCode: '91320281000000002X' } as const
      const subject = await recordSubject(world.deps.pool, world.deps, long)
      await relate(world.deps.pool, world.deps, me.accountId, subject, 'legalRepresentative')
      const device = newDevice()
      const certificate = await certify(device, actingFor(owner, subject))
      assert.equal(certificate.name, long.name.slice(0, 13))
      const code = device.code(certificate, now())
      assert.ok((await readAt(code, now())).ok)
      assert.ok(code.length <= 366, '装得进版本 11')
    })

    test('不超过登录的期限', async () => {
      const short = await newcomer('孔演示', 11)
      const { accountId } = await api<Me>(short, 'GET', '/identity/me')
      const endAt = (end: number) =>
        world.deps.pool.query('update session set expires_at = $1 where account_id = $2', [new Date(end), accountId])
      await endAt(now() + 90 * minute + 1)
      assert.equal((await certify(newDevice(), short)).minutes, 90)
      await endAt(now() + minute - 1)
      assert.deepEqual((await refused(newDevice(), short)).slice(0, 2), [401, 'session_expired'])
    })

    test('钟差五分钟以内收，多一秒不收，答复里有服务端的时刻', async () => {
      const device = newDevice()
      const second = Math.floor(now() / 1000) * 1000
      for (const off of [300_000, -300_000]) assert.equal((await ask(device, browser, {}, second + off)).statusCode, 201)
      for (const off of [301_000, -301_000]) {
        const reply = await ask(device, browser, {}, second + off)
        const { code, errors, current } = reply.json<Problem & { current?: { serverTime: string } }>()
        assert.deepEqual([code, errors?.[0]?.code, current?.serverTime], ['invalid_fields', 'clock_off', new Date(now()).toISOString()])
      }
    })

    test('拿不出私钥的：别的钥匙签的、别的时刻签的、改过一位的，都不签', async () => {
      const [mine, theirs] = [newDevice(), newDevice()]
      const { proof } = theirs.request(now())
      const wrong = [422, 'invalid_fields', 'proof_invalid']
      assert.deepEqual(await refused(mine, browser, { proof }), wrong)
      assert.deepEqual(await refused(mine, browser, { publicKey: theirs.publicKey }), wrong)
      assert.deepEqual(await refused(mine, browser, { signedAt: Math.floor(now() / 1000) - 1 }), wrong)
      const changed = Buffer.from(mine.request(now()).proof, 'base64url')
      changed.writeUInt8(changed.readUInt8(0) ^ 1)
      assert.deepEqual(await refused(mine, browser, { proof: changed.toString('base64url') }), wrong)
    })

    test('还没有证件号的新生儿：不签，联网的码照样有', async () => {
      const { browser: parent, me } = await signIn(world, mother)
      const child = await recordSubject(world.deps.pool, world.deps, { kind: 'natural_person', name: '林小宝', idCode: null })
      await relate(world.deps.pool, world.deps, me.accountId, child, 'guardian')
      const forChild = actingFor(parent, child)
      assert.deepEqual(await refused(newDevice(), forChild), [409, 'illegal_transition', 'no_id_code'])
      await codes.issue(forChild)
    })

    test('代办人不签：授权要联网才核得了', async () => {
      const [giver, to] = [await arrive(world, elder), await arrive(world, daughter)]
      await delegate(world, giver, to, { scenes: ['queue'] })
      assert.deepEqual((await refused(newDevice(), actingFor(to.browser, giver.selfId))).slice(0, 2), [403, 'beyond_delegation'])
    })

    test('没有同意孩子的信息：不签孩子的', async () => {
      const parent = await newcomer('严演示', 12)
      const { accountId } = await api<Me>(parent, 'GET', '/identity/me')
      const child = await recordSubject(world.deps.pool, world.deps, {
        kind: 'natural_person', name: '严小宝', idCode: demoIdNumber('2020-03-03', 13)
      })
      await relate(world.deps.pool, world.deps, accountId, child, 'guardian')
      const device = newDevice()
      const before = await certify(device, actingFor(parent, child))
      await api(parent, 'POST', '/identity/consents/withdraw', { kinds: ['minor'] })
      assert.deepEqual((await refused(newDevice(), actingFor(parent, child))).slice(0, 2), [403, 'consent_required'])
      assert.deepEqual(await revoked(before), [true], '先前的也作废')
    })

    test('没有登录、少一段、长短不对的，都不签', async () => {
      assert.equal((await ask(newDevice(), openBrowser(world))).statusCode, 401)
      for (const over of [{ publicKey: 'AAAA' }, { proof: '' }, { signedAt: -1 }, { proof: '='.repeat(86) }]) {
        assert.deepEqual((await refused(newDevice(), browser, over)).slice(0, 2), [422, 'invalid_fields'])
      }
    })
  })

  describe('谁都能问的签发方', () => {
    test('公钥验得过证书；同一台设备换了钥匙，旧的作废；同一把钥匙续签，旧的照用', async () => {
      const [first, second] = [newDevice(), newDevice()]
      const old = await certify(first)
      const renewed = await certify(first)
      assert.deepEqual(await revoked(old, renewed), [false, false])
      const replaced = await certify(second)
      assert.deepEqual(await revoked(old, renewed, replaced), [true, true, false])
      const other = (await signIn(world, mother)).browser
      await certify(newDevice(), other)
      assert.deepEqual(await revoked(replaced), [false], '另一台设备不影响这一台')
    })

    test('退出登录、注销账号：还没到期的都列出来；到期了就不再列', async () => {
      const [leaving, closing] = [(await signIn(world, mother)).browser, await newcomer('毛演示', 14)]
      const [left, closed, kept] = [await certify(newDevice(), leaving), await certify(newDevice(), closing), await certify(newDevice())]
      await leaving.send({ method: 'POST', url: '/api/v1/identity/logout' })
      await api(closing, 'POST', '/identity/account/close', { confirm: '注销账号' }, 204)
      assert.deepEqual(await revoked(left, closed, kept), [true, true, false])
      world.pass(day)
      assert.deepEqual(await revoked(left, closed, kept), [false, false, false])
    })

    test('不再是法定代表人：企业的证书作废；又是了，也不活回来', async () => {
      const acting = await signInCompany(world)
      const certificate = await certify(newDevice(), acting)
      const newest = 'select subject_id from code_certificate order by issued_at desc limit 1'
      const ofCompany = `role = 'legalRepresentative' and subject_id = (${newest})`
      await world.deps.pool.query(`update relation set until = $1 where ${ofCompany}`, [new Date(now())])
      assert.deepEqual(await revoked(certificate), [true])
      world.pass(1000)
      await world.deps.pool.query(`update relation set until = null, since = $1 where ${ofCompany}`, [new Date(now())])
      assert.deepEqual(await revoked(certificate), [true])
    })

    test('收回隐私说明的同意：作废', async () => {
      const shy = await newcomer('花演示', 15)
      const certificate = await certify(newDevice(), shy)
      await api(shy, 'POST', '/identity/consents/withdraw', { kinds: ['privacy'] })
      assert.deepEqual(await revoked(certificate), [true])
    })

    test('刚登录、刚同意，同一秒里就签的：是好的', async () => {
      world.pass(999 - (now() % 1000))
      assert.deepEqual(await revoked(await certify(newDevice(), await newcomer('和演示', 17))), [false])
    })

    test('只有编号，没有是谁；可以缓存一分钟', async () => {
      const reply = await openBrowser(world).send({ url: '/api/v1/codes/issuer' })
      assert.deepEqual(Object.keys(reply.json<CodeIssuer>()).sort(), ['at', 'issuer', 'keys', 'revokedCertificates'])
      assert.match(String(reply.headers['cache-control']), /max-age=60/)
    })
  })
})
