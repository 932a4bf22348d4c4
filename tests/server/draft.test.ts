import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { Draft, DraftList, DraftReview } from '../../contract/drafts'
import type { Problem } from '../../contract/problems'
import { sweepDrafts } from '../../server/modules/draft/sweep'
import { api, complete, upload } from './journey'
import { hukou, idCard, marriage, father } from './papers'
import { signIn, signInOnly, type Browser } from './sign-in'
import { mother, startWorld, stranger, type World } from './world'

const DAY = 86_400_000
const bundleId = 'newborn'
const answers = { born: 'here', hukou: 'jy', wed: 'married', ins: 'emp', sub: 'y' }

describe('草稿', () => {
  let world: World
  let browser: Browser
  let draft: Draft
  before(async () => {
    world = await startWorld()
  })
  beforeEach(async () => {
    world.outside.down.clear()
    world.outside.licences = [idCard(mother), hukou(mother), marriage(mother)]
    world.outside.shared = { 区域健康平台: { [mother.idNumber]: { 新生儿性别: '女', 新生儿出生日期: '2026-11-17' } } }
    world.pass(11 * 60_000)
    browser = (await signIn(world, mother)).browser
    draft = await api<Draft>(browser, 'POST', '/drafts', { bundleId, answers, restart: true }, 201)
  })
  after(async () => {
    await world.close()
  })

  const read = () => api<Draft>(browser, 'GET', `/drafts/${draft.id}`)
  const put = <T = Draft>(body: object, expected = 200) =>
    api<T>(browser, 'PUT', `/drafts/${draft.id}`, { version: draft.version, ...body }, expected)
  const fieldOf = ({ form }: Draft, id: string) =>
    form.groups.flatMap(({ fields }) => fields).find((field) => field.id === id) ?? assert.fail(`没有字段 ${id}`)
  const review = () => api<DraftReview>(browser, 'GET', `/drafts/${draft.id}/review`)

  test('预填各写来源，权威的锁住；只填空的', () => {
    assert.deepEqual([fieldOf(draft, 'applicantName').value, fieldOf(draft, 'applicantName').locked], [mother.name, true])
    assert.deepEqual([fieldOf(draft, 'otherParentName').value, fieldOf(draft, 'otherParentName').origin], [father.name, '来自 结婚证'])
    assert.equal(fieldOf(draft, 'otherParentIdNumber').value, father.idNumber)
    assert.deepEqual([fieldOf(draft, 'birthDate').value, fieldOf(draft, 'birthDate').origin], ['2026-11-17', '来自 区域健康平台'])
    assert.deepEqual([fieldOf(draft, 'applicantPhone').value, fieldOf(draft, 'applicantPhone').locked], [mother.phone, false])
    assert.equal(fieldOf(draft, 'childName').value, null)
  })

  test('整份密封：库里找不到填过的内容', async () => {
    await put({ values: { childName: '林𠮷安' } })
    const { rows } = await world.deps.pool.query<{ row: string }>('select d::text as row from draft d')
    assert.ok(rows.every(({ row }) => !row.includes(Buffer.from('林𠮷安').toString('hex')) && !row.includes('married')))
    assert.equal(fieldOf(await read(), 'childName').value, '林𠮷安')
  })

  test('存一部分，别的不动；换一台设备接着填', async () => {
    const first = await put({ step: 'form', values: { childName: '林小安' } })
    const { browser: tablet } = await signIn(world, mother)
    const second = await api<Draft>(tablet, 'PUT', `/drafts/${draft.id}`, { version: first.version, values: { applicantRole: '母亲' } })
    assert.deepEqual([fieldOf(second, 'childName').value, fieldOf(second, 'applicantRole').value, second.step], ['林小安', '母亲', 'form'])
    assert.equal(second.version, draft.version + 2)
    assert.ok(second.filled > draft.filled)
  })

  test('两个页面：后存的得到明白的冲突与最新内容，谁的也没丢', async () => {
    await put({ values: { childName: '甲小安' } })
    const problem = await put<Problem>({ values: { childName: '乙小安' } }, 409)
    assert.equal(problem.code, 'draft_conflict')
    assert.equal(fieldOf(problem.current as Draft, 'childName').value, '甲小安')
    assert.equal((problem.current as Draft).version, draft.version + 1)
    assert.equal(fieldOf(await read(), 'childName').value, '甲小安')
  })

  test('同一版本同时存十次，只有一次存上', async () => {
    const replies = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        browser.send({
          method: 'PUT',
          url: `/api/v1/drafts/${draft.id}`,
          payload: { version: draft.version, values: { childName: '林安'.padEnd(2 + index, '安') } }
        })
      )
    )
    assert.deepEqual(replies.map(({ statusCode }) => statusCode).sort(), [200, ...Array<number>(9).fill(409)])
    assert.equal((await read()).version, draft.version + 1)
  })

  test('二十个请求同时新建，只有一份；已有时给出旧草稿的摘要', async () => {
    await api(browser, 'DELETE', `/drafts/${draft.id}`, undefined, 204)
    const replies = await Promise.all(
      Array.from({ length: 20 }, () => browser.send({ method: 'POST', url: '/api/v1/drafts', payload: { bundleId, answers } }))
    )
    assert.deepEqual(replies.map(({ statusCode }) => statusCode).sort(), [201, ...Array<number>(19).fill(409)])
    const created = replies.find(({ statusCode }) => statusCode === 201)?.json<Draft>()
    for (const reply of replies.filter(({ statusCode }) => statusCode === 409)) {
      const { code, current } = reply.json<Problem>()
      assert.deepEqual([code, (current as Draft).id], ['draft_exists', created?.id])
    }
    assert.equal((await api<DraftList>(browser, 'GET', '/drafts')).drafts.length, 1)
  })

  test('重新开始：旧的连同内容与文件删去', async () => {
    const { id: file } = await upload(browser)
    const material = draft.plan.materials.find(({ state }) => state === 'upload') ?? assert.fail('没有要上传的材料')
    await put({ materials: { [material.id]: { choice: 'upload', files: [file] } } })
    const fresh = await api<Draft>(browser, 'POST', '/drafts', { bundleId, answers, restart: true }, 201)
    assert.notEqual(fresh.id, draft.id)
    await api(browser, 'GET', `/drafts/${draft.id}`, undefined, 404)
    await api(browser, 'GET', `/files/${file}`, undefined, 404)
    const { rows } = await world.deps.pool.query<{ n: number }>('select length(content_sealed) as n from draft where id = $1', [draft.id])
    assert.equal(rows[0]?.n, 0)
  })

  for (const [what, body, pointer] of [
    ['不认识的字段', { values: { evil: 'x', childName: '林小安' } }, '/values/evil'],
    ['形状不对的值', { values: { childName: ['林'], applicantRole: '母亲' } }, '/values/childName'],
    ['锁定的字段改成别的', { values: { applicantName: '别人', childName: '林小安' } }, '/values/applicantName'],
    ['不收的材料', { materials: { passport: { choice: 'upload', files: [] } }, values: { childName: '林小安' } }, '/materials/passport'],
    ['方案不允许的交法', { materials: { hk: { choice: 'promise', files: [] } }, values: { childName: '林小安' } }, '/materials/hk'],
    ['不认识的属性', { evil: 1, values: { childName: '林小安' } }, '/evil'],
    ['不存在的题', { answers: { ...answers, evil: 'x' }, values: { childName: '林小安' } }, '/answers/evil']
  ] as const) {
    test(`${what}：拒收并指明，一样也没存`, async () => {
      const problem = await put<Problem>(body, 422)
      assert.ok(
        problem.errors?.some((error) => error.pointer === pointer),
        JSON.stringify(problem.errors)
      )
      const now = await read()
      assert.deepEqual([now.version, fieldOf(now, 'childName').value], [draft.version, null])
    })
  }

  test('证照替代了的材料，同一本不用再传，传了也不收', async () => {
    const { id: file } = await upload(browser)
    const exempt = draft.plan.materials.filter(({ state, licenceType }) => state === 'exempt' && licenceType !== null)
    assert.ok(exempt.length > 0)
    for (const { id, canUpload } of exempt) {
      const { errors } = await put<Problem>({ materials: { [id]: { choice: 'upload', files: [file] } } }, 422)
      assert.deepEqual([canUpload, errors?.map(({ pointer, code }) => [pointer, code])], [false, [[`/materials/${id}`, 'not_open']]])
    }
  })

  test('一兆的文字：413，原来的还在', async () => {
    const problem = await put<Problem>({ values: { childName: '长'.repeat(1024 * 1024) } }, 413)
    assert.equal(problem.code, 'payload_too_large')
    assert.equal((await read()).version, draft.version)
  })

  test('没填完、填错的照样能存，核对时逐项说明', async () => {
    await put({ values: { applicantPhone: '123', childName: '😀' } })
    const { errors } = await review()
    assert.ok(errors.some(({ pointer, message }) => pointer === '/applicantPhone' && message.includes('11 位')))
    assert.ok(errors.some(({ pointer }) => pointer === '/childName'))
  })

  test('改答案：方案与表单跟着变，填过的不丢', async () => {
    const first = await put({ values: { childName: '林小安' } })
    const single = await api<Draft>(browser, 'PUT', `/drafts/${draft.id}`, {
      version: first.version,
      answers: { ...answers, wed: 'single' }
    })
    assert.ok(!single.form.groups.flatMap(({ fields }) => fields).some(({ id }) => id === 'otherParentName'))
    assert.ok(!single.plan.materials.some(({ id }) => id === 'idc-sp'))
    assert.equal(fieldOf(single, 'childName').value, '林小安')
  })

  test('「这一项不对」：锁定的保留来源的值，记下主张，一并签进去；能改的请直接改', async () => {
    const objected = await api<Draft>(browser, 'POST', `/drafts/${draft.id}/objections`, {
      fieldId: 'birthDate',
      claim: '应为 11 月 16 日'
    })
    assert.deepEqual([fieldOf(objected, 'birthDate').objected, fieldOf(objected, 'birthDate').value], [true, '2026-11-17'])
    const line = (await review()).summary.flatMap(({ lines }) => lines).find(({ label }) => label === fieldOf(objected, 'birthDate').label)
    assert.match(line?.text ?? '', /应为：应为 11 月 16 日/)
    for (const fieldId of ['applicantPhone', 'evil']) {
      const problem = await api<Problem>(browser, 'POST', `/drafts/${draft.id}/objections`, { fieldId, claim: '不对' }, 422)
      assert.equal(problem.errors?.[0]?.pointer, '/fieldId')
    }
  })

  test('共享系统或证照库连不上：草稿照开，说明没能取得、怎么办', async () => {
    const fresh = await startWorld()
    fresh.outside.down.add('library').add('share')
    const { browser: visitor } = await signIn(fresh, mother)
    const opened = await api<Draft>(visitor, 'POST', '/drafts', { bundleId, answers }, 201)
    assert.match(opened.plan.materials.find(({ id }) => id === 'hk')?.reason ?? '', /本次未能取得/)
    assert.equal(fieldOf(opened, 'birthDate').locked, false)
    await fresh.close()
  })

  test('核对：逐条列出还缺什么，齐了才空；承诺各自单列', async () => {
    assert.ok((await review()).pending.some(({ kind, id }) => kind === 'invitation' && id === 'idc-sp'))
    world.outside.licences = [idCard(mother), hukou(mother), { ...marriage(mother), status: 'cancelled' }]
    world.pass(11 * 60_000)
    browser = (await signIn(world, mother)).browser
    draft = await complete(browser, await read())
    const { errors, pending, commitments, reauthenticated } = await review()
    assert.deepEqual({ errors, pending }, { errors: [], pending: [] })
    assert.deepEqual(
      commitments.map(({ id }) => id),
      ['truth', 'promise-marr']
    )
    assert.equal(reauthenticated, false)
  })

  test('同样的内容同样的摘要；改一个字就不同', async () => {
    const first = (await review()).contentHash
    assert.match(first, /^[0-9a-f]{64}$/)
    assert.equal((await review()).contentHash, first)
    await put({ values: { childName: '林小安' } })
    assert.notEqual((await review()).contentHash, first)
  })

  test('目录更新：提示规则有变，按新规则算，存一次就钉到新版', async () => {
    const { revision } = world.deps.catalogue.current()
    await world.deps.pool.query(
      `insert into catalogue_revision (revision, content, loaded_at)
       select 'older', content, loaded_at from catalogue_revision where revision = $1`,
      [revision]
    )
    await world.deps.pool.query("update draft set revision = 'older' where id = $1", [draft.id])
    const stale = await read()
    assert.deepEqual([stale.rulesChanged, stale.catalogueRevision], [true, 'older'])
    const saved = await put({ values: { childName: '林小安' } })
    assert.deepEqual([saved.rulesChanged, saved.catalogueRevision], [false, revision])
  })

  test('到期前提醒一次，到期删除；存一次就从头算起', async () => {
    const { draftKeepDays, draftReminderDays } = world.deps.catalogue.current().catalogue.deadlines
    const start = world.deps.now()
    assert.equal(Date.parse(draft.expiresAt), start + draftKeepDays * DAY)
    world.setNow(start + (draftKeepDays - draftReminderDays) * DAY + 1)
    assert.deepEqual(await sweepDrafts(world.deps), { ended: 0, reminded: 1 })
    await sweepDrafts(world.deps)
    browser = (await signIn(world, mother)).browser
    const { messages } = await api<{ messages: { title: string }[] }>(browser, 'GET', '/messages')
    assert.equal(messages.filter(({ title }) => title === '有一份草稿快到期了').length, 1)
    world.setNow(start + draftKeepDays * DAY + 1)
    browser = (await signIn(world, mother)).browser
    await api(browser, 'GET', `/drafts/${draft.id}`, undefined, 404)
    assert.deepEqual((await api<DraftList>(browser, 'GET', '/drafts')).drafts, [])
    assert.equal((await sweepDrafts(world.deps)).ended, 1)
  })

  test('别人的草稿：看不到、存不了、删不掉', async () => {
    const { browser: other } = await signIn(world, stranger)
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['GET', '/review', undefined],
      ['PUT', '', { version: draft.version, values: {} }],
      ['POST', '/objections', { fieldId: 'birthDate', claim: 'x' }],
      ['DELETE', '', undefined]
    ] as const) {
      const problem = await api<Problem>(other, method, `/drafts/${draft.id}${path}`, body, 404)
      assert.equal(problem.code, 'not_found')
    }
    const { id } = await upload(other)
    const material = draft.plan.materials.find(({ state }) => state === 'upload') ?? assert.fail()
    await put<Problem>({ materials: { [material.id]: { choice: 'upload', files: [id] } } }, 404)
  })

  test('没有单独同意的不能开始办：敏感信息一份，孩子的信息另一份', async () => {
    const shy = await signInOnly(world, { ...stranger, idNumber: '320281199901010018' })
    const { version } = await api<{ version: string }>(shy, 'GET', '/identity/notice')
    for (const kinds of [['privacy'], ['sensitive']]) {
      await api(shy, 'POST', '/identity/consents', { version, kinds })
      assert.equal((await api<Problem>(shy, 'POST', '/drafts', { bundleId, answers }, 403)).code, 'consent_required')
    }
    await api(shy, 'POST', '/drafts', { bundleId: 'startup', answers: {} }, 201)
  })

  test('没有这件事：404', async () => {
    await api(browser, 'POST', '/drafts', { bundleId: 'no-such-bundle', answers: {} }, 404)
  })
})
