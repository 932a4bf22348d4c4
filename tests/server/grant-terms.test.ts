import assert from 'node:assert/strict'
import { createPublicKey, randomUUID, sign, verify, type JsonWebKey } from 'node:crypto'
import { beforeEach, describe, test } from 'node:test'
import canonicalize from 'canonicalize'
import type { LibraryLicence } from '../../contract/gateways/licence-library'
import type { LicenceGrantList, LicenceList } from '../../contract/licences'
import type { Receipt, ReceiptCheck } from '../../contract/receipts'
import type { TraceList } from '../../contract/traces'
import type { GrantTerms } from '../../domain/licence/grant-terms'
import { contentHash } from '../../server/modules/draft/freeze'
import type { SignedContent } from '../../server/modules/draft/signed-content'
import { accepted, birthCert, followed, materialOf, single, steps, withCases, withdrawAll, type Applied } from './cases'
import { api, complete, deliverAll, review, signAndSubmit, startDraft } from './journey'
import { hukou, idCard, marriage, paper } from './papers'
import { signIn } from './sign-in'
import { mother, type World } from './world'

const ownCard = { 姓名: mother.name, 性别: '女', 民族: '汉', 公民身份号码: mother.idNumber, 照片: '演示照片', 有效期: '2041-03-01' }
const given = ['姓名', '性别', '公民身份号码', '有效期']

