import assert from 'node:assert/strict'
import { after, afterEach, before, describe, test } from 'node:test'
import type { Delegation, DelegationList, OfferedDelegation } from '../../contract/delegations'
import type { Me } from '../../contract/identity'
import type { MessageList } from '../../contract/messages'
import type { TraceList } from '../../contract/traces'
import { recordSubject, relate } from '../../server/modules/identity/subjects'
import { sweepDelegations } from '../../server/modules/delegation/sweep'
import { founder, problemOf } from './cases'
import { accept, daughter, delegate, elder, end, offer } from './delegating'
import { api } from './journey'
import { paper } from './papers'
import { actingFor, arrive, confirmAgain, type Somebody } from './sign-in'
import { mother, START, startWorld, stranger, type World } from './world'

const DAY = 86_400_000
const creditCode = '91320281000000001X'
const companyName = '江阴演示科技有限公司'

/** 每一组一个新的世界：限次各算各的。 */
function withTwo() {
  const now: { world: World; giver: Somebody; helper: Somebody } = {} as never
  before(async () => {
    now.world = await startWorld()
    now.giver = await arrive(now.world, elder)
    now.helper = await arrive(now.world, daughter)
  })
  afterEach(async () => {
    const { pool } = now.world.deps
    await pool.query("update relation set until = now() where role in ('proxy', 'operator')")
    await pool.query("update delegation set ended_at = now(), ended_because = 'lapsed', code_hash = null where ended_at is null")
  })
  after(async () => {
    await now.world.close()
  })
  return now
}

const post = (who: Somebody, url: string, payload: object, subjectId = who.selfId) =>
  actingFor(who.browser, subjectId).send({ method: 'POST', url: `/api/v1/delegations${url}`, payload })
const lists = (who: Somebody) => api<DelegationList>(who.browser, 'GET', '/delegations')
const subjects = async (who: Somebody) => (await api<Me>(who.browser, 'GET', '/identity/me')).subjects
const told = async (who: Somebody, id: string) =>
  (await api<MessageList>(who.browser, 'GET', '/messages?limit=50')).messages.filter(({ target }) => target?.id === id)
const homeFor = (who: Somebody, subjectId: string) => actingFor(who.browser, subjectId).send({ method: 'GET', url: '/api/v1/home' })
const wish = { scope: { scenes: ['queue'], bundles: [] }, until: '2026-12-19' }

