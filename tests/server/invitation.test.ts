import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Draft } from '../../contract/drafts'
import type { Invitation, InvitationList, InvitationSummary } from '../../contract/invitations'
import type { Problem } from '../../contract/problems'
import type { TraceList } from '../../contract/traces'
import { releasedFor } from '../../server/modules/invitation/standing'
import { inviting, wish } from './inviting'
import { api, deliverAll } from './journey'
import { father, idCard, marriage } from './papers'
import { signIn, type Browser } from './sign-in'
import { mother } from './world'

const DAY = 86_400_000

describe('另一位持有人的同意', () => {
  const scene = inviting()
  const asFather = async () => (await signIn(scene.world, father)).browser
  const answer = async <T = Invitation>(id: string, word: string, expected = 200) =>
    api<T>(await asFather(), 'POST', `/invitations/${id}/answer`, { answer: word }, expected)
  const readDraft = () => api<Draft>(scene.applicant, 'GET', `/drafts/${scene.draft.id}`)
  const stateOf = ({ plan }: Draft) => plan.materials.find(({ id }) => id === 'idc-sp')?.state

  test('对方在自己的会话里看到：谁、为什么、放出哪些字段、到何时；不提孩子、不提在办哪件事', async () => {
    const browser = await asFather()
    const { id } = await scene.invite()
    const seen = await api<Invitation>(browser, 'GET', `/invitations/${id}`)
    assert.deepEqual(seen.releases, [{ licenceName: '居民身份证', fields: ['姓名', '公民身份号码', '有效期'], held: true }])
    assert.deepEqual([seen.maskedApplicantName, seen.status, seen.allowedActions], ['林*', 'pending', ['grant', 'decline']])
    assert.deepEqual([seen.validDays, seen.validUntil], [30, null], '答复之前就知道同意管多久')
    await deliverAll(scene.world)
    const { messages } = await api<{ messages: object[] }>(browser, 'GET', '/messages')
    const told = JSON.stringify([seen, messages, await api<InvitationList>(browser, 'GET', '/invitations')])
    for (const secret of ['出生', '孩子', '宝宝', '新生儿', '落户', 'newborn', mother.name, mother.idNumber])
      assert.ok(!told.includes(secret), secret)
    assert.ok(told.includes('有人请你同意提供证照信息'))
  })

  test('对方有没有账号、有没有这个人，答复都一样', async () => {
    const known = await scene.invite()
    await api(scene.applicant, 'POST', `/invitations/${known.id}/close`, { reason: 'cancelled' })
    await scene.world.deps.pool.query(
      'update account set closed_at = now() where subject_id in (select id from subject where id_code_index = $1)',
      [scene.world.deps.vault.blindIndex(father.idNumber, 'subject.id_code')]
    )
    const unknown = await scene.invite()
    assert.deepEqual({ ...unknown, id: known.id }, known)
    // Nor does the work done until the reply tell: finding and telling the holder comes after it, from the outbox.
    const { rows } = await scene.world.deps.pool.query<{ lane: string }>("select lane from outbox where kind = 'invitation'")
    for (const { id } of [known, unknown]) assert.equal(rows.filter(({ lane }) => lane === `invitation:${id}`).length, 1)
    const told = "select 1 from message where target_kind = 'invitation' and target_id = any($1)"
    assert.equal((await scene.world.deps.pool.query(told, [[known.id, unknown.id]])).rowCount, 0)
    await deliverAll(scene.world)
    assert.equal((await scene.world.deps.pool.query(told, [[known.id, unknown.id]])).rowCount, 0, '收回的、没有账号的，都没有人可告诉')
    await scene.world.deps.pool.query('update account set closed_at = null')
  })

  test('邀请时还没有账号的人，之后登录就能看到', async () => {
    const later = { ...father, name: '赵演示', idNumber: '320281199101010019' }
    scene.world.outside.licences = [idCard(mother), { ...marriage(mother), status: 'cancelled' }, idCard(later)]
    await scene.signInLater()
    await scene.invite({ ...wish, holderName: later.name, holderIdNumber: later.idNumber })
    const { browser } = await signIn(scene.world, later)
    const { received } = await api<InvitationList>(browser, 'GET', '/invitations')
    assert.deepEqual(
      received.map(({ status }) => status),
      ['pending']
    )
  })

  test('同意：只留下写明的字段，申请人的材料免交；两边都有足迹', async () => {
    const { id } = await scene.invite()
    assert.equal(stateOf(await readDraft()), 'consent')
    const granted = await answer(id, 'grant')
    assert.deepEqual([granted.status, granted.allowedActions], ['granted', ['revoke']])
    assert.equal(Date.parse(granted.validUntil ?? ''), scene.world.deps.now() + 30 * DAY)
    assert.equal(stateOf(await readDraft()), 'exempt')
    const released = await releasedFor(scene.world.deps, scene.world.deps.pool, id, 'idc-sp')
    assert.deepEqual(released?.face, { 姓名: father.name, 公民身份号码: father.idNumber, 有效期: '2041-03-01' })
    const traces = async (browser: Browser) => (await api<TraceList>(browser, 'GET', '/traces')).traces
    const ofHolder = (await traces(await asFather())).find(({ action }) => action === 'send')
    const ofApplicant = (await traces(scene.applicant)).find(({ action, actor }) => action === 'use' && actor === '陈*')
    assert.deepEqual(ofHolder?.fields, ['居民身份证·姓名', '居民身份证·公民身份号码', '居民身份证·有效期'])
    assert.deepEqual(ofApplicant?.fields, ofHolder?.fields)
  })

  test('同意过了有效期不再作数；收回就清空', async () => {
    const { id } = await scene.invite()
    await answer(id, 'grant')
    const start = scene.world.deps.now()
    scene.world.setNow(start + 30 * DAY)
    assert.equal(await releasedFor(scene.world.deps, scene.world.deps.pool, id, 'idc-sp'), null)
    scene.world.setNow(start)
    const revoked = await answer(id, 'revoke')
    assert.deepEqual([revoked.status, revoked.allowedActions], ['declined', []])
    const { rows } = await scene.world.deps.pool.query('select 1 from invitation where id = $1 and released_sealed is not null', [id])
    assert.equal(rows.length, 0)
    assert.equal(stateOf(await readDraft()), 'upload')
  })

  test('不同意：申请人得到出路，可以改为上传；不能再改口', async () => {
    const { id } = await scene.invite()
    await answer(id, 'decline')
    const now = await readDraft()
    assert.deepEqual([stateOf(now), now.invitations[0]?.status, now.invitations[0]?.way?.way], ['upload', 'declined', 'upload'])
    const problem = await answer<Problem>(id, 'grant', 409)
    assert.deepEqual([problem.code, problem.allowedActions], ['invitation_closed', []])
    const { messages } = await api<{ messages: { title: string }[] }>(scene.applicant, 'GET', '/messages')
    assert.ok(messages.some(({ title }) => title === '对方没有同意提供材料'))
  })

  test('逾期没答：不用等谁来处理，自己就是「未答复」，有出路，也不能再答', async () => {
    const { id } = await scene.invite()
    const { invitationDays } = scene.world.deps.catalogue.current().catalogue.deadlines
    scene.world.pass(invitationDays * DAY)
    scene.applicant = (await signIn(scene.world, mother)).browser
    const now = await readDraft()
    assert.deepEqual([stateOf(now), now.invitations[0]?.status, now.invitations[0]?.way?.way], ['upload', 'unanswered', 'upload'])
    await answer<Problem>(id, 'grant', 409)
    assert.equal((await scene.invite()).status, 'pending')
  })

  test('联系不上、已故：各走规定的出路', async () => {
    const ways = { unreachable: 'window', deceased: 'waive' } as const
    for (const reason of ['unreachable', 'deceased'] as const) {
      const { id } = await scene.invite()
      const closed = await api<InvitationSummary>(scene.applicant, 'POST', `/invitations/${id}/close`, { reason })
      assert.deepEqual([closed.status, closed.way?.way], [reason, ways[reason]])
      const { pending } = await api<{ pending: { id: string }[] }>(scene.applicant, 'GET', `/drafts/${scene.draft.id}/review`)
      assert.ok(!pending.some((each) => each.id === 'idc-sp'), reason)
      assert.equal((await api<Problem>(scene.applicant, 'POST', `/invitations/${id}/close`, { reason }, 409)).code, 'invitation_closed')
    }
  })

  test('同意了但查不到那本证照：说明要上传，不装作有', async () => {
    scene.world.outside.licences = scene.world.outside.licences.filter(({ holderIdCode }) => holderIdCode !== father.idNumber)
    await scene.world.deps.pool.query('delete from licence where subject_id in (select id from subject where id_code_index = $1)', [
      scene.world.deps.vault.blindIndex(father.idNumber, 'subject.id_code')
    ])
    await scene.signInLater()
    const { id } = await scene.invite()
    assert.equal((await answer(id, 'grant')).releases[0]?.held, false)
    const material = (await readDraft()).plan.materials.find((each) => each.id === 'idc-sp')
    assert.deepEqual([material?.state, material?.canUpload], ['upload', true])
  })

  test('证照库连不上时不记录同意，请稍后再试', async () => {
    const { id } = await scene.invite()
    scene.world.pass(11 * 60_000)
    scene.world.outside.down.add('library')
    const problem = await answer<Problem>(id, 'grant', 503)
    assert.equal(problem.code, 'upstream_unavailable')
    scene.world.outside.down.clear()
    assert.equal((await api<Invitation>(await asFather(), 'GET', `/invitations/${id}`)).status, 'pending')
  })

  test('连点两下只发一份；收回后对方看不到', async () => {
    const both = await Promise.all([scene.invite(), scene.invite()])
    assert.equal(both[0].id, both[1].id)
    await api(scene.applicant, 'POST', `/invitations/${both[0].id}/close`, { reason: 'cancelled' })
    await api(await asFather(), 'GET', `/invitations/${both[0].id}`, undefined, 404)
  })

  test('放弃草稿：邀请随之收回，已放出的清空', async () => {
    const { id } = await scene.invite()
    await answer(id, 'grant')
    await api(scene.applicant, 'DELETE', `/drafts/${scene.draft.id}`, undefined, 204)
    await api(await asFather(), 'GET', `/invitations/${id}`, undefined, 404)
    assert.equal(await releasedFor(scene.world.deps, scene.world.deps.pool, id, 'idc-sp'), null)
  })
})
