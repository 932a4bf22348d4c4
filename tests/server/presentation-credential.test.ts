import assert from 'node:assert/strict'
import { createHash, generateKeyPairSync, sign, verify as verifySignature, type KeyObject } from 'node:crypto'
import { after, before, beforeEach, describe, mock, test } from 'node:test'
import { getListFromStatusListJWT } from '@sd-jwt/jwt-status-list'
import { SDJwtVcInstance } from '@sd-jwt/sd-jwt-vc'
import type { CredentialIssuer, CredentialType } from '../../contract/credentials'
import type { LibraryLicence } from '../../contract/gateways/licence-library'
import type { LicenceList } from '../../contract/licences'
import { sweep } from '../../server/modules/presentation/sweep'
import { CredentialRefused, verifyCredential, type Trust } from './credential-verifier'
import { api } from './journey'
import { hukou } from './papers'
import { fullIdCard, licenceId, present, tokenOf, verify } from './presenting'
import { openBrowser, signIn, type Browser } from './sign-in'
import { mother, startWorld, type World } from './world'

const origin = 'http://localhost:8080'
const vct = `${origin}/api/v1/licences/credential-types/id-card`

describe('可核凭证（SD-JWT VC）', () => {
  let world: World
  let browser: Browser
  let id: string
  before(async () => {
    world = await startWorld()
  })
  beforeEach(async () => {
    world.outside.licences = [fullIdCard(), hukou(mother)]
    await later()
    id = await licenceId(browser, 'id-card')
  })
  after(async () => {
    await world.close()
  })

  const later = async () => {
    world.pass(11 * 60_000)
    browser = (await signIn(world, mother)).browser
  }
  const trust = (rest: Partial<Trust> = {}): Trust => ({
    issuer: origin,
    vct,
    now: new Date(world.deps.now()),
    fetch: async (url) => {
      const { pathname, origin: host } = new URL(url)
      assert.equal(host, origin)
      const reply = await world.app.inject({ method: 'GET', url: pathname })
      assert.equal(reply.statusCode, 200, `${url} → ${reply.body}`)
      return { type: String(reply.headers['content-type']).split(';')[0] ?? '', body: reply.body }
    },
    ...rest
  })
  const issue = async (wanted: Parameters<typeof present>[2] = {}) => {
    const { sdJwt } = await verify(
      world,
      tokenOf(await present(browser, id, { fields: ['姓名', '性别'], predicates: ['adult'], ...wanted }))
    )
    return sdJwt ?? assert.fail('没有凭证')
  }
  const refused = (text: string, reason: RegExp, rest: Partial<Trust> = {}) =>
    assert.rejects(
      verifyCredential(text, trust(rest)),
      (error) => error instanceof CredentialRefused && reason.test(error.message),
      String(reason)
    )

  test('独立的核验方认它：只有给看的，另有用途与时限', async () => {
    const claims = await verifyCredential(await issue({ purpose: '租房' }), trust())
    const now = Math.floor(world.deps.now() / 1000)
    const { status, ...rest } = claims
    assert.deepEqual(rest, {
      iss: origin,
      iat: now,
      exp: now + 86_400,
      vct,
      purpose: '租房',
      姓名: mother.name,
      性别: '女',
      age_equal_or_over: { 18: true },
      _sd_alg: 'sha-256'
    })
    assert.match(
      JSON.stringify(status),
      /^\{"status_list":\{"idx":\d+,"uri":"http:\/\/localhost:8080\/api\/v1\/licences\/status-lists\/0"\}\}$/
    )
  })

  test('没给看的只剩摘要：什么也不给看时，一个披露都没有', async () => {
    const text = await issue({ fields: [], predicates: [] })
    assert.equal(text.split('~').length, 2)
    const claims = await verifyCredential(text, trust())
    assert.deepEqual(Object.keys(claims.age_equal_or_over as object), [])
    assert.equal((decode(text).payload._sd as string[]).length, 9)
  })

  test('照面上有签发机关的：选了那一格才说是谁发的；没有这一格的照说', async () => {
    const { issuing_authority: authority } = await verifyCredential(await issue({ fields: ['签发机关'], predicates: [] }), trust())
    assert.equal(authority, '演示签发机关')
    const hukouId = await licenceId(browser, 'hukou')
    const { sdJwt } = await verify(world, tokenOf(await present(browser, hukouId, { fields: ['户主姓名'] })))
    const claims = await verifyCredential(sdJwt ?? '', trust({ vct: `${origin}/api/v1/licences/credential-types/hukou` }))
    assert.equal(claims.issuing_authority, '演示签发机关')
    for (const [type, sd] of [['id-card', 'always'], ['hukou', 'never']] as const) {
      const metadata = await api<CredentialType>(openBrowser(world), 'GET', `/licences/credential-types/${type}`)
      assert.equal(metadata.claims.find(({ path }) => path[0] === 'issuing_authority')?.sd, sd)
    }
  })

  test('同一本证亮两次：摘要、盐、状态列表里的格子都不同，两份凭证连不起来', async () => {
    const [one, two] = [decode(await issue()), decode(await issue())]
    assert.deepEqual(
      (one.payload._sd as string[]).filter((digest) => (two.payload._sd as string[]).includes(digest)),
      []
    )
    assert.notDeepEqual(one.payload.status, two.payload.status)
    assert.ok(!('sub' in one.payload) && !('cnf' in one.payload) && !('jti' in one.payload))
  })

  test('证照当天到期：凭证不比证照长命', async () => {
    world.outside.licences = [fullIdCard({ validTo: '2026-11-19' })]
    await later()
    const { exp } = decode(await issue()).payload
    assert.equal(exp, Date.parse('2026-11-19T16:00:00Z') / 1000)
  })

  test('持有者少给一个披露：照样成立，只是少一项', async () => {
    const parts = (await issue()).split('~')
    const fewer = parts.filter((part) => !part || part === parts[0] || !named(part, '姓名')).join('~')
    const claims = await verifyCredential(fewer, trust())
    assert.deepEqual(['姓名' in claims, claims['性别']], [false, '女'])
  })

  describe('动过手脚的，一律不认', () => {
    test('改了披露的内容、改了披露的名字、改了盐', async () => {
      const text = await issue()
      const swap = (change: (parts: [string, string, unknown]) => unknown[]) =>
        text
          .split('~')
          .map((part) => (named(part, '姓名') ? encode(change(readJson(part) as [string, string, unknown])) : part))
          .join('~')
      await refused(
        swap(([salt, name]) => [salt, name, '别人']),
        /不在签名的摘要里/
      )
      await refused(
        swap(([salt, , value]) => [salt, '住址', value]),
        /不在签名的摘要里/
      )
      await refused(
        swap(([salt, name, value]) => [`${salt}A`, name, value]),
        /不在签名的摘要里/
      )
    })

    test('添一个披露、同一个给两次、换成别人那份的披露', async () => {
      const text = await issue()
      await refused(`${text}${encode(['A'.repeat(22), '住址', '别处'])}~`, /不在签名的摘要里/)
      const [, first = ''] = text.split('~')
      await refused(`${text}${first}~`, /给了两次/)
      const other = (await issue({ fields: ['住址'] })).split('~').find((part) => named(part, '住址')) ?? assert.fail()
      await refused(`${text}${other}~`, /不在签名的摘要里/)
    })

    test('改了签名的部分：用途、时限、状态、少一个摘要', async () => {
      const text = await issue()
      const changes: ((payload: Claims) => Claims)[] = [
        (payload) => ({ ...payload, purpose: '贷款' }),
        (payload) => ({ ...payload, exp: Number(payload.exp) + 86_400 }),
        (payload) => ({ ...payload, status: { status_list: { idx: 131_072, uri: `${origin}/api/v1/licences/status-lists/0` } } }),
        (payload) => ({ ...payload, _sd: (payload._sd as string[]).slice(1) })
      ]
      for (const change of changes) {
        const [head = '', body = '', signature = ''] = (text.split('~')[0] ?? '').split('.')
        const jwt = [head, encode(change(readJson(body) as Claims)), signature].join('.')
        await refused([jwt, ...text.split('~').slice(1)].join('~'), /签名的部分不成立/)
      }
    })

    test('别的钥匙签的、alg 写 none、拿公钥当对称密钥', async () => {
      const text = await issue()
      const { privateKey } = generateKeyPairSync('ed25519')
      await refused(resign(text, {}, privateKey), /签名的部分不成立/)
      const { header, payload, tail } = decode(text)
      await refused(`${encode({ ...header, alg: 'none' })}.${encode(payload)}.~${tail}`, /签名的部分不成立/)
      const { jwks } = (await world.app.inject('/.well-known/jwt-vc-issuer')).json<CredentialIssuer>()
      const { createHmac } = await import('node:crypto')
      const input = `${encode({ ...header, alg: 'HS256' })}.${encode(payload)}`
      const mac = createHmac('sha256', Buffer.from(jwks.keys[0]?.x ?? '', 'base64url'))
        .update(input)
        .digest('base64url')
      await refused(`${input}.${mac}~${tail}`, /签名的部分不成立/)
    })

    test('我们自己的钥匙签的，也要 typ、iss、vct、摘要都对', async () => {
      const text = await issue()
      const { privateKey } = world.deps.keys.licenceCredentials
      await verifyCredential(resign(text, {}, privateKey), trust())
      await refused(resign(text, {}, privateKey, { typ: 'JWT' }), /签名的部分不成立/)
      await refused(resign(text, {}, privateKey, { typ: 'vc+sd-jwt' }), /签名的部分不成立/)
      await refused(resign(text, {}, privateKey, { typ: 'application/dc+sd-jwt' }), /typ 不对/)
      await refused(resign(text, { iss: 'https://other.example' }, privateKey), /签名的部分不成立/)
      await refused(resign(text, { vct: `${origin}/api/v1/licences/credential-types/hukou` }, privateKey), /不是这一类凭证/)
      const digests = decode(text).payload._sd as string[]
      await refused(resign(text, { _sd: [...digests, digests[0]] }, privateKey), /摘要重复/)
      await refused(resign(text, { age_equal_or_over: { _sd: digests.slice(0, 1) } }, privateKey), /摘要重复|不在签名的摘要里/)
      await refused(resign(text, { _sd_alg: 'md5' }, privateKey), /摘要算法/)
      await refused(resign(text, { status: undefined }, privateKey), /没有状态/)
      const secretVct = encode(['A'.repeat(22), 'vct', vct])
      const hidden = resign(text, { vct: undefined, _sd: [...digests, digestOf(secretVct)] }, privateKey)
      await refused(`${hidden}${secretVct}~`, /vct 不许选择性披露/)
    })

    test('状态列表不能当凭证，凭证不能当状态列表；要的是别的签发方、别的一类，也不认', async () => {
      const text = await issue()
      const list = (await world.app.inject('/api/v1/licences/status-lists/0')).body
      await refused(`${list}~`, /签名的部分不成立/)
      const { fetch } = trust()
      const swapped = async (url: string) =>
        url.includes('status-lists') ? { type: 'application/statuslist+jwt', body: text.split('~')[0] ?? '' } : fetch(url)
      await refused(text, /签名的部分不成立/, { fetch: swapped })
      await refused(text, /不是这一类凭证/, { vct: `${origin}/api/v1/licences/credential-types/biz-licence` })
      await refused(text, /别的签发方/, { issuer: 'http://localhost:8080/other', fetch: (url) => fetch(url.replace('/other', '')) })
    })

    test('过了时限、还没到时候、带着持有人绑定', async () => {
      const text = await issue()
      await refused(text, /签名的部分不成立/, { now: new Date(world.deps.now() + 86_400_000) })
      await refused(`${text}${encode({ alg: 'none' })}.${encode({})}.`, /持有人绑定/)
    })

    test('捡到的人补一份像样的持有人绑定：没有写明是谁的钥匙，不认', async () => {
      const text = await issue()
      const { privateKey } = generateKeyPairSync('ed25519')
      const binding = { iat: Math.floor(world.deps.now() / 1000), aud: 'https://bank.example', nonce: 'n-1', sd_hash: digestOf(text) }
      const input = `${encode({ typ: 'kb+jwt', alg: 'EdDSA' })}.${encode(binding)}`
      await refused(`${text}${input}.${sign(null, Buffer.from(input), privateKey).toString('base64url')}`, /持有人绑定/)
    })

    test('要持有人绑定（这次的随机数、核验方自己的名字）的核验方：我们不给绑定，它不认', async () => {
      const { publicKey } = world.deps.keys.licenceCredentials
      const holds = (data: string, signature: string) =>
        verifySignature(null, Buffer.from(data), publicKey, Buffer.from(signature, 'base64url'))
      const byLibrary = new SDJwtVcInstance({
        hasher: (data) => createHash('sha256').update(String(data)).digest(),
        verifier: holds,
        statusVerifier: holds,
        kbVerifier: () => true,
        statusListFetcher: async (url) => (await trust().fetch(url)).body
      })
      const text = await issue()
      const options = { currentDate: Math.floor(world.deps.now() / 1000) }
      const { payload } = await byLibrary.verify(text, options)
      assert.equal((payload as Claims)['姓名'], mother.name, '不要绑定的，照标准的另一份实现也认')
      await assert.rejects(byLibrary.verify(text, { ...options, keyBindingNonce: 'n-1' }), /Key Binding/i)
    })
  })

  describe('状态列表', () => {
    test('源头暂扣、恢复、吊销、注销：列表跟着翻；别的证照不受影响', async () => {
      const text = await issue()
      const hukouId = await licenceId(browser, 'hukou')
      const other = (await verify(world, tokenOf(await present(browser, hukouId, { fields: ['户主姓名'] })))).sdJwt ?? ''
      const states: [Partial<LibraryLicence>, RegExp | null][] = [
        [{ status: 'suspended' }, /已暂扣/],
        [{}, null],
        [{ status: 'revoked' }, /已失效/],
        [{ status: 'annulled' }, /已失效/],
        [{}, null],
        [{ status: 'cancelled' }, /已失效/],
        [{}, null]
      ]
      for (const [change, reason] of states) {
        world.outside.licences = [fullIdCard(change), hukou(mother)]
        await later()
        await api<LicenceList>(browser, 'GET', '/licences')
        if (reason) await refused(text, reason)
        else await verifyCredential(text, trust())
        await verifyCredential(other, trust({ vct: `${origin}/api/v1/licences/credential-types/hukou` }))
      }
    })

    test('短时效、可缓存、别的网页也能取；另一个实现也读得出', async () => {
      const text = await issue()
      const reply = await world.app.inject('/api/v1/licences/status-lists/0')
      assert.equal(reply.headers['content-type'], 'application/statuslist+jwt')
      assert.deepEqual([reply.headers['cache-control'], reply.headers['access-control-allow-origin']], ['public, max-age=300', '*'])
      const { payload } = decode(reply.body)
      assert.deepEqual([Number(payload.exp) - Number(payload.iat), payload.ttl], [900, 300])
      const { idx } = (decode(text).payload.status as { status_list: { idx: number } }).status_list
      const list = getListFromStatusListJWT(reply.body)
      assert.deepEqual([list.getBitsPerStatus(), list.statusList.length, list.getStatus(idx)], [2, 131_072, 0])
      assert.ok(reply.body.length < 20_000, '压过的')
    })

    test('半分钟里给同一份，同时来的合着做一份；满半分钟照新的状态做', async () => {
      const { pool } = world.deps
      const ask = async () => (await world.app.inject('/api/v1/licences/status-lists/0')).body
      const text = await issue()
      const read = mock.method(pool, 'query')
      const lists = await Promise.all(Array.from({ length: 12 }, ask))
      const readings = read.mock.calls.filter(({ arguments: [sql] }) => String(sql).includes('from credential_status')).length
      read.mock.restore()
      assert.deepEqual([new Set(lists).size, readings], [1, 1])
      await pool.query("update licence set status = 'revoked' where id = $1", [id])
      world.pass(29_999)
      assert.equal(await ask(), lists[0])
      await verifyCredential(text, trust())
      world.pass(1)
      await refused(text, /已失效/)
      const { iat, exp } = decode(await ask()).payload
      assert.deepEqual([iat, exp], [Math.floor(world.deps.now() / 1000), Math.floor(world.deps.now() / 1000) + 900])
    })

    test('没有开过的不留着，开了就有', async () => {
      const ask = async () => (await world.app.inject('/api/v1/licences/status-lists/3')).statusCode
      assert.equal(await ask(), 404)
      await world.deps.pool.query('insert into credential_status (list, idx, licence_id, expires_at) values (3, 1, $1, $2)', [
        id,
        new Date(world.deps.now() + 1000)
      ])
      assert.equal(await ask(), 200)
    })

    test('证照从这里删掉（注销账号）：那一格算无效', async () => {
      const text = await issue()
      await world.deps.pool.query('delete from licence where id = $1', [id])
      await refused(text, /已失效/)
    })

    test('没有开过的列表：没有；凭证到期后，格子才腾出来', async () => {
      assert.equal((await openBrowser(world).send({ method: 'GET', url: '/api/v1/licences/status-lists/7' })).statusCode, 404)
      await issue()
      const kept = async () =>
        (await world.deps.pool.query('select 1 from credential_status where expires_at >= $1', [new Date(world.deps.now())])).rowCount
      const count = await kept()
      await sweep(world.deps)
      assert.equal(await kept(), count)
      world.pass(25 * 3_600_000)
      await sweep(world.deps)
      assert.equal((await world.deps.pool.query('select 1 from credential_status')).rowCount, 0)
    })
  })

  test('签发方元数据与每一类证照的元数据都取得到；没有的类型说没有', async () => {
    const issuer = (await world.app.inject('/.well-known/jwt-vc-issuer')).json<CredentialIssuer>()
    assert.equal(issuer.issuer, origin)
    const kid = String(decode(await issue()).header.kid)
    assert.deepEqual(
      issuer.jwks.keys.map((key) => key.kid),
      [kid]
    )
    const metadata = await api<CredentialType>(openBrowser(world), 'GET', '/licences/credential-types/id-card')
    assert.equal(metadata.vct, vct)
    const paths = metadata.claims.map(({ path, sd }) => `${path.join('.')} ${sd}`)
    for (const wanted of ['公民身份号码 always', 'age_equal_or_over.18 always', 'purpose never'])
      assert.ok(paths.includes(wanted), paths.join())
    for (const type of ['no-such', 'constructor'])
      await api(openBrowser(world), 'GET', `/licences/credential-types/${type}`, undefined, 404)
  })

  test('换发了新版：旧的那份凭证失效', async () => {
    const text = await issue()
    world.outside.licences = [fullIdCard({ version: 2 })]
    await later()
    await api<LicenceList>(browser, 'GET', '/licences')
    await refused(text, /已失效/)
  })
})

type Claims = Record<string, unknown>
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const readJson = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString())
const digestOf = (disclosure: string) => createHash('sha256').update(disclosure).digest('base64url')

function decode(text: string): { header: Claims; payload: Claims; tail: string } {
  const [jwt = '', ...rest] = text.split('~')
  const [header = '', payload = ''] = jwt.split('.')
  return { header: readJson(header) as Claims, payload: readJson(payload) as Claims, tail: rest.join('~') }
}

const named = (part: string, name: string) => !part.includes('.') && part !== '' && (readJson(part) as unknown[])[1] === name

/** 用一把钥匙把改过的内容重新签好。 */
function resign(text: string, change: Claims, key: KeyObject, head: Claims = {}): string {
  const { header, payload, tail } = decode(text)
  const input = `${encode({ ...header, ...head })}.${encode({ ...payload, ...change })}`
  return `${input}.${sign(null, Buffer.from(input), key).toString('base64url')}~${tail}`
}
