import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { CodeStatus, PendingReading, PendingReadingList } from '../../contract/codes'
import type { AwaitedReading, ReadCode } from '../../contract/gateways/readers'
import type { Problem } from '../../contract/problems'
import { demoIdNumber } from '../../mock/numbers'
import { sweepCodes } from '../../server/modules/code/sweep'
import { founder } from './cases'
import { company, motherEachTime, refusalOf, signInCompany, type CodeWorld } from './codes'
import { api } from './journey'
import { actingFor, signIn, type Browser } from './sign-in'
import { mother, stranger, type World } from './world'

const whole = { scene: 'counter' }

describe('苏服码：要亮码人点头的场景', () => {
  let codes: CodeWorld
  let world: World
  let browser: Browser
  motherEachTime(30 * 60_000, (begun) => {
    ({ codes, world, browser } = begun)
  })

  const pending = async (by = browser) => (await api<PendingReadingList>(by, 'GET', '/codes/pending-readings')).pending
  function answer(id: string, agree: boolean, by = browser) {
    world.pass(1)
    return by.send({ method: 'POST', url: `/api/v1/codes/pending-readings/${id}/answer`, payload: { agree } })
  }
  const polled = async (id: string, reader?: string) => refusalOf(await codes.poll(id, reader))
  const latest = async (by = browser) => (await codes.latest(by)) ?? assert.fail('没有足迹')
  /** A fresh code under the desk, and the reading that waits for its holder. */
  async function asked(by = browser): Promise<{ codeId: string; readingId: string }> {
    const { id, text } = await codes.issue(by)
    const { readingId } = await codes.await({ code: text, ...whole })
    return { codeId: id, readingId }
  }
  async function gone(id: string, agree = true, by = browser): Promise<string | undefined> {
    const reply = await answer(id, agree, by)
    assert.deepEqual([reply.statusCode, reply.json<Problem>().code], [410, 'gone'], reply.body)
    return reply.json<Problem>().detail
  }

  test('先问：手机上看到谁、在哪、要哪几格、凭什么、留多久；没点头以前核码端什么也没有', async () => {
    const { id, text } = await codes.issue(browser)
    const reply = await codes.ask({ code: text, ...whole })
    assert.equal(reply.statusCode, 202)
    const { readingId, expiresAt, ...more } = reply.json<AwaitedReading>()
    assert.deepEqual([more, Date.parse(expiresAt) - world.deps.now()], [{}, 60_000])
    const [one, ...others] = await pending()
    assert.deepEqual(others, [])
    const { at, ...told } = one ?? assert.fail()
    assert.ok(at)
    const scene = world.shelf.current().catalogue.scenes.counter ?? assert.fail()
    assert.deepEqual(told, {
      id: readingId,
      codeId: id,
      organisation: '江阴市政务服务中心（演示）',
      place: '一楼综合窗口',
      sceneName: scene.name,
      purpose: scene.purpose,
      fields: ['姓名', '证件号'],
      legalBasis: scene.legalBasis,
      retentionDays: scene.retentionDays,
      shownName: '林*',
      expiresAt
    } satisfies Omit<PendingReading, 'at'>)
    assert.deepEqual(await codes.status(browser, id), { status: 'asking', pending: one, reading: null } as CodeStatus)
    assert.deepEqual([(await codes.poll(readingId)).statusCode, (await latest()).action], [202, 'ask'])
  })

  test('同意：核码端取到，只取得到一次；足迹写着你点了同意，没有值', async () => {
    const { codeId, readingId } = await asked()
    assert.equal((await answer(readingId, true)).statusCode, 204)
    assert.deepEqual(await pending(), [])
    const { status, reading } = await codes.status(browser, codeId)
    assert.deepEqual([status, reading?.fields], ['used', ['姓名', '证件号']])
    const reply = await codes.poll(readingId)
    assert.equal(reply.statusCode, 200, reply.body)
    const given = reply.json<ReadCode>().fields.map(({ text }) => text)
    assert.deepEqual([given, reply.headers['cache-control']], [[mother.name, mother.idNumber], 'no-store'])
    assert.equal(await polled(readingId), 'code_used')
    const { action, purpose, fields } = await latest()
    assert.deepEqual([action, fields], ['read', ['姓名', '证件号']])
    assert.match(purpose, /你点了同意/)
    assert.ok(!JSON.stringify(await codes.traces(browser)).includes(mother.idNumber))
    assert.match((await gone(readingId)) ?? '', /已经答过/)
  })

  test('同意以前与取走以后，库里没有值；等着取的是密封的', async () => {
    const { readingId } = await asked()
    const select = 'select released_sealed as sealed from awaited_reading where id = $1'
    const kept = async () => (await world.deps.pool.query<{ sealed: Buffer | null }>(select, [readingId])).rows[0]?.sealed ?? null
    assert.equal(await kept(), null)
    await answer(readingId, true)
    const sealed = (await kept()) ?? assert.fail('没有留给核码端')
    assert.ok(!sealed.includes(mother.name) && !sealed.includes(mother.idNumber))
    await codes.poll(readingId)
    assert.equal(await kept(), null)
  })

  test('不同意：核码端只知道没有同意，码也用掉了', async () => {
    const { id, text } = await codes.issue(browser)
    const { readingId } = await codes.await({ code: text, ...whole })
    assert.equal((await answer(readingId, false)).statusCode, 204)
    assert.deepEqual([await polled(readingId), await polled(readingId)], ['declined', 'declined'])
    assert.deepEqual(await codes.status(browser, id), { status: 'declined', pending: null, reading: null })
    assert.deepEqual(await latest().then(({ action, fields }) => [action, fields]), ['refused', ['姓名', '证件号']])
    assert.match((await latest()).purpose, /你没有同意/)
    assert.match((await gone(readingId)) ?? '', /已经答过/, '不同意以后不能改口')
    assert.equal(await codes.refusal({ code: text, ...whole }), 'code_used')
  })

  test('60 秒里答才算：第 59 秒可以，到了 60 秒作罢，晚了的同意什么也不给', async () => {
    const [inTime, late] = [await asked(), await asked()]
    world.pass(58_990)
    assert.equal((await answer(inTime.readingId, true)).statusCode, 204)
    world.pass(1_100)
    assert.match((await gone(late.readingId)) ?? '', /60 秒/)
    assert.equal(await polled(late.readingId), 'confirmation_lapsed')
    assert.deepEqual(await codes.status(browser, late.codeId), { status: 'expired', pending: null, reading: null })
    const lapsed = await latest()
    assert.match(lapsed.purpose, /60 秒里没有答复/)
    assert.deepEqual([lapsed.action, lapsed.fields], ['refused', ['姓名', '证件号']])
    assert.equal((await codes.poll(inTime.readingId)).statusCode, 200)
  })

  test('没人答、核码端先来问：也是作罢；谁都不来，打扫时作罢；足迹只记一次', async () => {
    const lapses = async () => (await codes.traces(browser)).filter(({ purpose }) => purpose.includes('60 秒里没有答复')).length
    await sweepCodes(world.deps)
    const before = await lapses()
    const [noticed, swept] = [await asked(), await asked()]
    world.pass(60_000)
    assert.equal(await polled(noticed.readingId), 'confirmation_lapsed')
    assert.deepEqual([await lapses(), await pending()], [before + 1, []])
    await sweepCodes(world.deps)
    await sweepCodes(world.deps)
    assert.equal(await lapses(), before + 2)
    assert.deepEqual([await polled(noticed.readingId), await polled(swept.readingId)], ['confirmation_lapsed', 'confirmation_lapsed'])
  })

  test('同意了，60 秒里没来取：不再给，密封的也抹掉；足迹补一条没有给，核码端来晚了、谁都没再来，都只一条', async () => {
    const unfetched = async () => (await codes.traces(browser)).filter(({ purpose }) => purpose.includes('没有来取'))
    await sweepCodes(world.deps)
    const before = (await unfetched()).length
    const [late, never] = [await asked(), await asked()]
    for (const { readingId } of [late, never]) await answer(readingId, true)
    world.pass(60_000)
    assert.deepEqual([await polled(late.readingId), await polled(late.readingId)], ['confirmation_lapsed', 'confirmation_lapsed'])
    assert.equal((await unfetched()).length, before + 1)
    await sweepCodes(world.deps)
    await sweepCodes(world.deps)
    const [last, ...others] = await unfetched()
    assert.equal(others.length, before + 1)
    assert.deepEqual([last?.action, last?.fields], ['refused', ['姓名', '证件号']])
    assert.match(last?.purpose ?? '', /没有给：点了同意，60 秒里没有来取/)
    assert.equal(await polled(never.readingId), 'confirmation_lapsed')
    assert.deepEqual(await codes.status(browser, never.codeId), { status: 'expired', pending: null, reading: null })
    const { rows } = await world.deps.pool.query('select 1 from awaited_reading where released_sealed is not null')
    assert.deepEqual(rows, [])
  })

  test('取走了的，打扫不再说没有来取', async () => {
    const { readingId } = await asked()
    await answer(readingId, true)
    assert.equal((await codes.poll(readingId)).statusCode, 200)
    world.pass(60_000)
    await sweepCodes(world.deps)
    assert.equal((await latest()).action, 'read')
    assert.equal(await polled(readingId), 'code_used')
  })

  test('别的核码端、没登记的、编的编号：问不到；别的人看不到也答不了', async () => {
    const { readingId } = await asked()
    const other = (await signIn(world, stranger)).browser
    await answer(readingId, true)
    const [elsewhere, made] = [await codes.poll(readingId, 'hall-kiosk'), await codes.poll('00000000-0000-4000-8000-000000000000')]
    const said = ({ statusCode, json }: typeof made) => [statusCode, json<Problem>().code, json<Problem>().detail]
    assert.deepEqual([said(elsewhere), elsewhere.statusCode], [said(made), 404], '有没有这一次，答得一个样')
    assert.deepEqual([await polled(readingId, 'nobody'), await polled(readingId, 'constructor')], ['reader_unknown', 'reader_unknown'])
    const mine = await asked()
    assert.deepEqual([await pending(other), (await answer(mine.readingId, true, other)).statusCode], [[], 404])
    assert.equal((await codes.poll(mine.readingId)).statusCode, 202)
    assert.equal((await codes.poll(readingId)).statusCode, 200)
  })

  test('点同意的那一刻再核对一遍：发码的登录退出了，不给', async () => {
    const phone = (await signIn(world, mother)).browser
    const { readingId } = await asked(phone)
    await phone.send({ method: 'POST', url: '/api/v1/identity/logout' })
    assert.match((await gone(readingId)) ?? '', /退出登录/, '另一台设备上点的')
    assert.equal(await polled(readingId), 'device_revoked')
    assert.match((await latest()).purpose, /没有给：亮码的设备已经退出登录/)
  })

  test('点同意以前收回了敏感信息的同意：碰证照的不给；收回了隐私说明的同意：答也答不了', async () => {
    const acting = await signInCompany(world)
    const { readingId } = await codes.await({ code: (await codes.issue(acting)).text, scene: 'company-collect' }, 'hall-issue')
    await api(acting, 'POST', '/identity/consents/withdraw', { kinds: ['sensitive'] })
    await gone(readingId, true, acting)
    assert.equal(await polled(readingId, 'hall-issue'), 'consent_missing')

    const shy = (await signIn(world, { ...stranger, name: '尤演示', idNumber: demoIdNumber('1988-08-08', 5) })).browser
    const second = await asked(shy)
    await api(shy, 'POST', '/identity/consents/withdraw', { kinds: ['privacy'] })
    assert.equal((await answer(second.readingId, true, shy)).json<Problem>().code, 'consent_required')
    assert.equal((await codes.poll(second.readingId)).statusCode, 202)
  })

  test('点同意以前不再是法定代表人：不再问，也不给', async () => {
    const { browser: self, me } = await signIn(world, founder)
    const ofCompany = actingFor(self, me.subjects.find(({ kind }) => kind === 'legal_person')?.id ?? '')
    const { codeId, readingId } = await asked(ofCompany)
    assert.equal((await pending(self))[0]?.shownName, company.name, '不论在代表谁，都看得到')
    const ofCode = 'subject_id = (select subject_id from code where id = $1)'
    await world.deps.pool.query(`update relation set until = now() where ${ofCode}`, [codeId])
    assert.deepEqual(await pending(self), [])
    await gone(readingId, true, self)
    assert.equal(await polled(readingId), 'holder_unavailable')
  })

  test('两个核码端同一时刻读：一个等你点头，一个被拒；两处同时点同意：只算一次', async () => {
    const { text } = await codes.issue(browser)
    const replies = await Promise.all(['hall-desk', 'hall-desk', 'hall-desk'].map((reader) => codes.ask({ code: text, ...whole }, reader)))
    assert.deepEqual(replies.map(({ statusCode }) => statusCode).sort(), [202, 409, 409])
    const { readingId } = replies.find(({ statusCode }) => statusCode === 202)?.json<AwaitedReading>() ?? assert.fail()
    const answers = await Promise.all([true, false, true].map((agree) => answer(readingId, agree)))
    assert.deepEqual(answers.map(({ statusCode }) => statusCode).sort(), [204, 410, 410])
  })

  test('同时来取两次：值只给一次', async () => {
    const { readingId } = await asked()
    await answer(readingId, true)
    const replies = await Promise.all([codes.poll(readingId), codes.poll(readingId)])
    assert.deepEqual(replies.map(({ statusCode }) => statusCode).sort(), [200, 409])
  })

  test('点了同意、还没来取，登录退出了或收回了同意：不给，足迹说明，密封的也抹掉', async () => {
    const phone = (await signIn(world, mother)).browser
    const first = await asked(phone)
    await answer(first.readingId, true, phone)
    await phone.send({ method: 'POST', url: '/api/v1/identity/logout' })
    assert.equal(await polled(first.readingId), 'device_revoked')
    assert.match((await latest()).purpose, /没有给：亮码的设备已经退出登录/)
    assert.equal(await polled(first.readingId), 'device_revoked', '再问还是这样')

    const acting = await signInCompany(world)
    const second = await codes.await({ code: (await codes.issue(acting)).text, scene: 'company-collect' }, 'hall-issue')
    await answer(second.readingId, true, acting)
    await api(acting, 'POST', '/identity/consents/withdraw', { kinds: ['sensitive'] })
    assert.equal(await polled(second.readingId, 'hall-issue'), 'consent_missing')
    const { version } = await api<{ version: string }>(acting, 'GET', '/identity/notice')
    await api(acting, 'POST', '/identity/consents', { version, kinds: ['sensitive'] })
    const { rows } = await world.deps.pool.query('select released_sealed as sealed from awaited_reading where id = any($1)', [
      [first.readingId, second.readingId]
    ])
    assert.deepEqual(rows, [{ sealed: null }, { sealed: null }])
  })

  test('等着取的时候账号注销：值抹掉，核码端取不到', async () => {
    const leaving = (await signIn(world, { ...stranger, name: '钱演示', idNumber: demoIdNumber('1991-01-01', 7) })).browser
    const { readingId } = await asked(leaving)
    await answer(readingId, true, leaving)
    await api(leaving, 'POST', '/identity/account/close', { confirm: '注销账号' }, 204)
    assert.equal(await polled(readingId), 'holder_unavailable')
    const { rows } = await world.deps.pool.query('select released_sealed as sealed from awaited_reading where id = $1', [readingId])
    assert.deepEqual(rows, [{ sealed: null }])
  })
})
