import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import type { PlanReply } from '../../contract/bundles'
import type { Draft, DraftList } from '../../contract/drafts'
import type { Receipt } from '../../contract/receipts'
import type { SubmissionList } from '../../contract/submissions'
import type { TraceList } from '../../contract/traces'
import { problemOf, resident, single } from './cases'
import { daughter, delegate, elder, end } from './delegating'
import { fixtures } from './fixtures'
import { api, complete, deliverAll, readCase, readSubmission, review, signAndSubmit, startDraft } from './journey'
import { actingFor, arrive, confirmAgain, type Browser, type Somebody } from './sign-in'
import { startWorld, type World } from './world'

/** 代办的人能用的功能：缺省一样也没有，加一样要在这里写明。own：只碰自己的东西；bundle、code：授权里有一件事、有亮码场景才行。 */
const delegable = {
  own: [
    'GET /delegations', 'GET /delegations/{id}', 'POST /delegations/{id}/end', 'POST /delegations/offers/lookup',
    'POST /delegations/offers/accept', 'GET /home', 'GET /identity/me', 'POST /identity/consents', 'POST /identity/consents/withdraw',
    'POST /identity/consents/decline', 'GET /identity/account/close-preview', 'POST /identity/account/close', 'GET /identity/sessions',
    'POST /identity/logout', 'POST /identity/logout-others', 'DELETE /identity/sessions/{id}', 'POST /identity/reauthentication',
    'GET /invitations', 'GET /invitations/{id}', 'POST /invitations/{id}/answer', 'POST /live/tickets', 'GET /messages',
    'POST /messages/{id}/read', 'POST /messages/read-all'
  ],
  bundle: [
    'POST /drafts', 'GET /drafts', 'GET /drafts/{id}', 'PUT /drafts/{id}', 'DELETE /drafts/{id}', 'POST /drafts/{id}/objections',
    'GET /drafts/{id}/review', 'POST /drafts/{id}/submission', 'POST /drafts/{id}/invitations', 'POST /invitations/{id}/close',
    'POST /files', 'GET /files/{id}', 'DELETE /files/{id}', 'GET /ratings', 'POST /ratings'
  ],
  code: ['POST /codes', 'GET /codes/{id}', 'GET /codes/pending-readings', 'POST /codes/pending-readings/{id}/answer']
}
const ofCases = /^\w+ \/(submissions|cases)\b/