describe('授权经办：开出与接受', () => {
  const now = withTwo()

  test('老人开出，女儿看清再接受：两边看到同一份，都收到消息，老人的足迹里有', async () => {
    const offered = await offer(now.world, now.giver, { scenes: ['queue'], bundles: ['retirement'] })
    assert.match(offered.code, /^[0-9A-HJKMNP-TV-Z]{8}$/)
    assert.ok(offered.href.endsWith(`/features/delegation/accept/index?code=${offered.code}`))
    assert.equal(Date.parse(offered.expiresAt) - now.world.deps.now(), 10 * 60_000)
    const typed = `${offered.code.slice(0, 4)}-${offered.code.slice(4)}`.toLowerCase()
    const seen = await api<Delegation>(now.helper.browser, 'POST', '/delegations/offers/lookup', { code: typed })
    assert.deepEqual(
      [seen.status, seen.shownSubjectName, seen.maskedDelegateName, seen.sceneNames, seen.bundleNames, seen.role],
      ['offered', '徐*', null, ['大厅取号'], ['退休一件事'], 'proxy']
    )
    // 最后一天的 24:00，北京时间。
    assert.equal(seen.until, '2026-12-19T16:00:00.000Z')
    const accepted = await accept(now.helper, typed)
    assert.deepEqual([accepted.id, accepted.status, accepted.allowedActions], [offered.delegation.id, 'active', ['resign']])
    assert.deepEqual([offered.delegation.side, seen.side, accepted.side], ['given', 'received', 'received'])
    const [given] = (await lists(now.giver)).given
    const [received] = (await lists(now.helper)).received
    assert.deepEqual({ ...given, side: 'received', allowedActions: ['resign'] }, received)
    assert.deepEqual(
      [given?.id, given?.side, given?.maskedDelegateName, given?.allowedActions, received?.shownSubjectName],
      [accepted.id, 'given', '许*', ['revoke'], '徐*']
    )
    const mine = (await subjects(now.helper)).find(({ id }) => id === now.giver.selfId)
    assert.deepEqual([mine?.role, mine?.maskedName, mine?.delegation], ['proxy', '徐*', { id: accepted.id, until: accepted.until }])
    const bodies = await Promise.all([now.giver, now.helper].map(async (who) => (await told(who, accepted.id))[0]?.body ?? ''))
    assert.match(bodies[0] ?? '', /^许\*从现在起可以替你办「退休一件事」/, '两边同姓打了码也分得清')
    assert.match(bodies[1] ?? '', /^你可以替徐\*办「退休一件事」/)
    assert.match(accepted.number, /^\d{4} \d{4} \d{4}$/)
    const { traces } = await api<TraceList>(now.giver.browser, 'GET', '/traces')
    const own = traces.find(({ actorKind }) => actorKind === 'proxy')
    assert.deepEqual([own?.actor, own?.action], ['许*（代办人）', 'use'])
    const { rows } = await now.world.deps.pool.query('select 1 from delegation where code_hash is not null')
    assert.equal(rows.length, 0, '接受以后，授权码的散列也删了')
  })

  test('没有再确认是本人，开不出；一次确认只开一份', async () => {
    const fresh = await arrive(now.world, elder)
    problemOf(await post(fresh, '', wish), 403, 'reauthentication_required')
    await confirmAgain(now.world, fresh.browser, elder)
    assert.equal((await post(fresh, '', wish)).statusCode, 201)
    problemOf(await post(fresh, '', wish), 403, 'reauthentication_required')
  })

  test('范围与日子不对：逐处说明', async () => {
    const other = await arrive(now.world, mother)
    await confirmAgain(now.world, other.browser, mother)
    const faults: [object, string][] = [
      [{ ...wish, scope: { scenes: [], bundles: [] } }, '/scope'],
      [{ ...wish, scope: { scenes: ['no-such'], bundles: [] } }, '/scope/scenes/0'],
      [{ ...wish, scope: { scenes: ['constructor'], bundles: [] } }, '/scope/scenes/0'],
      [{ ...wish, scope: { scenes: ['bidding'], bundles: [] } }, '/scope/scenes/0'],
      [{ ...wish, scope: { scenes: ['queue', 'hotel'], bundles: [] } }, '/scope/scenes/1'],
      [{ ...wish, scope: { scenes: [], bundles: ['no-such'] } }, '/scope/bundles/0'],
      [{ ...wish, scope: { scenes: [], bundles: ['startup'] } }, '/scope/bundles/0'],
      [{ ...wish, until: '2026-11-18' }, '/until'],
      [{ ...wish, until: '2027-11-20' }, '/until'],
      [{ ...wish, until: '2026-02-30' }, '/until']
    ]
    for (const [body, pointer] of faults) {
      const problem = problemOf(await post(other, '', body), 422, 'invalid_fields')
      assert.equal(problem.errors?.[0]?.pointer, pointer, JSON.stringify(body))
    }
    const inPerson = problemOf(await post(other, '', { ...wish, scope: { scenes: ['hotel'], bundles: [] } }), 422, 'invalid_fields')
    assert.deepEqual(inPerson.errors?.map(({ code, message }) => [code, message]), [
      ['in_person', '「酒店入住」要本人到场，不能请人代为亮码，请去掉']
    ])
    assert.equal((await post(other, '', { ...wish, until: '2026-11-19' })).statusCode, 201, '当天可以')
  })

  test('码不对、过期、用过、收回了：说法一模一样', async () => {
    const used = await offer(now.world, now.giver, { scenes: ['queue'] })
    await accept(now.helper, used.code)
    const revoked = await offer(now.world, now.giver, { scenes: ['queue'] })
    await end(now.giver, revoked.delegation.id, 'revoke')
    const stale = await offer(now.world, now.giver, { scenes: ['queue'] })
    now.world.pass(10 * 60_000)
    now.helper = await arrive(now.world, daughter)
    const answers = new Set<string>()
    for (const code of ['ZZZZZZZZ', used.code, revoked.code, stale.code, '!!!!!!!!']) {
      for (const url of ['/offers/lookup', '/offers/accept']) {
        const { traceId: _traceId, ...problem } = problemOf(await post(now.helper, url, { code }), 410, 'gone')
        answers.add(JSON.stringify(problem))
      }
    }
    assert.equal(answers.size, 1)
    now.giver = await arrive(now.world, elder)
    assert.equal((await lists(now.giver)).given.find(({ id }) => id === stale.delegation.id)?.status, 'lapsed')
  })

  test('自己出的自己不能接受；同一份，两个人同时接受只有一个成', async () => {
    const { code } = await offer(now.world, now.giver, { scenes: ['queue'] })
    for (const url of ['/offers/lookup', '/offers/accept']) problemOf(await post(now.giver, url, { code }), 403, 'forbidden')
    const other = await arrive(now.world, stranger)
    const replies = await Promise.all([now.helper, other].map((who) => post(who, '/offers/accept', { code })))
    assert.deepEqual(replies.map(({ statusCode }) => statusCode).sort(), [200, 410])
  })

  test('本来就能代表的人（监护人）不用授权', async () => {
    const guardian = await arrive(now.world, mother)
    await relate(now.world.deps.pool, now.world.deps, guardian.me.accountId, now.giver.selfId, 'guardian')
    const { code } = await offer(now.world, now.giver, { scenes: ['queue'] })
    problemOf(await post(guardian, '/offers/accept', { code }), 403, 'forbidden')
    await now.world.deps.pool.query("update relation set until = now() where role = 'guardian'")
  })

  test('试码有限次，开出也有限次', async () => {
    const guesser = await arrive(now.world, { ...stranger, name: '试演示', idNumber: '320281198001010011' })
    const statuses: number[] = []
    for (let count = 0; count < 13; count += 1) statuses.push((await post(guesser, '/offers/accept', { code: '00000000' })).statusCode)
    assert.deepEqual([statuses[11], statuses[12]], [410, 429])
  })

  test('同时最多替十位办', async () => {
    const busy = await arrive(now.world, { ...stranger, name: '忙演示', idNumber: '320281198001010038' })
    const { deps } = now.world
    for (let count = 0; count < 10; count += 1) {
      const subjectId = await recordSubject(deps.pool, deps, { kind: 'legal_person', name: `演示${count}`, idCode: null })
      await deps.pool.query(
        `insert into delegation
           (id, subject_id, role, given_by, delegate_id, scenes, bundles, code_expires_at, offered_at, until, accepted_at)
         values ($1, $2, 'operator', $3, $4, '{queue}', '{}', $5, $5, $6, $5)`,
        [deps.newId(), subjectId, now.giver.me.accountId, busy.me.accountId, new Date(deps.now()), new Date(deps.now() + DAY)]
      )
    }
    const { code } = await offer(now.world, now.giver, { scenes: ['queue'] })
    problemOf(await post(busy, '/offers/accept', { code }), 409, 'illegal_transition')
    assert.equal((await accept(now.helper, code)).status, 'active', '码没有因此用掉')
  })

})

