import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { SubmitReply } from '../../contract/drafts'
import type { Home } from '../../contract/home'
import type { LibraryLicence } from '../../contract/gateways/licence-library'
import type { LicenceList } from '../../contract/licences'
import type { MessageList } from '../../contract/messages'
import type { Problem } from '../../contract/problems'
import type { CaseDetail, Submission, SubmissionList } from '../../contract/submissions'
import type { TraceList } from '../../contract/traces'
import { relate } from '../../server/modules/identity/subjects'
import { foldsHold, founder, problemOf, steps, accepted } from './cases'
import { api, complete, deliverAll, finishAll, signAndSubmit, startDraft, upload } from './journey'
import { hukou, paper } from './papers'
import { actingFor, signIn, type Browser } from './sign-in'
import { mother, startWorld, stranger, type World } from './world'

const creditCode = '91320281000000001X'
const resident = { kind: 'res', pre: 'n', one: 'n', fund: 'n' }
const companyName = '江阴演示科技有限公司'

describe('曾经的法定代表人：此刻不能代表企业，就什么也看不到、办不了', () => {
  let world: World
  let former: Browser
  let successor: Browser
  let companyId: string
  let submissionId: string
  let caseId: string
  let fileId: string
  let licenceId: string
  let draftId: string
  let messageIds: string[]

  const company = (legalRepresentative: string): LibraryLicence => ({
    ...paper('biz-licence', founder, { 名称: companyName, 统一社会信用代码: creditCode, 法定代表人: legalRepresentative }),
    holderName: companyName,
    holderIdCode: creditCode
  })
  /** The same browser, acting for the company. */
  const forCompany = (browser: Browser) => actingFor(browser, companyId)
  const messages = async (browser: Browser) => api<MessageList>(browser, 'GET', '/messages?limit=50')

  before(async () => {
    world = await startWorld()
    world.outside.licences = [company(founder.name)]
    const signedIn = await signIn(world, founder)
    former = signedIn.browser
    companyId = signedIn.me.subjects.find(({ kind }) => kind === 'legal_person')?.id ?? ''
    const acting = forCompany(former)
    const draft = await complete(acting, await startDraft(acting, 'retirement', resident))
    submissionId = (await signAndSubmit(world, acting, founder, draft.id)).submissionId
    await deliverAll(world)
    const submission = await api<Submission>(acting, 'GET', `/submissions/${submissionId}`)
    caseId = submission.cases[0]?.id ?? ''
    await finishAll(world)
    fileId = (await upload(acting)).id
    draftId = (await startDraft(acting, 'newborn', { born: 'here', hukou: 'jy', wed: 'single', ins: 'emp', sub: 'y' })).id
    licenceId = (await api<LicenceList>(acting, 'GET', '/licences')).licences[0]?.id ?? ''
    messageIds = (await messages(former)).messages.filter(({ target }) => target !== null).map(({ id }) => id)
    assert.ok(companyId && caseId && licenceId && messageIds.length > 0)
    // As oneself one sees what one submitted for the company, as long as one represents it.
    assert.equal((await api<Submission>(former, 'GET', `/submissions/${submissionId}`)).maskedSubjectName, companyName)

    world.outside.licences = [company(stranger.name)]
    world.pass(86_400_001)
    former = (await signIn(world, founder)).browser
    successor = (await signIn(world, stranger)).browser
  })
  after(async () => {
    await foldsHold(world)
    await world.close()
  })

  const rating = { grade: 'good', tags: [], text: '', anonymous: false }
  const owned: { what: string; method: 'GET' | 'POST' | 'PUT' | 'DELETE'; url: () => string; body?: () => object }[] = [
    { what: '提交', method: 'GET', url: () => `/submissions/${submissionId}` },
    { what: '回执', method: 'GET', url: () => `/submissions/${submissionId}/receipt` },
    { what: '整件撤回', method: 'POST', url: () => `/submissions/${submissionId}/withdraw`, body: () => ({}) },
    { what: '办件', method: 'GET', url: () => `/cases/${caseId}` },
    { what: '补正', method: 'POST', url: () => `/cases/${caseId}/correction`, body: () => ({ values: {}, files: {} }) },
    { what: '补交', method: 'POST', url: () => `/cases/${caseId}/supplement`, body: () => ({ materialId: 'any', files: [fileId] }) },
    { what: '撤回一件', method: 'POST', url: () => `/cases/${caseId}/withdraw`, body: () => ({}) },
    { what: '评价页', method: 'GET', url: () => `/cases/${caseId}/rating` },
    { what: '评价', method: 'PUT', url: () => `/cases/${caseId}/rating`, body: () => rating },
    { what: '文件', method: 'GET', url: () => `/files/${fileId}` },
    { what: '删除文件', method: 'DELETE', url: () => `/files/${fileId}` },
    { what: '证照', method: 'GET', url: () => `/licences/${licenceId}` },
    { what: '草稿', method: 'GET', url: () => `/drafts/${draftId}` },
    { what: '消息标为已读', method: 'POST', url: () => `/messages/${messageIds[0]}/read` }
  ]
  for (const { what, method, url, body } of owned) {
    test(`${what}：以本人身份像不存在一样，再说代表企业就是不许`, async () => {
      const request = { method, url: `/api/v1${url()}`, ...(body && { payload: body() }) }
      problemOf(await former.send(request), 404, 'not_found')
      problemOf(await forCompany(former).send(request), 403, 'forbidden')
    })
  }

  test('各处列表、首页和未读数里也没有', async () => {
    assert.deepEqual((await api<SubmissionList>(former, 'GET', '/submissions')).submissions, [])
    const { messages: shown, unread } = await messages(former)
    assert.deepEqual(
      shown.filter(({ id }) => messageIds.includes(id)),
      []
    )
    assert.equal(unread, shown.filter(({ readAt }) => readAt === null).length)
    const home = await api<Home>(former, 'GET', '/home')
    assert.deepEqual([home.waiting, home.running, home.drafts, home.unreadMessages], [[], [], [], unread])
    await api(former, 'POST', '/messages/read-all', undefined, 204)
    const { rows } = await world.deps.pool.query('select 1 from message where id = any($1) and read_at is not null', [messageIds])
    assert.equal(rows.length, 0)
    for (const list of ['/submissions', '/messages', '/licences', '/drafts', '/traces', '/home'])
      problemOf(await forCompany(former).send({ method: 'GET', url: `/api/v1${list}` }), 403, 'forbidden')
  })

  test('自己的足迹还在：自己的哪些信息、何时、送给了谁；企业填了什么不在里面', async () => {
    const { traces } = await api<TraceList>(former, 'GET', '/traces?limit=50')
    assert.ok(traces.some(({ action, actorKind }) => action === 'send' && actorKind === 'department'))
    assert.ok(!JSON.stringify(traces).includes(companyName))
  })

  test('接任的人代表企业时看得到、接着办；以本人身份看不到前任办的', async () => {
    const acting = forCompany(successor)
    const { submissions } = await api<SubmissionList>(acting, 'GET', '/submissions')
    assert.deepEqual(
      submissions.map(({ id }) => id),
      [submissionId]
    )
    assert.equal((await api<CaseDetail>(acting, 'GET', `/cases/${caseId}`)).submissionId, submissionId)
    assert.deepEqual((await api<SubmissionList>(successor, 'GET', '/submissions')).submissions, [])
    problemOf(await successor.send({ method: 'GET', url: `/api/v1/submissions/${submissionId}` }), 404, 'not_found')
    // The former one's draft does not stand in the way.
    const begun = await startDraft(acting, 'newborn', { born: 'here', hukou: 'jy', wed: 'single', ins: 'emp', sub: 'y' })
    assert.notEqual(begun.id, draftId)
  })

  test('还没办完时换了人：此后的消息告诉接任的人，不告诉前任；前任注销账号不被它拦住', async () => {
    const acting = forCompany(successor)
    const draft = await complete(acting, await startDraft(acting, 'retirement', resident))
    const { submissionId: running } = await signAndSubmit(world, acting, stranger, draft.id)
    await deliverAll(world)
    const { cases } = await api<Submission>(acting, 'GET', `/submissions/${running}`)
    const sent = world.outside.dispatched.find(({ caseNo }) => caseNo === cases[0]?.caseNo)
    assert.ok(sent)
    world.outside.licences = [company(founder.name)]
    world.pass(86_400_001)
    const formerNow = await signIn(world, stranger)
    const back = (await signIn(world, founder)).browser
    await steps(world, sent, accepted(sent))
    const aboutIt = async (browser: Browser) => (await messages(browser)).messages.filter(({ target }) => target?.id === cases[0]?.id)
    assert.deepEqual([(await aboutIt(formerNow.browser)).length, (await aboutIt(back)).length], [0, 1])
    await api<null>(formerNow.browser, 'POST', '/identity/account/close', { confirm: '注销账号' }, 204)
    await api(forCompany(back), 'POST', `/submissions/${running}/withdraw`, {})
  })

  test('不再是监护人：替孩子办的也看不到；另一位监护人看不到这一位替孩子办的', async () => {
    const { deps } = world
    const { browser, me } = await signIn(world, mother)
    const childId = deps.newId()
    await deps.pool.query("insert into subject (id, kind, name_sealed, created_at) values ($1, 'natural_person', $2, now())", [
      childId,
      deps.vault.seal('林小宝', `subject.name_sealed:${childId}`)
    ])
    await relate(deps.pool, deps, me.accountId, childId, 'guardian')
    world.outside.licences.push(hukou(mother))
    const asGuardian = (each: Browser) => actingFor(each, childId)
    const acting = asGuardian(browser)
    const draft = await complete(acting, await startDraft(acting, 'retirement', resident))
    const { submissionId: forChild }: SubmitReply = await signAndSubmit(world, acting, mother, draft.id)
    const read = { method: 'GET', url: `/api/v1/submissions/${forChild}` } as const
    assert.equal((await browser.send(read)).statusCode, 200)

    const other = await signIn(world, founder)
    await relate(deps.pool, deps, other.me.accountId, childId, 'guardian')
    problemOf(await asGuardian(other.browser).send(read), 404, 'not_found')
    assert.deepEqual((await api<SubmissionList>(asGuardian(other.browser), 'GET', '/submissions')).submissions, [])

    await deps.pool.query('update relation set until = now() where account_id = $1 and subject_id = $2', [me.accountId, childId])
    problemOf(await browser.send(read), 404, 'not_found')
    assert.equal((await acting.send(read)).json<Problem>().code, 'forbidden')
    assert.ok(!(await messages(browser)).messages.some(({ target }) => target?.id === forChild))
  })
})
