import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import assert from 'node:assert/strict'
import { parse } from 'yaml'
import type { DispatchCase, IssuedLicence } from '../../contract/gateways/departments'
import type { LibraryReply } from '../../contract/gateways/licence-library'
import { checkCreditCode } from '../../domain/identifier/credit-code'
import { checkIdNumber } from '../../domain/identifier/id-number'
import { identityByKey } from '../../mock/identities'
import { startMock, until } from './running'
import type { RunningMock } from './running'
import { dispatchOf, startServerEnd } from './server-end'
import type { ServerEnd } from './server-end'

const catalogue = path.resolve(__dirname, '../../catalogue/jiangyin')
const readAll = <Shape>(folder: string) => readdirSync(path.join(catalogue, folder)).map(file =>
  parse(readFileSync(path.join(catalogue, folder, file), 'utf8')) as Shape)
const licenceTypes = readAll<{ id: string; name: string; face: { name: string }[] }>('licences')
const matters = readAll<{ id: string; result: { kind: string; licenceType?: string; holder?: string } }>('matters')

const childValues = {
  childName: '林小宝', childSex: '女', birthDate: '2026-11-10', applicantRole: '母亲', applicantName: '林演示', otherParentName: '陈演示',
  hukouAddress: { province: '江苏省', city: '无锡市', district: '江阴市', town: '澄江街道', detail: '演示路1号' },
  householderName: '陈演示', relationToHouseholder: '女'
}
const companyValues = {
  companyName: '江阴新演示科技有限公司', businessScope: [{ entry: '软件开发' }, { entry: '信息技术咨询服务' }], registeredCapital: 50_000_000,
  siteAddress: { province: '江苏省', city: '无锡市', district: '江阴市', town: '新桥镇', detail: '演示路9号' }, legalRepresentativeName: '沈演示'
}

let mock: RunningMock
let server: ServerEnd
beforeEach(async () => {
  server = await startServerEnd(() => mock.origin)
  mock = await startMock({ serverOrigin: server.origin }, () => Date.parse('2026-11-21T02:00:00Z'))
})
afterEach(async () => {
  await mock.remove()
  await server.close()
})

type Holder = { name: string | null; idCode: string | null }

async function issue(caseNo: string, type: string, holder: Holder, over: Partial<DispatchCase> = {}): Promise<IssuedLicence> {
  const definition = licenceTypes.find(({ id }) => id === type)
  assert.ok(definition, `证照目录里有 ${type}`)
  const message = dispatchOf(server, caseNo, {
    result: {
      kind: 'licence', licenceType: type, licenceName: definition.name, holderName: holder.name, holderIdCode: holder.idCode,
      face: definition.face.map(({ name }) => name)
    },
    ...over
  })
  assert.equal((await server.post(`${mock.origin}/mock/departments/${message.departmentId}/cases`, message)).status, 202)
  const issued = await until(() => server.callbacks.find(event => event.caseNo === caseNo && event.type === 'issued'))
  assert.ok(issued.licence)
  return issued.licence
}

async function inLibrary(holderIdCode: string, type: string) {
  const response = await server.post(`${mock.origin}/mock/licence-library/query`, { holderIdCode, types: [type], purpose: '测试' })
  return (await response.json() as LibraryReply).licences
}

const nobody = { name: null, idCode: null }