describe('授权经办：收回、放弃、到期', () => {
  const now = withTwo()

  test('再授权一次，新的代替旧的', async () => {
    const first = await delegate(now.world, now.giver, now.helper, { scenes: ['queue', 'kiosk'] })
    const second = await delegate(now.world, now.giver, now.helper, { bundles: ['retirement'] })
    const { received } = await lists(now.helper)
    assert.deepEqual(
      [first.id, second.id].map((id) => received.find((each) => each.id === id)?.status),
      ['revoked', 'active']
    )
    assert.equal((await told(now.helper, first.id)).filter(({ title }) => title === '授权收回了').length, 0)
  })

  test('收回、放弃：当即不能再代表；只能做自己那一边的；结束了的不能再结束；别人看不到', async () => {
    for (const [who, action, status] of [
      [now.giver, 'revoke', 'revoked'],
      [now.helper, 'resign', 'resigned']
    ] as const) {
      const { id } = await delegate(now.world, now.giver, now.helper, { scenes: ['queue'] })
      assert.equal((await homeFor(now.helper, now.giver.selfId)).statusCode, 200)
      const other = await arrive(now.world, stranger)
      problemOf(await other.browser.send({ method: 'GET', url: `/api/v1/delegations/${id}` }), 404, 'not_found')
      problemOf(await post(other, `/${id}/end`, { action }), 404, 'not_found')
      problemOf(await post(who, `/${id}/end`, { action: action === 'revoke' ? 'resign' : 'revoke' }), 403, 'forbidden')
      const ended = await end(who, id, action)
      assert.deepEqual([ended.status, ended.allowedActions], [status, []])
      problemOf(await homeFor(now.helper, now.giver.selfId), 403, 'forbidden')
      problemOf(await post(who, `/${id}/end`, { action }), 409, 'delegation_closed')
      assert.equal((await subjects(now.helper)).length, 1)
      for (const each of [now.giver, now.helper]) {
        assert.equal((await api<Delegation>(each.browser, 'GET', `/delegations/${id}`)).status, status)
        assert.equal((await told(each, id)).length, 2)
      }
    }
  })

  test('过了最后一天：不等后台，当即不能代表；两边各得一条消息，只一条', async () => {
    const { id, until } = await delegate(now.world, now.giver, now.helper, { scenes: ['queue'] }, { until: '2026-11-19' })
    now.world.setNow(Date.parse(until) - 1)
    now.helper = await arrive(now.world, daughter)
    assert.equal((await homeFor(now.helper, now.giver.selfId)).statusCode, 200)
    now.world.pass(1)
    problemOf(await homeFor(now.helper, now.giver.selfId), 403, 'forbidden')
    await sweepDelegations(now.world.deps)
    now.giver = await arrive(now.world, elder)
    for (const who of [now.giver, now.helper]) {
      assert.equal((await api<Delegation>(who.browser, 'GET', `/delegations/${id}`)).status, 'expired')
      assert.equal((await told(who, id)).filter(({ title }) => title === '授权到期了').length, 1)
    }
    now.world.setNow(START)
  })

  test('到期前七天提醒一次；本来就不到七天的不提醒', async () => {
    const { id } = await delegate(now.world, now.giver, now.helper, { scenes: ['queue'] })
    const short = await delegate(now.world, now.giver, await arrive(now.world, stranger), { scenes: ['queue'] }, { until: '2026-11-21' })
    const reminders = async (which: string) => (await told(now.giver, which)).filter(({ title }) => title === '授权快到期了').length
    await sweepDelegations(now.world.deps)
    assert.deepEqual([await reminders(id), await reminders(short.id)], [0, 0])
    now.world.setNow(Date.parse('2026-12-13T00:00:00Z'))
    await sweepDelegations(now.world.deps)
    await sweepDelegations(now.world.deps)
    now.giver = await arrive(now.world, elder)
    now.helper = await arrive(now.world, daughter)
    assert.deepEqual([await reminders(id), (await told(now.helper, id)).length], [1, 2])
    now.world.setNow(START)
    now.giver = await arrive(now.world, elder)
    now.helper = await arrive(now.world, daughter)
  })

  test('注销账号：授权出去的和授权给我的都结束', async () => {
    const gone = await arrive(now.world, { ...stranger, name: '走演示', idNumber: '320281198001010054' })
    const received = await delegate(now.world, now.giver, gone, { scenes: ['queue'] })
    const given = await delegate(now.world, gone, now.helper, { scenes: ['queue'] })
    const unaccepted = await offer(now.world, gone, { scenes: ['kiosk'] })
    await api(gone.browser, 'POST', '/identity/account/close', { confirm: '注销账号' }, 204)
    assert.equal((await api<Delegation>(now.giver.browser, 'GET', `/delegations/${received.id}`)).status, 'resigned')
    assert.equal((await api<Delegation>(now.helper.browser, 'GET', `/delegations/${given.id}`)).status, 'revoked')
    problemOf(await post(now.helper, '/offers/accept', { code: unaccepted.code }), 410, 'gone')
    problemOf(await homeFor(now.helper, gone.selfId), 403, 'forbidden')
  })
})

