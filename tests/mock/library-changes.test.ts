import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { after, before, beforeEach, describe, test } from 'node:test'
import assert from 'node:assert/strict'
import { Value } from 'typebox/value'
import { parse } from 'yaml'
import { LibraryChange, LibraryReply } from '../../contract/gateways/licence-library'
import { checkCreditCode } from '../../domain/identifier/credit-code'
import { checkIdNumber } from '../../domain/identifier/id-number'
import { licenceIdentifierFlaw } from '../../domain/identifier/licence-identifier'
import { identities, identityByKey } from '../../mock/identities'
import type { LibraryControl } from '../../mock/licence-library/actions'
import { holders, kinds } from '../../mock/licence-library/population'
import { startMock, until } from './running'
import type { RunningMock } from './running'
import { startServerEnd } from './server-end'
import type { ServerEnd } from './server-end'

interface Kind { id: string; name: string; holder: 'person' | 'company' | 'both'; face: { name: string; type: string }[] }

const folder = path.resolve(__dirname, '../../catalogue/jiangyin/licences')
const catalogue = readdirSync(folder).map(file => parse(readFileSync(path.join(folder, file), 'utf8')) as Kind)
const mother = identityByKey('mother')?.idNumber ?? ''

let mock: RunningMock
let server: ServerEnd
before(async () => {
  server = await startServerEnd(() => mock.origin)
  mock = await startMock({ serverOrigin: server.origin })
})
beforeEach(() => {
  server.changes.length = 0
})
after(async () => {
  await mock.remove()
  await server.close()
})

async function query(holderIdCode: string, types: string[] = []) {
  const response = await server.post(`${mock.origin}/mock/licence-library/query`, { holderIdCode, types, purpose: '测试' })
  return (await response.json() as LibraryReply).licences
}
const one = async (holderIdCode: string, type: string) =>
  (await query(holderIdCode, [type])).find(each => each.holderIdCode === holderIdCode)
const order = (body: object) => fetch(`${mock.origin}/mock/licence-library/control`, {
  method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body)
})
const done = async (control: LibraryControl) => {
  const response = await order(control)
  assert.equal(response.status, 200, JSON.stringify(control))
  const { eventId } = await response.json() as { eventId: string }
  await until(() => server.changes.some(change => change.eventId === eventId))
  const change = server.changes.find(each => each.eventId === eventId)
  assert.ok(change && Value.Check(LibraryChange, change), JSON.stringify(change))
  assert.equal(licenceIdentifierFlaw(change.licence.identifier, change.licence.version), null)
  return change
}

test('六十种证照，每种都有人有；照面与目录逐字一致，持证人种类相符，号码合乎校验位', async () => {
  const seen = new Set<string>()
  for (const { idCode, representative } of holders) {
    for (const licence of await query(idCode)) {
      if (licence.holderIdCode !== idCode) continue
      const kind = catalogue.find(({ id }) => id === licence.type)
      assert.ok(kind, licence.type)
      assert.deepEqual(Object.keys(licence.face), kind.face.map(({ name }) => name), licence.type)
      assert.ok(kind.holder === 'both' || (kind.holder === 'company') === (representative !== null), licence.type)
      assert.equal(licenceIdentifierFlaw(licence.identifier, licence.version), null)
      for (const { name, type } of kind.face) {
        const text = licence.face[name] ?? ''
        assert.ok(text, `${licence.type} ${name}`)
        if (type === 'img') assert.match(text, /演示/)
        if (name.includes('信用代码')) assert.ok(checkCreditCode(text).ok, text)
        if (name === '公民身份号码') assert.ok(checkIdNumber(text, '2026-11-20').ok, text)
      }
      assert.match(JSON.stringify([licence.issuer, licence.face]), /演示|DEMO/, licence.type)
      seen.add(licence.type)
    }
  }
  assert.deepEqual([...seen].sort(), catalogue.map(({ id }) => id).sort())
  assert.equal(seen.size, 60)
  assert.deepEqual(Object.fromEntries([...kinds].map(([id, { name }]) => [id, name])), Object.fromEntries(
    [...kinds].map(([id]) => [id, catalogue.find(kind => kind.id === id)?.name])), '控制台里的名字同目录')
})