describe('签名时授权用证', () => {
  let world: World
  /** 每个测试的户口簿都比上一个的新。 */
  let version = 0
  const { face } = hukou(mother)
  const book = (added: Record<string, string> = {}) => paper('hukou', mother, { ...face, ...added }, { version: ++version })
  withCases((started) => void (world = started))
  beforeEach(() => {
    world.outside.licences = [idCard(mother, { face: ownCard }), book(), marriage(mother)]
    world.pass(11 * 60_000)
  })

  const draft = async () => {
    const { browser } = await signIn(world, mother)
    const { id } = await complete(browser, await startDraft(browser, 'newborn', single))
    return { browser, id }
  }
  const apply = async (): Promise<Applied> => {
    const { browser, id } = await draft()
    const { submissionId } = await signAndSubmit(world, browser, mother, id)
    await deliverAll(world)
    return followed(world, browser, submissionId)
  }
  const signedOf = async ({ browser, submissionId }: Applied) =>
    (await api<Receipt>(browser, 'GET', `/submissions/${submissionId}/receipt`)).content as SignedContent
  const changed = async (licence: LibraryLicence) => {
    world.pass(1000)
    world.outside.licences = world.outside.licences.map((each) => (each.type === licence.type ? licence : each))
    const payload = { eventId: randomUUID(), at: new Date(world.deps.now()).toISOString(), licence, reason: null }
    assert.equal((await world.app.inject({ method: 'POST', url: '/api/v1/licences/changes', payload })).statusCode, 200)
    await deliverAll(world)
  }
  const bornNow = async (applied: Applied, face: Record<string, string> = { 新生儿姓名: '林小演' }) => {
    const sent = await applied.sent('bc')
    const licence = { ...birthCert(sent), face }
    const approved = { type: 'decided', outcome: 'approve' } as const
    await steps(world, sent, accepted(sent), { type: 'examineStarted' }, approved, { type: 'issued', licence })
    await deliverAll(world)
  }
  const grantsOf = async ({ browser }: Applied, type: string) => {
    const { licences } = await api<LicenceList>(browser, 'GET', '/licences')
    const found = await Promise.all(
      licences
        .filter((each) => each.type === type)
        .map(async ({ id }) => (await api<LicenceGrantList>(browser, 'GET', `/licences/${id}/grants`)).grants)
    )
    return found.flat()
  }

  test('核对时列明：哪一证、给谁、用于哪件事、哪几格、敏感的认得出、到何时；照片没人要，不在内', async () => {
    const { browser, id } = await draft()
    const { grants, agent } = await review(browser, id)
    assert.equal(agent, null)
    const card = grants.find(({ materialId }) => materialId === 'idc')
    assert.deepEqual([card?.licenceName, card?.holder, card?.issuedHere, card?.until], ['居民身份证', 'applicant', false, 'caseClosed'])
    assert.ok(card?.to.some(({ matterName, departmentName }) => matterName === '出生医学证明首次签发' && departmentName !== ''))
    assert.deepEqual(card?.fields.map(({ name, sensitivity }) => [name, sensitivity]), [['姓名', 1], ['性别', 1], ['公民身份号码', 2], ['有效期', 0]])
    const born = grants.find(({ materialId }) => materialId === 'birth:new')
    assert.deepEqual([born?.licenceName, born?.holder, born?.issuedHere], ['出生医学证明', 'ward', true])
    assert.ok(born && born.fields.length > 0 && born.fields.every(({ name }) => name !== '健康状况'))
    const { submissionId } = await signAndSubmit(world, browser, mother, id)
    await withdrawAll(browser, submissionId)
  })

  test('签的内容里有授权，改动一格签名就对不上；送出、用证记录、足迹都只有签了的那几格', async () => {
    const applied = await apply()
    const receipt = await api<Receipt>(applied.browser, 'GET', `/submissions/${applied.submissionId}/receipt`)
    const content = receipt.content as SignedContent
    const terms = content.materials.idc?.grant ?? assert.fail('签的内容里没有授权')
    assert.deepEqual([terms.fields, terms.until, terms.to.map(({ key }) => key)], [given, 'caseClosed', ['bc']])
    const key = createPublicKey({ key: receipt.publicKeyJwk as JsonWebKey, format: 'jwk' })
    const holds = (grant: GrantTerms) => {
      const materials = { ...content.materials, idc: { ...content.materials.idc, grant } }
      const bytes = Buffer.from(canonicalize({ ...content, materials }) ?? '')
      return verify(null, bytes, key, Buffer.from(receipt.signature, 'base64url'))
    }
    assert.deepEqual([holds(terms), holds({ ...terms, fields: [...given, '照片'] })], [true, false])

    const sent = await applied.sent('bc')
    const face = materialOf(sent, 'idc').licence?.face
    assert.deepEqual(face, { 姓名: mother.name, 性别: '女', 公民身份号码: mother.idNumber, 有效期: '2041-03-01' })
    const grant = (await grantsOf(applied, 'id-card')).find(({ purpose }) => purpose.includes(sent.caseNo))
    assert.deepEqual([grant?.fields, grant?.until], [given, null])
    const { traces } = await api<TraceList>(applied.browser, 'GET', '/traces?limit=50')
    const lines = traces.filter(({ purpose }) => purpose.includes(sent.caseNo)).map(({ fields }) => fields)
    assert.ok(lines.some((fields) => fields.join() === given.map((field) => `申请人居民身份证·${field}`).join()))
    await withdrawAll(applied.browser, applied.submissionId)
  })

  test('签名以后换发的新版多出来的格不送，签了的送新的', async () => {
    const applied = await apply()
    assert.deepEqual((await signedOf(applied)).materials.hk?.grant?.fields, Object.keys(face))
    await changed(book({ 住址: '江苏省江阴市新址2号', 成员明细: '林演示、陈演示' }))
    await bornNow(applied)
    const { licence } = materialOf(await applied.sent('hk'), 'hk')
    assert.deepEqual([licence?.version, licence?.face], [version, { ...face, 住址: '江苏省江阴市新址2号' }])
    const { caseNo } = await applied.sent('hk')
    const grant = (await grantsOf(applied, 'hukou')).find(({ purpose }) => purpose.includes(caseNo))
    assert.deepEqual(grant?.fields, Object.keys(face))
    await withdrawAll(applied.browser, applied.submissionId)
  })

  test('前一步办出来的那一本，后一步也只给签了的格', async () => {
    const applied = await apply()
    await bornNow(applied, { 新生儿姓名: '林小演', 出生时间: '2026-11-17 08:30', 健康状况: '良好' })
    const { licence } = materialOf(await applied.sent('hk'), 'birth')
    assert.deepEqual(licence?.face, { 新生儿姓名: '林小演', 出生时间: '2026-11-17 08:30' })
    await withdrawAll(applied.browser, applied.submissionId)
  })

  test('签名内容里还没有授权一项时交的：照旧送整张照面，回执照样核验为真', async () => {
    const applied = await apply()
    await withoutTerms(applied)
    const { receiptCode } = await applied.read()
    assert.equal((await api<ReceiptCheck>(applied.browser, 'GET', `/receipts/${receiptCode}`)).verdict, 'genuine')
    await changed(book({ 成员明细: '林演示、陈演示' }))
    await bornNow(applied)
    assert.deepEqual(materialOf(await applied.sent('hk'), 'hk').licence?.face, { ...face, 成员明细: '林演示、陈演示' })
    await withdrawAll(applied.browser, applied.submissionId)
  })

  /** 把提交改回从前签的样子：没有授权一项，由平台重新签过。 */
  async function withoutTerms(applied: Applied): Promise<void> {
    const { pool, vault, keys } = world.deps
    const content = await signedOf(applied)
    const materials = Object.fromEntries(Object.entries(content.materials).map(([id, { grant: _grant, ...rest }]) => [id, rest]))
    const former = { ...content, materials }
    const signature = sign(null, Buffer.from(canonicalize(former) ?? ''), keys.platformSigning.privateKey)
    const sealed = vault.seal(JSON.stringify(former), `submission.content_sealed:${applied.submissionId}`)
    const { rowCount } = await pool.query('update submission set content_sealed = $2, content_hash = $3, signature = $4 where id = $1', [
      applied.submissionId,
      sealed,
      Buffer.from(contentHash(former), 'hex'),
      signature
    ])
    assert.equal(rowCount, 1)
  }
})