describe('授权经办：企业', () => {
  const now = withTwo()
  let boss: Somebody
  let companyId: string
  const company = (legalRepresentative: string) => ({
    ...paper('biz-licence', founder, { 名称: companyName, 统一社会信用代码: creditCode, 法定代表人: legalRepresentative }),
    holderName: companyName,
    holderIdCode: creditCode
  })
  before(async () => {
    now.world.outside.licences = [company(founder.name)]
    boss = await arrive(now.world, founder)
    companyId = boss.me.subjects.find(({ kind }) => kind === 'legal_person')?.id ?? ''
  })

  test('法定代表人代表企业授权经办人；经办人、监护人、亲友不能再转给别人', async () => {
    const given = await delegate(now.world, boss, now.helper, { scenes: ['bidding'], bundles: ['startup'] }, { subjectId: companyId })
    assert.deepEqual([given.role, given.shownSubjectName], ['operator', companyName])
    const asCompany = await api<DelegationList>(actingFor(boss.browser, companyId), 'GET', '/delegations')
    assert.deepEqual(
      [asCompany.given.some(({ id }) => id === given.id), (await lists(boss)).given.some(({ id }) => id === given.id)],
      [true, false]
    )
    await confirmAgain(now.world, now.helper.browser, daughter)
    problemOf(await post(now.helper, '', wish, companyId), 403, 'beyond_delegation')
    assert.deepEqual((await api<DelegationList>(actingFor(now.helper.browser, companyId), 'GET', '/delegations')).given, [])
    const ward = await recordSubject(now.world.deps.pool, now.world.deps, { kind: 'natural_person', name: '小演示', idCode: null })
    await relate(now.world.deps.pool, now.world.deps, boss.me.accountId, ward, 'guardian')
    await confirmAgain(now.world, boss.browser, founder)
    problemOf(await post(boss, '', wish, ward), 403, 'forbidden')
  })

  test('换了法定代表人：企业给出的授权还在，接任的人能收回，前任不能；前任还没被接受的码作废', async () => {
    const given = await delegate(now.world, boss, now.helper, { scenes: ['bidding'] }, { subjectId: companyId })
    const open: OfferedDelegation = await offer(now.world, boss, { scenes: ['bidding'] }, { subjectId: companyId })
    now.world.outside.licences = [company(stranger.name)]
    await now.world.deps.pool.query("update relation set until = now() where subject_id = $1 and role = 'legalRepresentative'", [companyId])
    const successor = await arrive(now.world, stranger)
    assert.equal((await homeFor(now.helper, companyId)).statusCode, 200)
    problemOf(await post(now.helper, '/offers/lookup', { code: open.code }), 410, 'gone')
    problemOf(await post(boss, `/${given.id}/end`, { action: 'revoke' }), 404, 'not_found')
    assert.equal((await end(successor, given.id, 'revoke')).status, 'revoked')
    problemOf(await homeFor(now.helper, companyId), 403, 'forbidden')
  })
})