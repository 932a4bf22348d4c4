import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import assert from 'node:assert/strict'
import { Value } from 'typebox/value'
import { parse } from 'yaml'
import { LibraryReply, ShareReply } from '../../contract/gateways/licence-library'
import { objectionIntake } from '../../contract/gateways/readers'
import { checkCreditCode } from '../../domain/identifier/credit-code'
import { licenceIdentifierFlaw } from '../../domain/identifier/licence-identifier'
import { identityByKey } from '../../mock/identities'
import { startMock } from './running'
import type { RunningMock } from './running'
import { startServerEnd } from './server-end'
import type { ServerEnd } from './server-end'

const catalogue = path.resolve(__dirname, '../../catalogue/jiangyin')
const licenceTypes = readdirSync(path.join(catalogue, 'licences')).map(file =>
  parse(readFileSync(path.join(catalogue, 'licences', file), 'utf8')) as { id: string; face: { name: string }[] })

let mock: RunningMock
let server: ServerEnd
before(async () => {
  server = await startServerEnd(() => mock.origin)
  mock = await startMock({ serverOrigin: server.origin })
})
after(async () => {
  await mock.remove()
  await server.close()
})

const idOf = (key: string) => identityByKey(key)?.idNumber ?? ''

async function query(key: string, types: string[] = []) {
  const url = `${mock.origin}/mock/licence-library/query`
  const response = await server.post(url, { holderIdCode: idOf(key), types, purpose: '测试' })
  const body = Buffer.from(await response.arrayBuffer())
  assert.ok(await server.verifiesReply(response, body, `${mock.origin}/mock/licence-library/jwks.json`), '答复有证照库的签名')
  const reply = JSON.parse(body.toString()) as LibraryReply
  assert.ok(Value.Check(LibraryReply, reply), JSON.stringify([...Value.Errors(LibraryReply, reply)]))
  return reply.licences
}

describe('电子证照库替身', () => {
  test('签名查询，按主体和类型给证；别人的、没有的都不给', async () => {
    const [card, ...rest] = await query('mother', ['id-card'])
    assert.deepEqual(rest, [])
    assert.equal(card?.face.公民身份号码, idOf('mother'))
    assert.deepEqual(await query('stranger', ['hukou', 'marriage-cert']), [])
    assert.deepEqual(await query('mother-single', ['marriage-cert']), [])
  })

  test('没有签名不答', async () => {
    const body = JSON.stringify({ holderIdCode: idOf('mother'), types: [], purpose: '测试' })
    for (const system of ['licence-library', 'data-share']) {
      const headers = { 'content-type': 'application/json' }
      const response = await fetch(`${mock.origin}/mock/${system}/query`, { method: 'POST', body, headers })
      assert.equal(response.status, 401)
    }
  })

  test('法定代表人按自己的证件号查得到企业的证，持证人写的是企业', async () => {
    const [biz] = await query('founder', ['biz-licence'])
    assert.equal(biz?.face.法定代表人, identityByKey('founder')?.name)
    assert.equal(biz?.holderIdCode, biz?.face.统一社会信用代码)
    assert.ok(checkCreditCode(biz?.holderIdCode ?? '').ok)
  })

  test('有人有 30 天内到期的证：从第一次打开的那天算起，重启不变', async () => {
    const day = 86_400_000
    const opened = Date.parse('2026-11-20T20:00:00Z')
    const first = await startMock({ serverOrigin: server.origin }, () => opened)
    await first.stop()
    const again = await startMock({ serverOrigin: server.origin, dataDir: first.dataDir }, () => opened + 3 * day)
    const url = `${again.origin}/mock/licence-library/query`
    const response = await server.post(url, { holderIdCode: idOf('mother'), types: ['social-card'], purpose: '测试' })
    const reply = await response.json() as LibraryReply
    assert.equal(reply.licences[0]?.validTo, '2026-12-09', '北京时间 11 月 21 日起第 18 天')
    await again.remove()
  })

  test('演示证照的照面字段与证照目录逐字一致，标识合乎结构与校验位', async () => {
    for (const key of ['mother', 'father', 'mother-single', 'retiree', 'founder', 'elder', 'daughter', 'stranger', 'clerk']) {
      for (const licence of await query(key)) {
        const expected = licenceTypes.find(type => type.id === licence.type)?.face.map(field => field.name)
        assert.deepEqual(Object.keys(licence.face), expected, `${key} ${licence.type}`)
        assert.equal(licenceIdentifierFlaw(licence.identifier, licence.version), null, licence.identifier)
      }
    }
  })
})

