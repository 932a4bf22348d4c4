import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { LicenceList } from '../../contract/licences'
import type { LiveEvent } from '../../contract/live'
import type { Presentable, PresentationStatus } from '../../contract/presentations'
import type { TraceList } from '../../contract/traces'
import { recordSubject, relate } from '../../server/modules/identity/subjects'
import { sweep } from '../../server/modules/presentation/sweep'
import { api } from './journey'
import { hukou, paper } from './papers'
import { fullIdCard, licenceId, present, refusal, tokenOf, verify } from './presenting'
import { signIn, signInOnly, type Browser } from './sign-in'
import { mother, startWorld, stranger, type World } from './world'

describe('亮证', () => {
  let world: World
  let browser: Browser
  let accountId: string
  let id: string
  before(async () => {
    world = await startWorld()
  })
  beforeEach(async () => {
    world.outside.down.clear()
    world.outside.licences = [fullIdCard(), hukou(mother)]
    world.pass(11 * 60_000)
    const signedIn = await signIn(world, mother)
    browser = signedIn.browser
    accountId = signedIn.me.accountId
    id = await licenceId(browser, 'id-card')
  })
  after(async () => {
    await world.close()
  })

  const presentable = (of = id) => api<Presentable>(browser, 'GET', `/licences/${of}/presentable`)
  const status = (of: string, by = browser) => api<PresentationStatus>(by, 'GET', `/presentations/${of}`)
  const traces = async () => (await api<TraceList>(browser, 'GET', '/traces')).traces
  const stored = async () =>
    (await world.deps.pool.query<{ row: string }>('select p::text as row from presentation p')).rows.map(({ row }) => row).join()

  test('0、1 级缺省选上，2 级能选但不缺省；只答是否的在照面答得出时才有', async () => {
    const { fields, predicates } = await presentable()
    const chosen = (of: boolean) => fields.filter((field) => field.chosen === of).map(({ name }) => name)
    assert.deepEqual(chosen(true), ['姓名', '性别', '民族', '签发机关', '有效期'])
    assert.deepEqual(chosen(false), ['出生日期', '住址', '公民身份号码'])
    assert.deepEqual(predicates, [
      { key: 'adult', label: '已满 18 周岁' },
      { key: 'senior', label: '已满 60 周岁' }
    ])
    assert.deepEqual((await presentable(await licenceId(browser, 'hukou'))).predicates, [])
  })

  test('3 级能选，从不缺省', async () => {
    world.outside.licences = [paper('fund-proof', mother, { 姓名: mother.name, 缴存状态: '正常', 月缴存额: '1000', 余额: '1000' })]
    world.pass(11 * 60_000)
    browser = (await signIn(world, mother)).browser
    const proof = await licenceId(browser, 'fund-proof')
    const { fields } = await presentable(proof)
    assert.deepEqual(
      fields.filter(({ sensitivity }) => sensitivity === 3).map(({ name, chosen }) => [name, chosen]),
      [
        ['月缴存额', false],
        ['余额', false]
      ]
    )
    assert.deepEqual((await present(browser, proof, { fields: ['余额'] })).shown, [{ name: '余额', text: '1000', type: 'n' }])
  })

  test('只亮选中的，按照面的次序；只答是否的答是或否', async () => {
    const shown = await present(browser, id, { fields: ['公民身份号码', '姓名'], predicates: ['senior', 'adult'], purpose: '入住登记' })
    assert.deepEqual(shown.shown, [
      { name: '姓名', text: mother.name, type: 's' },
      { name: '公民身份号码', text: mother.idNumber, type: 'id' },
      { name: '已满 18 周岁', text: '是' },
      { name: '已满 60 周岁', text: '否' }
    ])
    assert.match(shown.watermark, /^2026-11-19 \d\d:\d\d 用于：入住登记$/)
    assert.match(shown.href, /^http:\/\/localhost:8080\/features\/licence\/verify\/index#[\w-]{22}$/)
    assert.match(shown.code, /^[2-9A-HJ-NP-Z]{12}$/)
    assert.equal(Date.parse(shown.expiresAt) - Date.parse(shown.issuedAt), 60_000)
  })

  test('只答是否：什么原值也不给', async () => {
    const { shown } = await present(browser, id, { fields: [], predicates: ['adult'] })
    assert.deepEqual(shown, [{ name: '已满 18 周岁', text: '是' }])
  })

  test('照面上没有的、目录里没有的，说清是哪一项', async () => {
    const wanted = { fields: ['姓名', '照片'], predicates: ['driver'], purpose: '租房' }
    const reply = await browser.send({ method: 'POST', url: `/api/v1/licences/${id}/presentations`, payload: wanted })
    assert.deepEqual(
      [reply.statusCode, reply.json<{ errors: { pointer: string }[] }>().errors.map(({ pointer }) => pointer)],
      [422, ['/fields/1', '/predicates/0']]
    )
  })

  test('令牌与照面都不以原文落库、不进日志', async () => {
    const shown = await present(browser, id, { fields: ['姓名', '公民身份号码'] })
    const rows = await stored()
    for (const secret of [tokenOf(shown), shown.code, mother.idNumber, mother.name, Buffer.from(mother.name).toString('hex')]) {
      assert.ok(!rows.includes(secret), secret)
      assert.ok(!world.logged.some((line) => line.includes(secret)), secret)
    }
  })

  test('亮着、核过、过期：只有亮证的账号看得到；核的那一刻推送到手机', async () => {
    const heard: LiveEvent[] = []
    const { Client } = await import('pg')
    const listener = new Client({ connectionString: world.deps.pool.options.connectionString })
    await listener.connect()
    await listener.query('listen live')
    const told = new Promise<void>((resolve) =>
      listener.on('notification', ({ payload }) => {
        const { accountIds, event } = JSON.parse(payload ?? '{}') as { accountIds: string[]; event: LiveEvent }
        if (!accountIds.includes(accountId) || event.kind !== 'licence') return
        heard.push(event)
        resolve()
      })
    )
    const [one, two] = [await present(browser, id), await present(browser, id)]
    assert.deepEqual(await status(one.id), { status: 'live', verifiedAt: null })
    assert.equal((await verify(world, tokenOf(one))).result, 'valid')
    await told
    await listener.end()
    assert.deepEqual(heard, [{ kind: 'licence', id }])
    assert.deepEqual(await status(one.id), { status: 'verified', verifiedAt: new Date(world.deps.now()).toISOString() })
    world.pass(65_001)
    assert.equal((await status(two.id)).status, 'expired')
    const { browser: other } = await signIn(world, stranger)
    assert.equal(await refusal(other, 'GET', `/presentations/${one.id}`), 'not_found')
  })

  test('足迹：亮出时一条，被核时一条；有字段名和用途，没有值', async () => {
    const shown = await present(browser, id, { fields: ['住址'], purpose: '快递实名' })
    await verify(world, shown.code)
    const kept = (await traces()).filter(({ purpose }) => purpose.includes('快递实名'))
    const use = kept.find(({ action }) => action === 'use')
    const read = kept.find(({ action }) => action === 'read')
    assert.deepEqual([use?.action, use?.actorKind, use?.fields, use?.objectable], ['use', 'self', ['住址'], false])
    assert.deepEqual([read?.action, read?.actorKind, read?.fields], ['read', 'reader', ['住址']])
    assert.ok(read?.purpose.includes('居民身份证'))
    assert.ok(!JSON.stringify(await traces()).includes('演示路1号'))
  })

  test('过期、暂扣、注销、吊销、已换发的不能亮；去世的也不能', async () => {
    const wanted = { fields: [], predicates: [], purpose: '租房' }
    const changes = [
      { validTo: '2026-11-18' },
      { status: 'suspended' },
      { status: 'cancelled' },
      { status: 'revoked' },
      { status: 'changed' }
    ] as const
    for (const change of changes) {
      world.outside.licences = [fullIdCard(change)]
      world.pass(11 * 60_000)
      browser = (await signIn(world, mother)).browser
      assert.equal(await refusal(browser, 'POST', `/licences/${id}/presentations`, wanted), 'licence_unusable', JSON.stringify(change))
      assert.equal(await refusal(browser, 'GET', `/licences/${id}/presentable`), 'licence_unusable')
    }
    world.outside.licences = [fullIdCard()]
    world.pass(11 * 60_000)
    browser = (await signIn(world, mother)).browser
    const shown = await present(browser, id)
    await world.deps.pool.query('update subject set deceased = true where id = (select subject_id from licence where id = $1)', [id])
    try {
      assert.equal(await refusal(browser, 'POST', `/licences/${id}/presentations`, wanted), 'licence_unusable')
      assert.equal((await verify(world, tokenOf(shown))).result, 'spent', '不说人去世了')
    } finally {
      await world.deps.pool.query('update subject set deceased = false where id = (select subject_id from licence where id = $1)', [id])
    }
  })

  test('证照库连不上：上次知道有效的，照样能亮', async () => {
    world.pass(10 * 60_000)
    world.outside.down.add('library')
    assert.equal((await present(browser, id)).shown.length, 1)
  })

  test('别人的：像没有一样；没有单独同意敏感信息：先同意', async () => {
    const wanted = { fields: [], predicates: [], purpose: '租房' }
    const { browser: other } = await signIn(world, stranger)
    assert.equal(await refusal(other, 'POST', `/licences/${id}/presentations`, wanted), 'not_found')
    assert.equal(await refusal(other, 'GET', `/licences/${id}/presentable`), 'not_found')
    const shy = await signInOnly(world, { ...stranger, name: '齐演示', idNumber: '320281199808080010' })
    const { version } = await api<{ version: string }>(shy, 'GET', '/identity/notice')
    await api(shy, 'POST', '/identity/consents', { version, kinds: ['privacy'] })
    assert.equal(await refusal(shy, 'POST', `/licences/${id}/presentations`, wanted), 'consent_required')
  })

  test('没领取的：先领取，再亮证、再下载', async () => {
    world.outside.licences.push(paper('diploma', mother, { 姓名: mother.name }))
    world.pass(11 * 60_000)
    browser = (await signIn(world, mother)).browser
    const { licences } = await api<LicenceList>(browser, 'GET', '/licences')
    const diploma = licences.find(({ type }) => type === 'diploma')?.id ?? assert.fail('没有学历证书')
    const wanted = { fields: [], predicates: [], purpose: '应聘' }
    assert.equal(await refusal(browser, 'POST', `/licences/${diploma}/presentations`, wanted), 'licence_unclaimed')
    assert.equal(await refusal(browser, 'GET', `/licences/${diploma}/presentable`), 'licence_unclaimed')
    assert.equal(await refusal(browser, 'GET', `/licences/${diploma}/pdf`), 'licence_unclaimed')
    await api(browser, 'POST', '/licences/claims', { ids: [diploma] })
    await present(browser, diploma, wanted)
  })

  test('监护人能亮孩子的；代办人、经办人不能亮', async () => {
    const { deps } = world
    const ward = await recordSubject(deps.pool, deps, { kind: 'natural_person', name: '林小宝', idCode: '32028120200101001X' })
    await relate(deps.pool, deps, accountId, ward, 'guardian')
    const child = { ...mother, name: '林小宝', idNumber: '32028120200101001X' }
    world.outside.licences.push(paper('vaccination-cert', child, { 儿童姓名: '林小宝', 证号: 'DEMO1' }))
    const wardLicence = await licenceId(browser, 'vaccination-cert')
    const headers = { 'x-acting-for': ward }
    const url = `/licences/${wardLicence}/presentations`
    const wanted = { fields: ['儿童姓名'], predicates: [], purpose: '入园' }
    await api(browser, 'POST', url, wanted, 201, headers)
    const shown = await present(browser, wardLicence, wanted)
    await api(browser, 'GET', `/licences/${wardLicence}`)
    const { rows: seen } = await deps.pool.query("select distinct actor from trace where subject_id = $1 and actor_kind = 'proxy'", [ward])
    assert.deepEqual(seen, [{ actor: '林*（监护人）' }], '领取、亮出、查看，都写明是监护人')
    for (const role of ['operator'] as const) {
      await relate(deps.pool, deps, accountId, ward, role)
      assert.equal(await refusal(browser, 'POST', url, wanted, headers), 'forbidden')
      assert.equal(await refusal(browser, 'GET', `/licences/${wardLicence}/presentable`, undefined, headers), 'forbidden')
    }
    assert.equal((await verify(world, tokenOf(shown))).result, 'spent', '不再是监护人，亮着的也收回')
    await deps.pool.query('update relation set until = now() where subject_id = $1', [ward])
  })

  test('亮着的时候收回了同意：核不到了', async () => {
    for (const kinds of [['sensitive'], ['privacy']]) {
      const shown = await present(browser, id)
      await api(browser, 'POST', '/identity/consents/withdraw', { kinds })
      assert.equal((await verify(world, tokenOf(shown))).result, 'spent')
      const { version } = await api<{ version: string }>(browser, 'GET', '/identity/notice')
      await api(browser, 'POST', '/identity/consents', { version, kinds })
    }
  })

  test('给看的内容核过或过期就抹去；一天后整条忘掉', async () => {
    const [one, two] = [await present(browser, id), await present(browser, id)]
    const kept = async () =>
      (
        await world.deps.pool.query<{ id: string; wiped: boolean }>(
          'select id, snapshot_sealed is null as wiped from presentation where id = any($1)',
          [[one.id, two.id]]
        )
      ).rows
    await verify(world, tokenOf(one))
    assert.deepEqual((await kept()).map(({ id: each, wiped }) => [each === one.id, wiped]).sort(), [
      [false, false],
      [true, true]
    ])
    world.pass(3 * 60_000)
    await sweep(world.deps)
    assert.ok((await kept()).every(({ wiped }) => wiped))
    world.pass(25 * 3_600_000)
    await sweep(world.deps)
    assert.deepEqual(await kept(), [])
  })
})
