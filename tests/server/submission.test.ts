import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import type { Draft, DraftReview, SubmitReply } from '../../contract/drafts'
import { REPLY_DAYS, sweepReplies } from '../../server/modules/case/rounds'
import { foldsHold, problemOf, single } from './cases'
import { api, complete, review, startDraft } from './journey'
import { confirmAgain, signIn, type Browser, type Reply } from './sign-in'
import { mother, startWorld, stranger, type World } from './world'

describe('提交：看到什么签什么，只有一次', () => {
  let world: World
  let browser: Browser
  before(async () => {
    world = await startWorld()
    browser = (await signIn(world, mother)).browser
  })
  after(async () => {
    await foldsHold(world)
    await world.close()
  })

  const ready = async () => {
    const { drafts } = await api<{ drafts: { id: string }[] }>(browser, 'GET', '/drafts')
    for (const { id } of drafts) await api(browser, 'DELETE', `/drafts/${id}`, undefined, 204)
    return complete(browser, await startDraft(browser, 'newborn', single))
  }
  const bodyOf = ({ version, contentHash, commitments }: DraftReview) => ({
    version,
    contentHash,
    commitments: commitments.map(({ id }) => id)
  })
  const send = (draft: Draft, payload: object, key: string = randomUUID(), by = browser): Promise<Reply> =>
    by.send({ method: 'POST', url: `/api/v1/drafts/${draft.id}/submission`, headers: { 'idempotency-key': key }, payload })
  const count = async (table: 'submission' | 'case_file' | 'outbox') =>
    (await world.deps.pool.query<{ count: number }>(`select count(*) as count from ${table}`)).rows[0]?.count ?? 0

  test('连点十下、两台设备、不同的键：一份提交，同一个答复', async () => {
    const draft = await ready()
    const body = bodyOf(await review(browser, draft.id))
    const other = (await signIn(world, mother)).browser
    await confirmAgain(world, browser, mother)
    await confirmAgain(world, other, mother)
    const key = randomUUID()
    const taps = Array.from({ length: 10 }, (_, index) => send(draft, body, index % 2 ? key : randomUUID(), index % 3 ? browser : other))
    const replies = await Promise.all(taps)
    for (const reply of replies) assert.equal(reply.statusCode, 201, reply.body)
    assert.equal(new Set(replies.map((reply) => reply.body)).size, 1)
    assert.equal(await count('submission'), 1)
    assert.equal(await count('case_file'), draft.plan.matters.length)
    const late = await send(draft, body, randomUUID())
    assert.equal(late.body, replies[0]?.body, '再换一个键也还是那一份')
    assert.equal(await count('submission'), 1)
  })

  test('同一个键重试得同样的答复；换了内容就说前后不一致', async () => {
    const draft = await ready()
    const body = bodyOf(await review(browser, draft.id))
    await confirmAgain(world, browser, mother)
    const key = randomUUID()
    const first = await send(draft, body, key)
    const again = await send(draft, body, key)
    assert.deepEqual([first.statusCode, again.statusCode, again.body], [201, 201, first.body])
    problemOf(await send(draft, { ...body, commitments: [] }, key), 409, 'idempotency_mismatch')
  })

  test('答复记到期满才清；清了以后同一个键再来，还是那一份，不会再交一次', async () => {
    const draft = await ready()
    const body = bodyOf(await review(browser, draft.id))
    await confirmAgain(world, browser, mother)
    const key = randomUUID()
    const first = await send(draft, body, key)
    const kept = async () => (await world.deps.pool.query('select 1 from idempotency where key = $1', [key])).rowCount
    const submissions = await count('submission')
    world.pass(REPLY_DAYS * 86_400_000)
    await sweepReplies(world.deps)
    assert.equal(await kept(), 1)
    world.pass(1)
    await sweepReplies(world.deps)
    assert.equal(await kept(), 0)
    browser = (await signIn(world, mother)).browser
    const again = await send(draft, body, key)
    assert.deepEqual([again.statusCode, again.body], [201, first.body])
    assert.equal(await count('submission'), submissions)
  })

  test('没有再确认本人不能提交；一次确认只签一次', async () => {
    const draft = await ready()
    const body = bodyOf(await review(browser, draft.id))
    problemOf(await send(draft, body), 403, 'reauthentication_required')
    await confirmAgain(world, browser, mother)
    world.pass(5 * 60_000 + 1)
    problemOf(await send(draft, body), 403, 'reauthentication_required')
    await confirmAgain(world, browser, mother)
    assert.equal((await send(draft, body)).statusCode, 201)
    const next = await ready()
    problemOf(await send(next, bodyOf(await review(browser, next.id))), 403, 'reauthentication_required')
  })

  test('版本旧了、摘要不同、承诺没勾全、没填完：各有各的说法，什么也没留下', async () => {
    const draft = await ready()
    const body = bodyOf(await review(browser, draft.id))
    await confirmAgain(world, browser, mother)
    const before = [await count('submission'), await count('outbox')]
    const stale = problemOf(await send(draft, { ...body, version: body.version - 1 }), 409, 'draft_conflict')
    assert.equal((stale.current as Draft).id, draft.id)
    problemOf(await send(draft, { ...body, contentHash: 'f'.repeat(64) }), 409, 'catalogue_changed')
    const unticked = problemOf(await send(draft, { ...body, commitments: body.commitments.slice(1) }), 409, 'draft_incomplete')
    assert.deepEqual(
      unticked.errors?.map(({ pointer }) => pointer),
      [`/commitments/${body.commitments[0]}`]
    )
    const emptied = await api<Draft>(browser, 'PUT', `/drafts/${draft.id}`, { version: draft.version, values: { childName: '' } })
    const missing = problemOf(await send(draft, { ...body, version: emptied.version }), 409, 'draft_incomplete')
    assert.ok(
      missing.errors?.some(({ pointer }) => pointer === '/childName'),
      JSON.stringify(missing.errors)
    )
    assert.deepEqual([await count('submission'), await count('outbox')], before)
  })

  test('核对之后规则变了：不能按旧的签', async () => {
    const draft = await ready()
    const body = bodyOf(await review(browser, draft.id))
    await confirmAgain(world, browser, mother)
    const { catalogue, revision } = world.deps.catalogue.current()
    const changed = { revision: 'b'.repeat(12), catalogue }
    await world.deps.pool.query('insert into catalogue_revision (revision, content, loaded_at) values ($1, $2, now())', [
      changed.revision,
      JSON.stringify(catalogue)
    ])
    const { current } = world.deps.catalogue
    world.deps.catalogue.current = () => changed
    try {
      problemOf(await send(draft, body), 409, 'catalogue_changed')
      const again = await review(browser, draft.id)
      assert.notEqual(again.contentHash, body.contentHash)
    } finally {
      world.deps.catalogue.current = current
    }
    assert.equal(world.deps.catalogue.current().revision, revision)
    assert.equal((await send(draft, body)).statusCode, 201)
  })

  test('别人的草稿、没有登录、没有键：都不行', async () => {
    const draft = await ready()
    const body = bodyOf(await review(browser, draft.id))
    const other = (await signIn(world, stranger)).browser
    await confirmAgain(world, other, stranger)
    problemOf(await send(draft, body, randomUUID(), other), 404, 'not_found')
    const keyless = await browser.send({ method: 'POST', url: `/api/v1/drafts/${draft.id}/submission`, payload: body })
    assert.ok([400, 422].includes(keyless.statusCode), keyless.body)
    await confirmAgain(world, browser, mother)
    const { submissionId } = (await send(draft, body)).json<SubmitReply>()
    problemOf(await send(draft, body, randomUUID(), other), 404, 'not_found')
    problemOf(await other.send({ method: 'GET', url: `/api/v1/submissions/${submissionId}` }), 404, 'not_found')
  })

  test('列表分页，新的在前；游标要原样用', async () => {
    const page = await api<{ submissions: { id: string; submittedAt: string }[]; nextCursor: string | null }>(
      browser,
      'GET',
      '/submissions?limit=2'
    )
    assert.equal(page.submissions.length, 2)
    const rest = await api<typeof page>(browser, 'GET', `/submissions?limit=50&cursor=${page.nextCursor}`)
    const all = [...page.submissions, ...rest.submissions]
    assert.equal(new Set(all.map(({ id }) => id)).size, all.length)
    assert.deepEqual(
      all.map(({ submittedAt }) => submittedAt),
      all
        .map(({ submittedAt }) => submittedAt)
        .sort()
        .reverse()
    )
    assert.equal(all.length, await count('submission'))
    problemOf(await browser.send({ method: 'GET', url: '/api/v1/submissions?cursor=made-up' }), 422, 'invalid_fields')
  })
})