test('核码端替身与登记的核码端一一对应，各有各的钥匙；投诉受理另有一把，不是核码端', async () => {
  const registered = parse(readFileSync(path.join(catalogue, 'readers.yml'), 'utf8')) as { readers: { id: string }[] }
  const response = await fetch(`${mock.origin}/mock/readers/jwks.json`)
  const { keys } = await response.json() as { keys: { reader: string; x: string; d?: string }[] }
  assert.deepEqual(keys.map(({ reader }) => reader), [...registered.readers.map(({ id }) => id), objectionIntake])
  assert.ok(registered.readers.every(({ id }) => id !== objectionIntake))
  assert.equal(new Set(keys.map(({ x }) => x)).size, keys.length)
  assert.ok(keys.every(({ d }) => d === undefined))
})

test('原来的数据目录里没有新登记的核码端的钥匙：启动时补上，原有的一把不动', async () => {
  const first = await startMock({ serverOrigin: server.origin })
  await first.stop()
  const file = path.join(first.dataDir, 'mock-keys.json')
  const before = JSON.parse(readFileSync(file, 'utf8')) as { byReader: Record<string, { x: string }> }
  const { 'hospital-desk': taken, ...older } = before.byReader
  writeFileSync(file, JSON.stringify({ ...before, byReader: older }))
  const again = await startMock({ serverOrigin: server.origin, dataDir: first.dataDir })
  const { keys } = await (await fetch(`${again.origin}/mock/readers/jwks.json`)).json() as { keys: { reader: string; x: string }[] }
  const page = await fetch(`${again.origin}/mock/readers?reader=hospital-desk`)
  await again.remove()
  const now = Object.fromEntries(keys.map(({ reader, x }) => [reader, x]))
  for (const [reader, { x }] of Object.entries(older)) assert.equal(now[reader], x)
  assert.ok(now['hospital-desk'] && now['hospital-desk'] !== taken?.x)
  assert.equal(page.status, 200)
})

describe('数据共享平台替身', () => {
  const ask = async (system: string, key: string) => {
    const question = { system, holderIdCode: idOf(key), purpose: '测试' }
    const response = await server.post(`${mock.origin}/mock/data-share/query`, question)
    const body = Buffer.from(await response.arrayBuffer())
    const jwks = `${mock.origin}/mock/data-share/jwks.json`
    const reply = JSON.parse(body.toString()) as ShareReply
    if (response.ok) assert.ok(Value.Check(ShareReply, reply) && await server.verifiesReply(response, body, jwks))
    return { status: response.status, reply }
  }
  const control = (action: string, system: string) => fetch(`${mock.origin}/mock/departments/control`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ action, system })
  })

  test('有记录、查无记录、系统不可用，三种都答得清楚', async () => {
    assert.equal((await ask('人社社保库', 'retiree')).reply.data.法定退休日期, '2027-05-11')
    assert.deepEqual((await ask('人社社保库', 'stranger')).reply.found, false)
    assert.equal((await control('shareDown', '人社社保库')).status, 200)
    assert.equal((await ask('人社社保库', 'retiree')).status, 503)
    assert.equal((await ask('医保信息平台', 'retiree')).status, 200)
    await control('shareUp', '人社社保库')
    assert.equal((await ask('人社社保库', 'retiree')).status, 200)
    assert.equal((await control('shareDown', '没有这个系统')).status, 404)
  })

  test('各一件事的表单要预填的共享数据，演示数据里都有人有', async () => {
    const bundles = readdirSync(path.join(catalogue, 'bundles')).map(file => readFileSync(path.join(catalogue, 'bundles', file), 'utf8'))
    const wanted = bundles.flatMap(text => [...text.matchAll(/kind: share, from: ([^,]+), face: ([^,}]+),/g)])
    assert.ok(wanted.length > 0)
    for (const [, system = '', field = ''] of wanted) {
      const replies = await Promise.all(['mother', 'mother-single', 'retiree', 'founder'].map(key => ask(system, key)))
      assert.ok(replies.some(({ reply }) => field in (reply.data ?? {})), `${system} ${field}`)
    }
  })
})