describe('证照库：在源头改证照', () => {
  const card = { holderIdCode: mother, type: 'id-card' }

  test('暂扣、恢复、注销依次做，签名推给平台，带原因；查询看得到；不许的不动', async () => {
    assert.deepEqual((await done({ ...card, action: 'suspend', reason: '演示原因' })).reason, '演示原因')
    assert.equal((await one(mother, 'id-card'))?.status, 'suspended')
    assert.equal((await order({ ...card, action: 'renew' })).status, 409)
    assert.equal((await done({ ...card, action: 'resume' })).licence.status, 'valid')
    assert.equal((await done({ ...card, action: 'cancel', reason: '遗失' })).licence.status, 'cancelled')
    for (const action of ['suspend', 'resume', 'cancel', 'revoke', 'annul', 'renew', 'amend'])
      assert.equal((await order({ ...card, action, field: '住址', value: '某处' })).status, 409, action)
    const anew = await done({ ...card, action: 'issue' })
    assert.equal(anew.licence.version, 1)
    assert.equal(anew.licence.face.公民身份号码, mother)
    assert.equal((await one(mother, 'id-card'))?.identifier, anew.licence.identifier)
    const annulled = await done({ ...card, action: 'annul', reason: '以欺骗取得' })
    assert.deepEqual([annulled.licence.status, annulled.reason], ['annulled', '以欺骗取得'], '撤销不是吊销')
    assert.equal((await done({ ...card, action: 'issue' })).licence.status, 'valid')
  })

  test('换发、变更是同一本的下一版', async () => {
    const old = await one(mother, 'social-card')
    assert.ok(old)
    const { licence } = await done({ holderIdCode: mother, type: 'social-card', action: 'renew' })
    assert.deepEqual([licence.version, licence.identifier.split('.').at(-3)], [2, old.identifier.split('.').at(-3)])
    assert.ok((licence.validTo ?? '') > (old.validTo ?? ''))
    const amended = await done({ holderIdCode: mother, type: 'hukou', action: 'amend', field: '住址', value: '江苏省江阴市演示新址' })
    assert.deepEqual([amended.licence.version, amended.licence.face.住址], [2, '江苏省江阴市演示新址'])
    assert.equal((await order({ holderIdCode: mother, type: 'hukou', action: 'amend', field: '没有这项', value: 'x' })).status, 409)
  })

  test('六十种都能给合适的主体签发一本，名字换成他的', async () => {
    const stranger = identityByKey('stranger')
    const founder = holders.find(({ representative }) => representative?.name === identityByKey('founder')?.name)
    assert.ok(stranger && founder)
    for (const [type, { company }] of kinds) {
      const holderIdCode = company ? founder.idCode : stranger.idNumber
      if ((await one(holderIdCode, type)) !== undefined) continue
      const { licence } = await done({ holderIdCode, type, action: 'issue' })
      for (const other of identities) {
        if (other.idNumber !== stranger.idNumber) assert.ok(!JSON.stringify(licence.face).includes(other.idNumber), `${type} ${other.name}`)
      }
    }
    const wrong = await order({ holderIdCode: stranger.idNumber, type: 'food-licence', action: 'issue' })
    assert.equal(wrong.status, 409, '人不能有企业的证')
  })

  test('没有的主体、没有的动作：404', async () => {
    assert.equal((await order({ holderIdCode: 'nobody', type: 'id-card', action: 'suspend' })).status, 404)
    for (const body of [{ ...card, action: 'burn' }, { action: 'suspend' }, {}]) assert.equal((await order(body)).status, 404)
  })

  test('平台一时收不下就再推，按先后；重启接着推；明确拒收的放过去', async () => {
    server.failNext = 1_000_000
    const father = identityByKey('father')?.idNumber ?? ''
    for (const action of ['suspend', 'resume'] as const) await order({ holderIdCode: father, type: 'id-card', action })
    await order({ holderIdCode: father, type: 'hukou', action: 'suspend', reason: '请拒收' })
    await order({ holderIdCode: father, type: 'marriage-cert', action: 'suspend' })
    await mock.stop()
    assert.equal(server.changes.length, 0)
    server.failNext = 0
    mock = await startMock({ serverOrigin: server.origin, dataDir: mock.dataDir })
    await until(() => server.changes.some(({ licence }) => licence.type === 'marriage-cert'))
    assert.deepEqual(server.changes.map(({ licence }) => [licence.type, licence.status]), [
      ['id-card', 'suspended'], ['id-card', 'valid'], ['marriage-cert', 'suspended']
    ])
    await until(async () => {
      const ledger = await fetch(`${mock.origin}/mock/licence-library/ledger.json`)
      const { changes } = await ledger.json() as { changes: { outcome: string | null }[] }
      return changes.every(({ outcome }) => outcome !== null) && changes.filter(({ outcome }) => outcome === 'refused').length === 1
    })
  })

  test('控制台：按人列出，写明是模拟，按钮照办并带回去；换行与标签都当文字', async () => {
    const get = async (url: string) => (await fetch(url)).text()
    const first = await get(`${mock.origin}/mock/licence-library`)
    assert.match(first, /演示 · 模拟系统，不是真系统/)
    for (const { name } of holders) assert.ok(first.includes(name), name)
    const elder = identityByKey('elder')?.idNumber ?? ''
    const reply = await fetch(`${mock.origin}/mock/licence-library/actions`, {
      method: 'POST', redirect: 'manual', headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ action: 'revoke', holderIdCode: elder, type: 'elder-card', reason: '<b>演示</b>' })
    })
    assert.equal(reply.status, 303)
    const next = await get(new URL(reply.headers.get('location') ?? '', mock.origin).href)
    assert.match(next, /已照办/)
    assert.ok(next.includes('已吊销') && !next.includes('<b>演示</b>'))
  })
})