describe('替别人办：授权之内、授权之外', () => {
  let world: World
  let giver: Somebody
  let helper: Somebody
  let asElder: Browser
  before(async () => {
    world = await startWorld()
    giver = await arrive(world, elder)
    helper = await arrive(world, daughter)
    asElder = actingFor(helper.browser, giver.selfId)
  })
  after(async () => {
    await world.close()
  })

  const post = (browser: Browser, url: string, payload: object) => browser.send({ method: 'POST', url: `/api/v1${url}`, payload })

  test('授权里没有的一件事：方案、草稿都拒绝，说是哪一件；老人的足迹里看得到', async () => {
    await delegate(world, giver, helper, { scenes: ['queue'] })
    problemOf(await post(asElder, '/drafts', { bundleId: 'retirement', answers: resident, picks: [] }), 403, 'beyond_delegation')
    const { traces } = await api<TraceList>(giver.browser, 'GET', '/traces')
    const refused = traces.find(({ action }) => action === 'refused')
    assert.deepEqual([refused?.actor, refused?.actorKind], ['许*（代办人）', 'proxy'])
    assert.match(refused?.purpose ?? '', /授权之外/)
    await delegate(world, giver, helper, { bundles: ['retirement'] })
    for (const [url, body] of [
      ['/drafts', { bundleId: 'newborn', answers: single, picks: [] }],
      ['/bundles/newborn/plan', { answers: single, picks: [] }]
    ] as const) {
      const { detail } = problemOf(await post(asElder, url, body), 403, 'beyond_delegation')
      assert.match(detail ?? '', /授权里没有「出生一件事」/)
    }
    assert.deepEqual((await api<DraftList>(asElder, 'GET', '/drafts')).drafts, [])
    assert.ok((await api<PlanReply>(asElder, 'POST', '/bundles/retirement/plan', { answers: resident, picks: [] })).plan)
  })

  test('授权里的一件事：从草稿办到送到部门；签字的是代办人，写进签名的内容；老人看得到', async () => {
    const given = await delegate(world, giver, helper, { bundles: ['retirement'] })
    const draft = await complete(asElder, await startDraft(asElder, 'retirement', resident))
    const signer = (await review(asElder, draft.id)).summary.find(({ title }) => title === '谁来签字')
    assert.deepEqual(
      signer?.lines.map(({ label }) => label),
      ['申请人', '代办人']
    )
    await confirmAgain(world, helper.browser, daughter)
    const { submissionId } = await signAndSubmit(world, asElder, daughter, draft.id)
    await deliverAll(world)
    const { content } = await api<Receipt>(asElder, 'GET', `/submissions/${submissionId}/receipt`)
    const { subjectId, agent } = content as { subjectId: string; agent: Record<string, string> }
    assert.equal(subjectId, giver.selfId)
    assert.deepEqual(
      [agent.role, agent.name, agent.delegationId, agent.until, agent.maskedIdNumber?.includes(daughter.idNumber)],
      ['proxy', daughter.name, given.id, given.until, false]
    )
    assert.ok(world.outside.dispatched.length > 0)
    const { traces } = await api<TraceList>(giver.browser, 'GET', '/traces?limit=50')
    const fetches = traces.filter(({ action, purpose }) => action === 'fetch' && purpose.includes('退休'))
    assert.ok(fetches.length > 0)
    assert.deepEqual([...new Set(fetches.map(({ actor }) => actor))], ['许*（代办人）'], '代办人去取的，写明是代办人')
    const { cases } = await readSubmission(giver.browser, submissionId)
    const [first] = (await readCase(giver.browser, cases[0]?.id ?? '')).timeline
    assert.deepEqual([first?.type, first?.by], ['submitted', '徐*的代办人许*'])
    const { submissions } = await api<SubmissionList>(giver.browser, 'GET', '/submissions')
    assert.ok(
      submissions.some(({ id }) => id === submissionId),
      '老人自己的手机上看得到'
    )
    await end(giver, given.id, 'revoke')
    problemOf(await asElder.send({ method: 'GET', url: `/api/v1/submissions/${submissionId}` }), 403, 'forbidden')
  })

  test('要本人到场的事项不能代办：核对时说清是哪一项，签不下去', async () => {
    const { id } = await delegate(world, giver, helper, { bundles: ['newborn'] })
    const draft = await complete(asElder, await startDraft(asElder, 'newborn', { ...single, born: 'home' }))
    const { pending, version, contentHash, commitments } = await review(asElder, draft.id)
    const inPerson = pending.filter((each) => each.id.startsWith('in-person:'))
    assert.deepEqual(
      inPerson.map((each) => each.id),
      ['in-person:bc-home']
    )
    assert.match(inPerson[0]?.say ?? '', /要本人到场.*不能代办/)
    await confirmAgain(world, helper.browser, daughter)
    const reply = await asElder.send({
      method: 'POST',
      url: `/api/v1/drafts/${draft.id}/submission`,
      headers: { 'idempotency-key': randomUUID() },
      payload: { version, contentHash, commitments: commitments.map((each) => each.id) }
    })
    problemOf(reply, 409, 'draft_incomplete')
    await end(giver, id, 'revoke')
  })

  test('收回以后：没提交的草稿留给老人接着办，代办的人碰不到', async () => {
    const { id } = await delegate(world, giver, helper, { bundles: ['retirement'] })
    const draft = await complete(asElder, await startDraft(asElder, 'retirement', resident))
    await end(giver, id, 'revoke')
    problemOf(await asElder.send({ method: 'GET', url: `/api/v1/drafts/${draft.id}` }), 403, 'forbidden')
    problemOf(await helper.browser.send({ method: 'GET', url: `/api/v1/drafts/${draft.id}` }), 404, 'not_found')
    const own = await api<Draft>(giver.browser, 'GET', `/drafts/${draft.id}`)
    const { errors, pending } = await review(giver.browser, own.id)
    assert.deepEqual({ errors, pending }, { errors: [], pending: [] }, '填的、传的都还在')
    const { summary } = await review(giver.browser, own.id)
    assert.equal(summary.some(({ title }) => title === '谁来签字'), false, '由老人自己签')
  })

  test('老人的足迹、证照、给过的同意，代办的人一样也读不到', async () => {
    const { id } = await delegate(world, giver, helper, { scenes: ['queue', 'clinic'], bundles: ['retirement', 'newborn'] })
    for (const url of ['/traces', '/licences', '/licences/grants']) {
      problemOf(await asElder.send({ method: 'GET', url: `/api/v1${url}` }), 403, 'beyond_delegation')
    }
    const { traces } = await api<TraceList>(helper.browser, 'GET', '/traces')
    assert.ok(traces.every(({ actorKind }) => actorKind !== 'proxy'))
    await end(giver, id, 'revoke')
  })

  test('文档里每一条要登录的路由，没写明给代办人的都拒绝；只授权了亮码的办不了事，只授权了办事的亮不了码', async () => {
    const { paths } = (await world.app.inject('/api/v1/openapi.json')).json<{ paths: Record<string, Record<string, object>> }>()
    const routes = Object.entries(paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((each) => {
        const method = each.toUpperCase()
        return { method, path, kind: fixtures[`${method} ${path}`]?.kind }
      })
    )
    const wanted = (route: string) => {
      if (delegable.own.includes(route)) return 'own'
      if (delegable.code.includes(route)) return 'code'
      return delegable.bundle.includes(route) || ofCases.test(route) ? 'bundle' : 'none'
    }
    const both = { scenes: ['queue'], bundles: ['retirement'] }
    const counted = { own: 0, bundle: 0, code: 0, none: 0 }
    for (const scope of [both, { scenes: ['queue'], bundles: [] }, { scenes: [], bundles: ['retirement'] }]) {
      await delegate(world, giver, helper, scope)
      for (const { method, path, kind } of routes) {
        if (kind !== 'own' && kind !== 'owned') continue
        const route = `${method} ${path.replace('/api/v1', '')}`
        const kindOf = wanted(route)
        counted[kindOf] += 1
        const open = kindOf === 'bundle' ? scope.bundles.length > 0 : kindOf === 'code' && scope.scenes.length > 0
        // What is open is tried elsewhere; one's own (signing out, closing the account) can't all be tried here.
        if (open || kindOf === 'own') continue
        const reply = await asElder.send({ method: method as 'GET', url: path.replaceAll(/\{\w+\}/g, randomUUID()) })
        assert.deepEqual([reply.statusCode, reply.json<{ code: string }>().code], [403, 'beyond_delegation'], route)
      }
    }
    const { own, code } = delegable
    assert.deepEqual([counted.own, counted.code], [3 * own.length, 3 * code.length], '上面写着的，都还有')
    assert.ok(counted.bundle > 3 * delegable.bundle.length && counted.none > 0, JSON.stringify(counted))
  })
})
