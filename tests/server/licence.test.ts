import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { ClaimedLicences, Licence, LicenceList } from '../../contract/licences'
import type { TraceList } from '../../contract/traces'
import { api } from './journey'
import { father, hukou, idCard, paper } from './papers'
import { signIn, signInOnly, type Browser } from './sign-in'
import { mother, startWorld, stranger, type World } from './world'

describe('我的证照', () => {
  let world: World
  let browser: Browser
  before(async () => {
    world = await startWorld()
  })
  beforeEach(async () => {
    world.outside.down.clear()
    world.outside.licences = [idCard(mother), idCard(father), hukou(mother)]
    world.pass(11 * 60_000)
    browser = (await signIn(world, mother)).browser
  })
  after(async () => {
    await world.close()
  })

  /** 证照库的答复已不新鲜；登录凭证也过期了，重新登录。 */
  const later = async () => {
    world.pass(10 * 60_000)
    browser = (await signIn(world, mother)).browser
  }
  /** 操作员在 /readyz 看到的、没能收下的有几样。 */
  const readyWithheld = async () => (await world.app.inject('/readyz')).json<{ licences: { withheld: number } }>().licences.withheld
  const claimAll = () => api<ClaimedLicences>(browser, 'POST', '/licences/claims', {})
  const list = () => api<LicenceList>(browser, 'GET', '/licences')
  const cardOf = async (type: string) => (await list()).licences.find((each) => each.type === type) ?? assert.fail(`没有 ${type}`)
  const traced = async (action: string) => (await api<TraceList>(browser, 'GET', '/traces')).traces.filter((each) => each.action === action)

  test('从证照库取来本人的，别人的不在其中；姓名打码', async () => {
    const { licences, libraryReachable } = await list()
    assert.equal(libraryReachable, true)
    assert.deepEqual(new Set(licences.map(({ type }) => type)), new Set(['id-card', 'hukou']))
    assert.ok(licences.every(({ maskedHolderName }) => maskedHolderName === '林*'))
    assert.ok((await traced('fetch')).some(({ purpose }) => purpose === '查看我的证照'))
  })

  test('十分钟内不重复打扰证照库，过后再取', async () => {
    await list()
    world.outside.licences.push(paper('diploma', mother, { 姓名: mother.name }))
    assert.equal(
      (await list()).licences.some(({ type }) => type === 'diploma'),
      false
    )
    world.pass(10 * 60_000)
    assert.equal(
      (await list()).licences.some(({ type }) => type === 'diploma'),
      true
    )
  })

  test('证照库连不上：给上次知道的，并说明是何时的', async () => {
    await list()
    const known = world.deps.now()
    world.pass(10 * 60_000)
    world.outside.down.add('library')
    const { licences, libraryReachable, fetchedAt } = await list()
    assert.equal(libraryReachable, false)
    assert.equal(Date.parse(fetchedAt), known)
    assert.ok(licences.some(({ type }) => type === 'id-card'))
  })

  test('60 天内到期的是「快到期」，过了最后一天是「已过期」', async () => {
    const until = async (validTo: string) => {
      world.outside.licences = [idCard(mother, { validTo })]
      await later()
      return (await cardOf('id-card')).status
    }
    assert.equal(await until('2026-11-18'), 'expired')
    assert.equal(await until('2026-11-20'), 'expiring')
    assert.equal(await until('2027-01-18'), 'expiring')
    assert.equal(await until('2027-02-18'), 'valid')
  })

  test('换发新版：旧版变「已换发新证」，同一版重复取来不会变成两本', async () => {
    const mine = paper('driver-licence', mother, { 准驾车型: 'C1' })
    const renewed = paper('driver-licence', mother, { 准驾车型: 'C2' }, { version: 2 })
    for (const licences of [[mine], [mine, renewed], [renewed, mine]]) {
      world.outside.licences = licences
      await later()
      await list()
    }
    const all = (await list()).licences.filter(({ type }) => type === 'driver-licence')
    assert.deepEqual(all.map(({ status }) => status).sort(), ['changed', 'valid'])
  })

  test('标识不合规的不收，说明是哪一种、为什么；已有的不因此算注销；改对了就收下', async () => {
    const good = paper('degree-cert', mother, { 姓名: mother.name })
    const last = good.identifier.endsWith('0') ? '1' : '0'
    const wrong = { ...paper('title-cert', mother, { 姓名: mother.name }), identifier: good.identifier.slice(0, -1) + last }
    world.outside.licences = [good, paper('title-cert', mother, { 姓名: mother.name })]
    assert.deepEqual((await list()).withheld, [])
    world.outside.licences = [{ ...good, version: 2 }, wrong]
    await later()
    const { licences, withheld } = await list()
    assert.deepEqual(
      withheld.map(({ type, name, reason }) => [type, name, reason]).sort(),
      [
        ['degree-cert', '学位证书', '电子证照标识写的是第 1 版，证照却说是第 2 版'],
        ['title-cert', '专业技术职称证书', '电子证照标识的校验位对不上']
      ]
    )
    assert.deepEqual(
      licences.filter(({ type }) => type.endsWith('-cert')).map(({ type, status }) => [type, status]).sort(),
      [['degree-cert', 'valid'], ['title-cert', 'valid']]
    )
    assert.deepEqual((await list()).withheld, withheld, '十分钟内再看，仍说得出')
    const alarms = () => world.logged.filter((line) => line.includes('"alert":"licence_withheld"') && line.includes('-cert'))
    assert.deepEqual([await readyWithheld(), alarms().length], [2, 2], '操作员看得到：每一种告警一次')
    assert.ok(alarms().every((line) => !line.includes(mother.idNumber) && !line.includes(mother.name)), '不说是谁的')
    world.outside.licences = [good, paper('title-cert', mother, { 姓名: mother.name })]
    await later()
    assert.deepEqual([(await list()).withheld, await readyWithheld()], [[], 0])
  })

  test('敏感字段缺省打码，reveal=1 看原值并留下足迹，足迹里没有值', async () => {
    const { id } = await cardOf('id-card')
    await claimAll()
    const masked = await api<Licence>(browser, 'GET', `/licences/${id}`)
    const textOf = (licence: Licence, name: string) => licence.face.find((line) => line.name === name)
    assert.deepEqual(textOf(masked, '公民身份号码'), { name: '公民身份号码', type: 'id', text: '320***********0026', sensitivity: 2, masked: true })
    assert.equal(textOf(masked, '住址')?.text, '江苏省江阴市澄江街道***')
    assert.equal(textOf(masked, '有效期')?.masked, false)
    const before = (await traced('reveal')).length
    const revealed = await api<Licence>(browser, 'GET', `/licences/${id}?reveal=1`)
    assert.equal(textOf(revealed, '公民身份号码')?.text, mother.idNumber)
    const traces = await traced('reveal')
    assert.equal(traces.length, before + 1)
    assert.ok(traces[0]?.fields.includes('公民身份号码'))
    assert.ok(!JSON.stringify(traces).includes(mother.idNumber))
  })

  test('落库的照面是密文', async () => {
    await list()
    const { rows } = await world.deps.pool.query<{ row: string }>('select t::text as row from licence t')
    assert.ok(rows.every(({ row }) => !row.includes(mother.idNumber) && !row.includes(Buffer.from(mother.idNumber).toString('hex'))))
  })

  test('孩子的证照归在监护人这里；不再是监护人就看不到', async () => {
    const { accountId } = (await signIn(world, mother)).me
    const childId = world.deps.newId()
    const { pool, vault } = world.deps
    await pool.query("insert into subject (id, kind, name_sealed, created_at) values ($1, 'natural_person', $2, now())", [
      childId,
      vault.seal('林小宝', `subject.name_sealed:${childId}`)
    ])
    await pool.query("insert into relation (account_id, subject_id, role, since) values ($1, $2, 'guardian', now())", [accountId, childId])
    const licenceId = world.deps.newId()
    await pool.query(
      `insert into licence (id, subject_id, type, identifier, version, status, issuer, issued_on, face_sealed, recorded_at, claimed_at)
       values ($1, $2, 'vaccination-cert', 'demo', 1, 'valid', '演示', '2026-11-20', $3, now(), now())`,
      [licenceId, childId, vault.seal(JSON.stringify({ 儿童姓名: '林小宝', 证号: 'DEMO12345678' }), `licence.face:${licenceId}`)]
    )
    assert.ok((await list()).licences.some(({ id, subjectId }) => id === licenceId && subjectId === childId))
    const { face } = await api<Licence>(browser, 'GET', `/licences/${licenceId}`)
    assert.deepEqual(
      face.map(({ masked }) => masked),
      [true, true]
    )
    await pool.query('update relation set until = now() where subject_id = $1', [childId])
    assert.equal((await browser.send({ method: 'GET', url: `/api/v1/licences/${licenceId}` })).statusCode, 404)
  })

  test('别人的证照：404；没有单独同意敏感信息：403', async () => {
    const { id } = await cardOf('id-card')
    const { browser: other } = await signIn(world, stranger)
    await api(other, 'GET', `/licences/${id}`, undefined, 404)
    const shy = await signInOnly(world, { ...stranger, idNumber: '320281199901010018' })
    const { version } = await api<{ version: string }>(shy, 'GET', '/identity/notice')
    await api(shy, 'POST', '/identity/consents', { version, kinds: ['privacy'] })
    const refused = await api<{ code: string }>(shy, 'GET', '/licences', undefined, 403)
    assert.equal(refused.code, 'consent_required')
  })
})
