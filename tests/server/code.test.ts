import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { CodeSceneList } from '../../contract/codes'
import type { Problem } from '../../contract/problems'
import { encodeOnline } from '../../domain/code/format'
import { demoIdNumber } from '../../mock/numbers'
import { codeVectors } from '../../scripts/code/vectors'
import { recordSubject, relate } from '../../server/modules/identity/subjects'
import { company, motherEachTime, signInCompany, withoutIds, type CodeWorld } from './codes'
import { api } from './journey'
import { actingFor, openBrowser, signIn, signInOnly, type Browser } from './sign-in'
import { mother, stranger, type World } from './world'

describe('苏服码：在线码的发与读', () => {
  let codes: CodeWorld
  let world: World
  let browser: Browser
  motherEachTime(30 * 60_000, (begun) => {
    ({ codes, world, browser } = begun)
  })

  const issue = (by = browser) => codes.issue(by)
  const status = (id: string, by = browser) => codes.status(by, id)
  const traces = (by = browser) => codes.traces(by)
  const latest = (by = browser) => codes.latest(by)
  const ask: CodeWorld['ask'] = (...asked) => codes.ask(...asked)
  const read: CodeWorld['read'] = (...asked) => codes.read(...asked)
  const refusal: CodeWorld['refusal'] = (...asked) => codes.refusal(...asked)

  test('取号：只给打码姓名与证件末四位；足迹写明谁、在哪、为何、哪几格，没有值', async () => {
    const code = await issue()
    assert.deepEqual([code.holder, code.shownName], ['person', '林*'])
    assert.equal(Date.parse(code.expiresAt) - Date.parse(code.issuedAt), 60_000)
    assert.deepEqual(await status(code.id), { status: 'live', pending: null, reading: null })
    const reading = await read({ code: code.text, scene: 'queue' })
    assert.deepEqual(reading.fields, [
      { key: 'identity.name', name: '姓名（打码）', text: '林*', yes: null },
      { key: 'identity.idCode', name: '证件号（末四位）', text: mother.idNumber.slice(-4), yes: null }
    ])
    assert.deepEqual([reading.holder, reading.retentionDays], ['person', 1])
    assert.deepEqual(reading.shownBy, { role: 'self', delegationNumber: null, maskedName: null })
    const { status: now, reading: by } = await status(code.id)
    assert.deepEqual([now, by?.organisation, by?.purpose], ['used', '江阴市政务服务中心（演示）', '在政务服务大厅取号、叫号'])
    const trace = await latest()
    assert.deepEqual([trace?.actor, trace?.action], ['江阴市政务服务中心（演示）一楼综合窗口', 'read'])
    assert.deepEqual(trace?.fields, ['姓名（打码）', '证件号（末四位）'])
    assert.match(trace?.purpose ?? '', /取号.*依据/)
    assert.ok(!withoutIds(JSON.stringify(await traces())).includes(mother.idNumber.slice(-4)))
  })

  test('只要其中一格，就只给一格，足迹也只写一格', async () => {
    const { id, text } = await issue()
    const { fields } = await read({ code: text, scene: 'queue', fields: ['identity.name'] })
    assert.deepEqual(fields, [{ key: 'identity.name', name: '姓名（打码）', text: '林*', yes: null }])
    assert.deepEqual((await latest())?.fields, ['姓名（打码）'])
    assert.deepEqual((await status(id)).reading?.fields, ['姓名（打码）'], '亮码人看到的也只有这一格')
  })

  test('借阅给社保卡末四位；景区只答有没有、满没满，不给内容', async () => {
    const library = await read({ code: (await issue()).text, scene: 'library' }, 'library-desk')
    assert.deepEqual(library.fields[1], { key: 'social-card.社保卡号', name: '社会保障卡·社保卡号（末四位）', text: '0002', yes: null })
    const gate = async (by: Browser) => (await read({ code: (await issue(by)).text, scene: 'scenic' }, 'park-gate')).fields
    const answers = (veteran: boolean) => [
      { key: 'holds.elder-card', name: '有没有老年人优待证', text: null, yes: false },
      { key: 'holds.veteran-card', name: '有没有退役军人优待证', text: null, yes: veteran },
      { key: 'age.70', name: '是否年满 70 周岁', text: null, yes: false }
    ]
    assert.deepEqual(await gate(browser), answers(false))
    assert.deepEqual(await gate((await signIn(world, stranger)).browser), answers(true))
  })

  test('满没满几周岁按当天算：70 岁生日那天起算满', async () => {
    const oldEnough = async (birth: string) => {
      const person = { ...stranger, name: '徐演示', idNumber: demoIdNumber(birth, 9) }
      const { text } = await issue((await signIn(world, person)).browser)
      return (await read({ code: text, scene: 'scenic', fields: ['age.70'] }, 'park-gate')).fields.map(({ yes }) => yes)
    }
    assert.deepEqual(await oldEnough('1956-11-19'), [true])
    assert.deepEqual(await oldEnough('1956-11-20'), [false])
  })

  test('证照库连不上、又从没查过：答「不知道」，不答「没有」', async () => {
    const fresh = (await signIn(world, { ...mother, name: '顾演示', idNumber: demoIdNumber('1999-01-01', 1) })).browser
    world.outside.down.add('library')
    const { fields } = await read({ code: (await issue(fresh)).text, scene: 'scenic' }, 'park-gate')
    world.outside.down.delete('library')
    assert.deepEqual(fields.map(({ yes }) => yes), [null, null, false])
  })

  test('企业码：给企业的名称与信用代码末四位；只收企业码的场景不收个人码', async () => {
    const acting = await signInCompany(world)
    const code = await issue(acting)
    assert.deepEqual([code.holder, code.shownName], ['company', company.name])
    const { holder, shownBy, fields } = await read({ code: code.text, scene: 'queue' })
    assert.deepEqual(shownBy, { role: 'legalRepresentative', delegationNumber: null, maskedName: null })
    assert.deepEqual([holder, ...fields.map(({ text }) => text)], ['company', company.name, company.idCode.slice(-4)])
    const names = ['企业名称', '统一社会信用代码（末四位）']
    assert.deepEqual(fields.map(({ name }) => name), names, '企业没有姓名和证件号')
    assert.deepEqual((await latest(acting))?.fields, names)
    assert.equal(await refusal({ code: (await issue()).text, scene: 'bidding' }, 'hall-kiosk'), 'holder_kind')
    assert.equal(await refusal({ code: (await issue(acting)).text, scene: 'library' }, 'library-desk'), 'holder_kind')
    assert.equal((await latest(acting))?.action, 'refused')
  })

  test('用过的再读：说用过，过了期也这么说；被拒的也留痕', async () => {
    const { text } = await issue()
    await read({ code: text, scene: 'queue' })
    assert.equal(await refusal({ code: text, scene: 'queue' }), 'code_used')
    world.pass(70_000)
    assert.equal(await refusal({ code: text, scene: 'queue' }), 'code_used')
    const trace = await latest()
    assert.deepEqual([trace?.action, trace?.fields], ['refused', ['姓名（打码）', '证件号（末四位）']], '想看而没让看的')
    assert.match(trace?.purpose ?? '', /已拒绝：这个码已经用过/)
  })

  test('两个核码端同一时刻读同一个码：恰好一个读到', async () => {
    const { text } = await issue()
    const replies = await Promise.all(['hall-desk', 'hall-kiosk', 'hall-desk'].map((reader) => ask({ code: text, scene: 'queue' }, reader)))
    assert.deepEqual(replies.map(({ statusCode }) => statusCode).sort(), [200, 409, 409])
    const reasons = replies.flatMap((reply) => reply.json<Problem>().errors?.map(({ code }) => code) ?? [])
    assert.deepEqual(reasons, ['code_used', 'code_used'])
  })

  test('60 秒加 5 秒之内收，66 秒的截屏不收；刷新出新的，旧的没过期仍可用', async () => {
    const [first, second] = [await issue(), await issue()]
    world.pass(64_999)
    await read({ code: first.text, scene: 'queue' })
    world.pass(999)
    assert.equal(await refusal({ code: second.text, scene: 'queue' }), 'code_expired')
    assert.deepEqual(await status(second.id), { status: 'expired', pending: null, reading: null })
    await read({ code: (await issue()).text, scene: 'queue' })
  })

  test('多要一格：整个拒绝，码不作废，足迹留着', async () => {
    const { text } = await issue()
    const beyond = [
      ['identity.phone', '手机号'],
      ['social-card.社保卡号', '社会保障卡·社保卡号'],
      ['constructor', '别的内容'],
      ['<b>给我看看</b>', '别的内容']
    ] as const
    for (const [extra, label] of beyond) {
      assert.equal(await refusal({ code: text, scene: 'queue', fields: ['identity.name', extra, 'constructor'] }), 'beyond_scene')
      assert.deepEqual((await latest())?.fields, [...new Set(['姓名（打码）', label, '别的内容'])], '核码端自己写的字不进足迹')
    }
    assert.match((await latest())?.purpose ?? '', /超出了这个场景/)
    await read({ code: text, scene: 'queue' })
  })

  test('没登记的核码端、没登记的场景、没有的场景：拒绝并留痕；码真不真，答复都一样', async () => {
    const { text } = await issue()
    const made = encodeOnline({ issuer: '320281', token: new Uint8Array(16) })
    const closed = (await signIn(world, { ...stranger, name: '尤演示', idNumber: demoIdNumber('1988-08-08', 3) })).browser
    const gone = await issue(closed)
    await api(closed, 'POST', '/identity/account/close', { confirm: '注销账号' }, 204)
    for (const code of [text, made, gone.text]) {
      assert.equal(await refusal({ code, scene: 'queue' }, 'nobody'), 'reader_unknown')
      assert.equal(await refusal({ code, scene: 'queue' }, 'constructor'), 'reader_unknown')
      assert.equal(await refusal({ code, scene: 'hotel' }), 'scene_not_registered')
      assert.equal(await refusal({ code, scene: 'constructor' }), 'scene_not_registered')
    }
    // 留痕在答复之后：答得快慢也不说码真不真。
    const byUnknown = async () => (await traces()).filter(({ action, actor }) => action === 'refused' && actor === '没有登记的扫码机器')
    const ofOthers = async () => (await traces()).filter(({ purpose }) => purpose.includes('没有登记这个场景'))
    while ((await byUnknown()).length < 2 || (await ofOthers()).length < 2) await new Promise((resolve) => setImmediate(resolve))
    assert.deepEqual((await byUnknown()).map(({ fields }) => fields), Array(2).fill(['姓名（打码）', '证件号（末四位）']))
    assert.deepEqual((await ofOthers()).map(({ fields }) => fields), [[], ['姓名', '证件号']], '没有的场景不知道要哪几格；有的写它的')
    assert.equal(await refusal({ code: made, scene: 'queue' }), 'code_unknown')
  })

  test('读不出的、别处发的、离线码：各说各的缘由', async () => {
    const { text } = await issue()
    assert.equal(await refusal({ code: text.slice(0, -1), scene: 'queue' }), 'code_unreadable')
    assert.equal(await refusal({ code: 'https://example.org/', scene: 'queue' }), 'code_unreadable')
    assert.equal(await refusal({ code: text.replace('320281', '320200'), scene: 'queue' }), 'wrong_issuer')
    assert.equal(await refusal({ code: codeVectors().vectors[0]?.text ?? '', scene: 'queue' }), 'code_offline')
  })

  test('没有同意使用敏感信息：不碰证照的场景可以，碰证照的不给', async () => {
    const shy = await signInOnly(world, { ...stranger, name: '齐演示', idNumber: '320281199808080010' })
    const { version } = await api<{ version: string }>(shy, 'GET', '/identity/notice')
    await api(shy, 'POST', '/identity/consents', { version, kinds: ['privacy'] })
    assert.equal(await refusal({ code: (await issue(shy)).text, scene: 'library' }, 'library-desk'), 'consent_missing')
    await read({ code: (await issue(shy)).text, scene: 'queue' })
  })

  test('孩子的码由监护人亮；不再是监护人，或收回孩子信息的同意，就读不了', async () => {
    const { browser: parent, me } = await signIn(world, mother)
    const { deps } = world
    const ward = await recordSubject(deps.pool, deps, { kind: 'natural_person', name: '林小宝', idCode: '32028120200101001X' })
    await relate(deps.pool, deps, me.accountId, ward, 'guardian')
    const forWard = actingFor(parent, ward)
    const { fields, shownBy } = await read({ code: (await issue(forWard)).text, scene: 'queue' })
    assert.deepEqual([fields[1]?.text, shownBy], ['001X', { role: 'guardian', delegationNumber: null, maskedName: null }])
    const [one, other] = [await issue(forWard), await issue(forWard)]
    await api(parent, 'POST', '/identity/consents/withdraw', { kinds: ['minor'] })
    assert.equal(await refusal({ code: one.text, scene: 'queue' }), 'consent_missing')
    await deps.pool.query('update relation set until = now() where subject_id = $1', [ward])
    assert.equal(await refusal({ code: other.text, scene: 'queue' }), 'holder_unavailable')
  })

  test('设备退出登录、账号注销：码立刻读不了，缘由不同', async () => {
    const leaving = (await signIn(world, { ...stranger, name: '钱演示', idNumber: '320281199707070016' })).browser
    const { text } = await issue(leaving)
    await leaving.send({ method: 'POST', url: '/api/v1/identity/logout' })
    assert.equal(await refusal({ code: text, scene: 'queue' }), 'device_revoked')
    const closing = (await signIn(world, { ...stranger, name: '钱演示', idNumber: '320281199707070016' })).browser
    const last = await issue(closing)
    await api(closing, 'POST', '/identity/account/close', { confirm: '注销账号' }, 204)
    assert.equal(await refusal({ code: last.text, scene: 'queue' }), 'holder_unavailable')
  })

  test('没有签名：什么也不说；库里没有令牌原文', async () => {
    const { text } = await issue()
    world.outside.callbacksHold = false
    const reply = await ask({ code: text, scene: 'queue' })
    world.outside.callbacksHold = true
    assert.deepEqual([reply.statusCode, reply.json<Problem>().code], [401, 'signature_invalid'])
    await read({ code: text, scene: 'queue' })
    assert.ok(!world.logged.some((line) => line.includes(text.slice(10))))
  })

  test('同一个答复，不论码是谁的、有没有：没登记的核码端分不出一个字', async () => {
    const made = encodeOnline({ issuer: '320281', token: new Uint8Array(16).fill(7) })
    const anonymous = async (code: string) => {
      const reply = await ask({ code, scene: 'queue' }, 'nobody')
      const { traceId, ...rest } = reply.json<Problem>()
      assert.ok(traceId)
      return { status: reply.statusCode, rest }
    }
    const [real, unknown] = [await anonymous((await issue()).text), await anonymous(made)]
    assert.deepEqual(real, unknown)
  })

  test('亮码场景：谁都能看，写明给出什么、凭什么、留多久、要不要点头、归哪一组', async () => {
    const reply = await openBrowser(world).send({ method: 'GET', url: '/api/v1/codes/scenes' })
    const { scenes, groups } = reply.json<CodeSceneList>()
    assert.deepEqual([reply.statusCode, scenes.length], [200, 27])
    const { fields, confirm, offline, pending } = scenes.find(({ id }) => id === 'queue') ?? assert.fail()
    assert.deepEqual([fields, confirm, offline, pending], [['姓名（打码）', '证件号（末四位）'], false, true, true])
    assert.ok(scenes.every(({ legalBasis, purpose }) => legalBasis && purpose))
    assert.ok(scenes.every(({ group }) => groups.some(({ id, name }) => id === group && name)))
    assert.match(String(reply.headers['cache-control']), /max-age/)
  })
})
