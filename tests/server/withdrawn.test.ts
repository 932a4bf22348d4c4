import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { LibraryLicence } from '../../contract/gateways/licence-library'
import type { Draft } from '../../contract/drafts'
import type { Home } from '../../contract/home'
import type { Invitation } from '../../contract/invitations'
import type { LicenceList } from '../../contract/licences'
import type { Problem } from '../../contract/problems'
import { recordSubject, relate } from '../../server/modules/identity/subjects'
import { api } from './journey'
import { father, hukou, idCard, paper } from './papers'
import { refresh, signIn, type Browser } from './sign-in'
import { mother, startWorld, type World } from './world'

const answers = { born: 'here', hukou: 'jy', wed: 'married', ins: 'emp', sub: 'y' }
const founder = { ...mother, name: '沈演示', idNumber: '320281198808080059', phone: '16000000005' }

describe('收回的同意、结束的关系，从那一刻起算数', () => {
  let world: World
  let browser: Browser
  before(async () => {
    world = await startWorld()
  })
  beforeEach(async () => {
    world.outside.licences = [idCard(mother), hukou(mother), idCard(father)]
    world.pass(11 * 60_000)
    browser = (await signIn(world, mother)).browser
  })
  after(async () => {
    await world.close()
  })

  const begin = (by = browser) => api<Draft>(by, 'POST', '/drafts', { bundleId: 'newborn', answers, restart: true }, 201)
  const withdraw = (by: Browser, kind: string) => api(by, 'POST', '/identity/consents/withdraw', { kinds: [kind] })
  const invite = (draft: Draft, by = browser, headers = {}) =>
    by.send({
      method: 'POST',
      url: `/api/v1/drafts/${draft.id}/invitations`,
      headers,
      payload: { materialIds: ['idc-sp'], holderName: father.name, holderIdNumber: father.idNumber }
    })
  const fetches = async () =>
    (await world.deps.pool.query<{ count: number }>("select count(*) as count from trace where action = 'fetch'")).rows[0]?.count

  test('收回敏感信息或孩子信息的同意：草稿不再取证照，也不再给看、给提交；可以放弃它', async () => {
    for (const kind of ['sensitive', 'minor']) {
      const draft = await begin()
      await withdraw(browser, kind)
      world.pass(11 * 60_000)
      await refresh(browser)
      const before = await fetches()
      for (const address of [`/drafts/${draft.id}`, `/drafts/${draft.id}/review`]) {
        assert.equal((await api<Problem>(browser, 'GET', address, undefined, 403)).code, 'consent_required')
      }
      assert.equal((await api<Problem>(browser, 'PUT', `/drafts/${draft.id}`, { version: 1, step: 'form' }, 403)).code, 'consent_required')
      assert.equal(await fetches(), before)
      await api(browser, 'DELETE', `/drafts/${draft.id}`, undefined, 204)
      browser = (await signIn(world, mother)).browser
    }
  })

  test('收回孩子信息的同意：证照里不再有孩子的，也不去取', async () => {
    const { deps } = world
    const { me } = await signIn(world, mother)
    const idCode = '32028120200101001X'
    const ward = await recordSubject(deps.pool, deps, { kind: 'natural_person', name: '齐小宝', idCode })
    await relate(deps.pool, deps, me.accountId, ward, 'guardian')
    world.outside.licences.push({ ...hukou(mother), holderIdCode: idCode })
    const wallet = async () => (await api<LicenceList>(browser, 'GET', '/licences')).licences.filter(({ subjectId }) => subjectId === ward)
    assert.equal((await wallet()).length, 1)
    await withdraw(browser, 'minor')
    assert.deepEqual(await wallet(), [])
    const asWard = await browser.send({ method: 'GET', url: '/api/v1/licences', headers: { 'x-acting-for': ward } })
    assert.deepEqual([asWard.statusCode, asWard.json<Problem>().code], [403, 'consent_required'])
  })

  test('受邀人没有同意用敏感信息：不去查他的证照，可以不同意，不能放出', async () => {
    const { id } = (await invite(await begin())).json<{ id: string }>()
    const { browser: holder } = await signIn(world, father)
    await withdraw(holder, 'sensitive')
    const before = await fetches()
    assert.equal((await api<Invitation>(holder, 'GET', `/invitations/${id}`)).releases[0]?.held, false)
    await api<Home>(holder, 'GET', '/home')
    assert.equal((await api<Problem>(holder, 'POST', `/invitations/${id}/answer`, { answer: 'grant' }, 403)).code, 'consent_required')
    assert.equal(await fetches(), before)
    assert.equal((await api<Invitation>(holder, 'POST', `/invitations/${id}/answer`, { answer: 'decline' })).status, 'declined')
  })

  test('替孩子办的时候，受邀人看到的是谁在请，看不到孩子', async () => {
    const { deps } = world
    const { me } = await signIn(world, mother)
    const ward = await recordSubject(deps.pool, deps, { kind: 'natural_person', name: '齐小宝', idCode: null })
    await relate(deps.pool, deps, me.accountId, ward, 'guardian')
    const forWard = { 'x-acting-for': ward }
    const begun = await browser.send({
      method: 'POST',
      url: '/api/v1/drafts',
      headers: forWard,
      payload: { bundleId: 'newborn', answers }
    })
    const invited = await invite(begun.json<Draft>(), browser, forWard)
    const { id } = invited.json<{ id: string }>()
    const { browser: holder } = await signIn(world, father)
    assert.equal((await api<Invitation>(holder, 'GET', `/invitations/${id}`)).maskedApplicantName, '林*')
    await api(holder, 'POST', `/invitations/${id}/answer`, { answer: 'grant' })
    const { traces } = await api<{ traces: { purpose: string }[] }>(holder, 'GET', '/traces')
    assert.ok(traces.some(({ purpose }) => purpose.includes('林*')))
    assert.ok(!JSON.stringify(traces).includes('齐'))
  })

  test('营业执照换了法定代表人：原来的人下次登录起不再能代表；照面找回来又可以', async () => {
    const company: LibraryLicence = {
      ...paper('biz-licence', founder, { 名称: '江阴演示科技有限公司', 统一社会信用代码: '91320281000000001X', 法定代表人: founder.name }),
      holderName: '江阴演示科技有限公司',
      holderIdCode: '91320281000000001X'
    }
    const roles = async () => (await signIn(world, founder)).me.subjects.map(({ role }) => role)
    world.outside.licences = [company]
    assert.deepEqual(await roles(), ['self', 'legalRepresentative'])
    world.outside.licences = [{ ...company, face: { ...company.face, 法定代表人: '别人' } }]
    assert.deepEqual(await roles(), ['self', 'legalRepresentative'], '刚登记的企业，证照库可能还没跟上')
    world.pass(86_400_001)
    const { browser: former, me } = await signIn(world, founder)
    assert.deepEqual(
      me.subjects.map(({ role }) => role),
      ['self']
    )
    const { rows } = await world.deps.pool.query<{ id: string }>("select id from subject where kind = 'legal_person'")
    const refused = await former.send({ method: 'GET', url: '/api/v1/licences', headers: { 'x-acting-for': rows[0]?.id ?? '' } })
    assert.equal(refused.statusCode, 403)
    world.outside.licences = [company]
    assert.deepEqual(await roles(), ['self', 'legalRepresentative'])
  })
})