describe('模拟部门发的证', () => {
  test('出生：出生证明写父母与孩子；落户给孩子编出能通过校验、与生日性别相符、互不重复的证件号', async () => {
    const birth = await issue('E1', 'birth-cert', nobody, { values: childValues })
    assert.equal(birth.holderName, '林小宝')
    assert.equal(birth.holderIdCode, null)
    assert.deepEqual([birth.face.母亲姓名, birth.face.父亲姓名, birth.face.出生时间], ['林演示', '陈演示', '2026-11-10'])
    const child = { name: '林小宝', idCode: null }
    const [one, other] = await Promise.all(['E2', 'E3'].map(caseNo => issue(caseNo, 'hukou', child, { values: childValues })))
    for (const hukou of [one, other]) {
      const checked = checkIdNumber(hukou?.face.公民身份号码 ?? '', '2026-11-21')
      assert.ok(checked.ok)
      assert.deepEqual([checked.birthDate, checked.sex], ['2026-11-10', 'female'])
      assert.equal(hukou?.holderIdCode, checked.value)
    }
    assert.notEqual(one?.holderIdCode, other?.holderIdCode)
    assert.equal(one?.face.住址, '江苏省无锡市江阴市澄江街道演示路1号')
    assert.equal((await inLibrary(one?.holderIdCode ?? '', 'hukou'))[0]?.identifier, one?.identifier, '发证即入库')
  })

  test('出生日期没有写在表单里时，从出生医学证明里取', async () => {
    const material = {
      id: 'birth', name: '出生医学证明', how: 'licence' as const, files: [],
      licence: { type: 'birth-cert', identifier: null, version: 1, face: { 出生时间: '2026-10-01' } }
    }
    const hukou = await issue('E4', 'hukou', { name: '林小宝', idCode: null }, { values: { childSex: '男' }, materials: [material] })
    const checked = checkIdNumber(hukou.holderIdCode ?? '', '2026-11-21')
    assert.ok(checked.ok && checked.birthDate === '2026-10-01' && checked.sex === 'male')
  })

  test('企业设立：信用代码通过校验，照面来自表单；法定代表人查得到，公章也归到这家企业', async () => {
    const founder = { name: '沈演示', idCode: identityByKey('founder')?.idNumber ?? '', phone: null }
    const biz = await issue('E5', 'biz-licence', nobody, { values: companyValues, applicant: founder, departmentId: 'approval' })
    assert.ok(checkCreditCode(biz.face.统一社会信用代码 ?? '').ok)
    assert.deepEqual(
      [biz.holderName, biz.face.注册资本, biz.face.经营范围, biz.face.法定代表人],
      ['江阴新演示科技有限公司', '50 万元', '软件开发、信息技术咨询服务', '沈演示']
    )
    const company = { name: biz.holderName, idCode: biz.holderIdCode }
    const seal = await issue('E6', 'e-seal', company, { applicant: founder, departmentId: 'police' })
    assert.equal(seal.validTo, '2027-11-21')
    assert.equal((await inLibrary(founder.idCode, 'e-seal')).some(({ identifier }) => identifier === seal.identifier), true)
  })

  test('换发：同一持证人同一类证，版本加一，库里只给最新一版', async () => {
    const mother = { name: '林演示', idCode: identityByKey('mother')?.idNumber ?? '' }
    const [former] = await inLibrary(mother.idCode, 'social-card')
    const renewed = await issue('E7', 'social-card', mother)
    assert.equal(renewed.version, 2)
    assert.equal(renewed.validTo, '2036-11-21')
    assert.equal(renewed.identifier.split('.').at(-3), former?.identifier.split('.').at(-3), '流水号不变')
    assert.deepEqual((await inLibrary(mother.idCode, 'social-card')).map(({ version }) => version), [2])
  })

  test('目录里每个出证的事项，照面字段都填得出来', async () => {
    const holders: Record<string, Holder> = {
      ward: { name: '林小宝', idCode: '320281202611100028' }, company: { name: '江阴新演示科技有限公司', idCode: '91320281000000002X' },
      applicant: { name: '周演示', idCode: '320281196611110032' }
    }
    const card = {
      id: 'idc', name: '身份证', how: 'licence' as const, files: [],
      licence: { type: 'id-card', identifier: null, version: 1, face: { 出生日期: '1966-11-11' } }
    }
    for (const { id, result } of matters) {
      if (result.kind !== 'licence' || !result.licenceType) continue
      const values = { ...childValues, ...companyValues, retirementDate: '2027-05-11' }
      const licence = await issue(id, result.licenceType, holders[result.holder ?? ''] ?? nobody, { values, materials: [card] })
      for (const [name, value] of Object.entries(licence.face)) assert.doesNotMatch(value, /未登记|undefined|null/, `${id} ${name}`)
    }
  })
})
