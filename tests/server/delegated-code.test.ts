import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Delegation, DelegationList } from '../../contract/delegations'
import type { ReadCode } from '../../contract/gateways/readers'
import { recordSubject, relate } from '../../server/modules/identity/subjects'
import { founder } from './cases'
import { refusalOf, startCodeWorld, type CodeWorld } from './codes'
import { daughter, delegate, elder, end } from './delegating'
import { api } from './journey'
import { actingFor, arrive, type Browser, type Somebody } from './sign-in'

describe('代办人亮老人的码：看的是老人的同意，不是代办人的', () => {
  const scenes = ['queue', 'library', 'counter']
  let codes: CodeWorld
  let giver: Somebody
  let helper: Somebody
  let asElder: Browser
  before(async () => {
    codes = await startCodeWorld()
    giver = await arrive(codes.world, elder)
    helper = await arrive(codes.world, daughter)
    asElder = actingFor(helper.browser, giver.selfId)
    await delegate(codes.world, giver, helper, { scenes })
  })
  after(async () => {
    await codes.world.close()
  })

  const consent = async ({ browser }: Somebody, kinds: string[]) => {
    const { version } = await api<{ version: string }>(browser, 'GET', '/identity/notice')
    await api(browser, 'POST', '/identity/consents', { version, kinds })
  }
  const withdraw = ({ browser }: Somebody, kinds: string[]) => api(browser, 'POST', '/identity/consents/withdraw', { kinds })
  const library = async () => ({ code: (await codes.issue(asElder)).text, scene: 'library' })
  const queue = async () => ({ code: (await codes.issue(asElder)).text, scene: 'queue' })

  test('授权了的场景读得到老人的；没授权的不给', async () => {
    assert.equal((await codes.read(await queue())).fields[0]?.text, '徐*')
    await codes.read(await library(), 'library-desk')
    assert.equal(await codes.refusal({ ...(await queue()), scene: 'check-in' }), 'beyond_delegation')
  })

  test('老人没同意用证照信息：代办人自己同意了也不给；不碰证照的照给', async () => {
    await withdraw(giver, ['sensitive'])
    assert.equal(await codes.refusal(await library(), 'library-desk'), 'consent_missing')
    await codes.read(await queue())
    await consent(giver, ['sensitive'])
  })

  test('代办人自己没同意用自己的证照信息：不碍老人的', async () => {
    await withdraw(helper, ['sensitive'])
    await codes.read(await library(), 'library-desk')
    await consent(helper, ['sensitive'])
  })

  test('女儿点了同意，老人随即收回授权：核码端还没取走的，不给', async () => {
    const { readingId } = await codes.await({ code: (await codes.issue(asElder)).text, scene: 'counter' })
    await api(helper.browser, 'POST', `/codes/pending-readings/${readingId}/answer`, { agree: true }, 204)
    const { given } = await api<DelegationList>(giver.browser, 'GET', '/delegations')
    await end(giver, given.find(({ status }) => status === 'active')?.id ?? '', 'revoke')
    const reply = await codes.poll(readingId)
    assert.deepEqual([reply.statusCode, refusalOf(reply)], [409, 'holder_unavailable'])
    const { rows } = await codes.world.deps.pool.query('select released_sealed as sealed from awaited_reading where id = $1', [readingId])
    assert.deepEqual(rows, [{ sealed: null }])
    await delegate(codes.world, giver, helper, { scenes })
  })

  test('老人收回了对隐私说明的同意：一样也不给', async () => {
    const shown = await queue()
    await withdraw(giver, ['privacy'])
    assert.equal(await codes.refusal(shown), 'consent_missing')
    await consent(giver, ['privacy'])
  })
})

