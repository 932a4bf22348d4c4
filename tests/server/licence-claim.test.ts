import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { ClaimedLicences, Licence, LicenceList } from '../../contract/licences'
import type { TraceList } from '../../contract/traces'
import { problemOf } from './cases'
import { api } from './journey'
import { father, hukou, idCard, marriage, paper } from './papers'
import { signIn, signInOnly, type Browser } from './sign-in'
import { mother, startWorld, stranger, type World } from './world'

describe('领证', () => {
  let world: World
  let browser: Browser
  before(async () => {
    world = await startWorld()
    world.outside.licences = [
      idCard(mother), hukou(mother), marriage(mother), paper('driver-licence', mother, { 准驾车型: 'C1' }, { validTo: '2026-01-01' })
    ]
  })
  beforeEach(async () => {
    browser = (await signIn(world, mother)).browser
  })
  after(async () => {
    await world.close()
  })

  const list = async () => (await api<LicenceList>(browser, 'GET', '/licences')).licences
  const cardOf = async (type: string) => (await list()).find((each) => each.type === type) ?? assert.fail(`没有 ${type}`)
  const claim = (ids?: string[]) => api<ClaimedLicences>(browser, 'POST', '/licences/claims', { ...(ids && { ids }) })
  const refused = (payload: object, from = browser) => from.send({ method: 'POST', url: '/api/v1/licences/claims', payload })
  const claims = async () =>
    (await api<TraceList>(browser, 'GET', '/traces?limit=50')).traces.filter(({ purpose }) => purpose.startsWith('领取'))

  test('没领的只列出，是新的，不给照面；领一本看一本，再领一次不变，只留一条足迹', async () => {
    const card = await cardOf('id-card')
    assert.deepEqual([card.claimedAt, card.isNew], [null, true])
    assert.ok(!('face' in card))
    problemOf(await browser.send({ method: 'GET', url: `/api/v1/licences/${card.id}` }), 409, 'licence_unclaimed')
    const { claimed } = await claim([card.id])
    assert.deepEqual(claimed.map(({ id }) => id), [card.id])
    assert.equal(claimed[0]?.claimedAt, new Date(world.deps.now()).toISOString())
    assert.ok((await api<Licence>(browser, 'GET', `/licences/${card.id}`)).face.length > 0)
    world.pass(60_000)
    assert.equal((await claim([card.id])).claimed[0]?.claimedAt, claimed[0]?.claimedAt, '领取的时刻还是头一次')
    const traces = await claims()
    assert.deepEqual(traces.map(({ purpose }) => purpose), ['领取居民身份证'])
    assert.ok(traces.some(({ fields }) => fields.includes('公民身份号码')))
    assert.ok(!JSON.stringify(traces).includes(mother.idNumber))
  })

  test('不写哪一本，就把能领的都领了；过期的不在其中，点名去领说不能用', async () => {
    const { claimed } = await claim()
    assert.deepEqual(claimed.map(({ type }) => type).sort(), ['hukou', 'marriage-cert'])
    assert.deepEqual((await claim()).claimed, [])
    const expired = await cardOf('driver-licence')
    assert.equal(expired.claimedAt, null)
    problemOf(await refused({ ids: [expired.id] }), 409, 'licence_unusable')
  })

  test('几个请求同时来领，各自都成，足迹只有一条', async () => {
    world.outside.licences.push(paper('diploma', mother, { 姓名: mother.name }))
    world.pass(10 * 60_000)
    browser = (await signIn(world, mother)).browser
    const { id } = await cardOf('diploma')
    const replies = await Promise.all([claim([id]), claim([id]), claim([id])])
    assert.ok(replies.every(({ claimed }) => claimed[0]?.id === id))
    assert.equal((await claims()).filter(({ purpose }) => purpose === '领取学历证书').length, 1)
  })

  test('换发的新版跟着旧版，不用再领', async () => {
    world.outside.licences.push(paper('diploma', mother, { 姓名: mother.name }, { version: 2 }))
    world.pass(11 * 60_000)
    browser = (await signIn(world, mother)).browser
    const versions = (await list()).filter(({ type }) => type === 'diploma')
    assert.deepEqual(versions.map(({ status, claimedAt }) => [status, claimedAt !== null]).sort(), [['changed', true], ['valid', true]])
  })

  test('别人的、没有的：404，连带的一本也不领；没有单独同意敏感信息：403；多写的、空的：拒收', async () => {
    world.outside.licences.push(idCard(father))
    const { browser: other } = await signIn(world, father)
    const [foreign] = (await api<LicenceList>(other, 'GET', '/licences')).licences
    problemOf(await refused({ ids: [foreign?.id, world.deps.newId()] }, other), 404, 'not_found')
    problemOf(await refused({ ids: [foreign?.id] }), 404, 'not_found')
    assert.equal((await api<LicenceList>(other, 'GET', '/licences')).licences[0]?.claimedAt, null)
    const shy = await signInOnly(world, { ...stranger, idNumber: '320281199901010018' })
    const { version } = await api<{ version: string }>(shy, 'GET', '/identity/notice')
    await api(shy, 'POST', '/identity/consents', { version, kinds: ['privacy'] })
    problemOf(await refused({}, shy), 403, 'consent_required')
    for (const payload of [{ ids: [] }, { ids: ['x'] }, { all: true }]) problemOf(await refused(payload), 422, 'invalid_fields')
  })

  test('经办人、代办人不能替主体领', async () => {
    const { accountId } = (await signIn(world, mother)).me
    const companyId = world.deps.newId()
    const { pool, vault } = world.deps
    await pool.query("insert into subject (id, kind, name_sealed, created_at) values ($1, 'legal_person', $2, now())", [
      companyId,
      vault.seal('江阴演示有限公司', `subject.name_sealed:${companyId}`)
    ])
    await pool.query("insert into relation (account_id, subject_id, role, since) values ($1, $2, 'operator', now())", [
      accountId,
      companyId
    ])
    const reply = await browser.send({
      method: 'POST',
      url: '/api/v1/licences/claims',
      headers: { 'x-acting-for': companyId },
      payload: {}
    })
    problemOf(reply, 403, 'forbidden')
  })
})