describe('代办人、经办人亮码：核码端知道是谁凭哪份授权在亮；要本人到场的不收', () => {
  let codes: CodeWorld
  let giver: Somebody
  let helper: Somebody
  let asElder: Browser
  let given: Delegation
  before(async () => {
    codes = await startCodeWorld()
    giver = await arrive(codes.world, elder)
    helper = await arrive(codes.world, daughter)
    asElder = actingFor(helper.browser, giver.selfId)
    given = await delegate(codes.world, giver, helper, { scenes: ['queue', 'counter', 'kiosk'] })
  })
  after(async () => {
    await codes.world.close()
  })

  /** 自助机登录这会儿要本人到场。 */
  async function inPerson(run: () => Promise<void>): Promise<void> {
    const { scenes } = codes.world.shelf.current().catalogue
    const kiosk = scenes.kiosk ?? assert.fail()
    scenes.kiosk = { ...kiosk, inPerson: true }
    await run().finally(() => { scenes.kiosk = kiosk })
  }

  test('扫了就能用的：带授权编号和代办人打了码的姓名；老人的足迹也写着由谁代为亮码', async () => {
    const { fields, shownBy } = await codes.read({ code: (await codes.issue(asElder)).text, scene: 'queue' })
    assert.deepEqual(shownBy, { role: 'proxy', delegationNumber: given.number, maskedName: '许*' })
    assert.equal(fields[0]?.text, '徐*', '码还是老人的')
    assert.match((await codes.latest(giver.browser))?.purpose ?? '', /由代办人 许\* 代为亮码/)
  })

  test('要点头的：代办人点了头，结果里一样带着；足迹不说成是老人点的', async () => {
    const { readingId } = await codes.await({ code: (await codes.issue(asElder)).text, scene: 'counter' })
    await api(asElder, 'POST', `/codes/pending-readings/${readingId}/answer`, { agree: true }, 204)
    const { shownBy } = (await codes.poll(readingId)).json<ReadCode>()
    assert.deepEqual(shownBy, { role: 'proxy', delegationNumber: given.number, maskedName: '许*' })
    assert.match((await codes.latest(giver.browser))?.purpose ?? '', /许\*代你点了同意/)
  })

  test('代办人没点同意：什么也不给，老人的足迹不说成是老人不肯', async () => {
    const { readingId } = await codes.await({ code: (await codes.issue(asElder)).text, scene: 'counter' })
    await api(asElder, 'POST', `/codes/pending-readings/${readingId}/answer`, { agree: false }, 204)
    assert.equal(refusalOf(await codes.poll(readingId)), 'declined')
    assert.match((await codes.latest(giver.browser))?.purpose ?? '', /没有给：许\*没有代你同意/)
  })

  test('老人自己亮：由本人', async () => {
    const { shownBy } = await codes.read({ code: (await codes.issue(giver.browser)).text, scene: 'queue' })
    assert.deepEqual(shownBy, { role: 'self', delegationNumber: null, maskedName: null })
  })

  test('企业经办人：带授权编号；法定代表人不用', async () => {
    const boss = await arrive(codes.world, founder)
    const { subjects } = await api<{ subjects: { id: string; role: string }[] }>(boss.browser, 'GET', '/identity/me')
    const companyId = subjects.find(({ role }) => role === 'legalRepresentative')?.id ?? assert.fail()
    const { number } = await delegate(codes.world, boss, helper, { scenes: ['queue'] }, { subjectId: companyId })
    const shown = async (by: Browser) =>
      (await codes.read({ code: (await codes.issue(actingFor(by, companyId))).text, scene: 'queue' })).shownBy
    assert.deepEqual(await shown(helper.browser), { role: 'operator', delegationNumber: number, maskedName: '许*' })
    assert.equal((await shown(boss.browser)).role, 'legalRepresentative')
  })

  test('授权以后改成要本人到场的：代办人的码不收，缘由是它自己的，老人看得到；本人的照收，授权里也不再写着', () => inPerson(async () => {
    assert.equal(await codes.refusal({ code: (await codes.issue(asElder)).text, scene: 'kiosk' }, 'hall-kiosk'), 'in_person')
    const trace = await codes.latest(giver.browser)
    assert.match(trace?.purpose ?? '', /已拒绝：这个场景要本人到场/)
    assert.deepEqual([trace?.action, trace?.fields], ['refused', ['姓名（打码）', '证件号（末四位）']])
    const { sceneNames } = await api<Delegation>(giver.browser, 'GET', `/delegations/${given.id}`)
    assert.deepEqual(sceneNames, ['大厅取号', '窗口办事'])
    await codes.read({ code: (await codes.issue(giver.browser)).text, scene: 'kiosk' }, 'hall-kiosk')
  }))

  test('监护人不是代办人：要本人到场的场景，孩子的码照样由监护人亮', () => inPerson(async () => {
    const { deps } = codes.world
    const ward = await recordSubject(deps.pool, deps, { kind: 'natural_person', name: '林小宝', idCode: '32028120200101001X' })
    const { accountId } = await api<{ accountId: string }>(helper.browser, 'GET', '/identity/me')
    await relate(deps.pool, deps, accountId, ward, 'guardian')
    const code = (await codes.issue(actingFor(helper.browser, ward))).text
    const { shownBy } = await codes.read({ code, scene: 'kiosk' }, 'hall-kiosk')
    assert.deepEqual(shownBy, { role: 'guardian', delegationNumber: null, maskedName: null })
  }))
})
