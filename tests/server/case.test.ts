import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { Draft } from '../../contract/drafts'
import type { TraceList } from '../../contract/traces'
import { accepted, applyFor, birthCert, followed, foldsHold, materialOf, problemOf, single, steps, withdrawAll } from './cases'
import { api, approve, complete, deliverAll, demoIdentifier, finishAll, readCase, signAndSubmit, startDraft } from './journey'
import { hukou, idCard } from './papers'
import { signIn } from './sign-in'
import { mother, startWorld, type World } from './world'

describe('办件：派给谁、什么时候派、派什么', () => {
  let world: World
  before(async () => {
    world = await startWorld()
    world.outside.licences = [idCard(mother), hukou(mother)]
  })
  beforeEach(() => {
    world.outside.dispatched.length = 0
    world.outside.caseMessages.length = 0
  })
  after(async () => {
    await foldsHold(world)
    await world.close()
  })

  test('前置的结果入了库才派后续；送达不阻塞；同层并联；后续只认本件新签发的户口', async () => {
    const applied = await applyFor(world, mother, 'newborn', single)
    assert.deepEqual(await applied.sentKeys(), ['bc'])
    const bc = await applied.sent('bc')
    await steps(world, bc, accepted(bc), { type: 'examineStarted' }, { type: 'decided', outcome: 'approve' })
    await deliverAll(world)
    assert.deepEqual(await applied.sentKeys(), ['bc'], '准予了还没出证，不派')
    await steps(world, bc, { type: 'issued', licence: birthCert(bc) })
    await deliverAll(world)
    assert.deepEqual((await applied.sentKeys()).sort(), ['allow', 'bc', 'fee', 'hk', 'vac'])
    assert.equal((await applied.caseOf('bc')).status, 'delivering', '还没送达，后续已经派了')

    const hk = await applied.sent('hk')
    const existing = materialOf(hk, 'hk')
    assert.deepEqual([existing.how, existing.licence?.identifier], ['licence', hukou(mother).identifier], '落在哪一户，用父母手里的')
    assert.equal(materialOf(hk, 'birth').licence?.identifier, demoIdentifier('birth-cert', bc.caseNo))
    await approve(world, hk)
    await deliverAll(world)
    const inherited = materialOf(await applied.sent('med'), 'hk-ward').licence
    assert.equal(inherited?.identifier, demoIdentifier('hukou', hk.caseNo))
    assert.notEqual(inherited?.identifier, hukou(mother).identifier)
    const child = await applied.sent('med')
    assert.ok(child.result.kind === 'licence')
    assert.equal(child.result.holderName, '林小演')
    assert.equal(child.result.holderIdCode, inherited?.face['公民身份号码'])
    await steps(world, bc, { type: 'delivered' })
    await finishAll(world, bc, hk)
    assert.equal((await applied.read()).status, 'done')
  })

  test('每个部门只收到它要的字段，回告地址在我们这边', async () => {
    const applied = await applyFor(world, mother, 'newborn', single)
    await finishAll(world)
    const { form } = world.deps.catalogue.current().catalogue.bundles.newborn ?? { form: [] }
    const fields = form.flatMap(({ fields: own }) => own)
    for (const { key } of (await applied.read()).cases) {
      const dispatched = await applied.sent(key)
      for (const id of Object.keys(dispatched.values))
        assert.ok(fields.find((field) => field.id === id)?.for.includes(key), `${key} 不该有 ${id}`)
      assert.equal(dispatched.callbackUrl, 'http://localhost:8080/api/v1/departments/callbacks')
      assert.deepEqual(dispatched.applicant, { name: mother.name, idCode: mother.idNumber, phone: mother.phone })
    }
    assert.equal('payeeAccount' in (await applied.sent('hk')).values, false, '公安不该看到收款账号')
    assert.equal('payeeAccount' in (await applied.sent('fee')).values, true)
  })

  test('承诺、上传各有标记；上传的给出地址、大小与摘要，送过的不能再删', async () => {
    world.outside.licences = [idCard(mother), hukou(mother)]
    world.pass(11 * 60_000)
    const { browser } = await signIn(world, mother)
    const draft = await complete(browser, await startDraft(browser, 'newborn', { ...single, wed: 'single' }))
    const choices = Object.values(draft.materials).map(({ choice }) => choice)
    const { submissionId } = await signAndSubmit(world, browser, mother, draft.id)
    await finishAll(world)
    const applied = followed(world, browser, submissionId)
    const materials = world.outside.dispatched.flatMap((each) => each.materials)
    const uploads = materials.filter(({ how }) => how === 'upload')
    assert.equal(uploads.length > 0, choices.includes('upload'))
    assert.equal(
      materials.some(({ how }) => how === 'promised'),
      choices.includes('promise')
    )
    assert.ok(uploads.length > 0, '这组回答里应有要上传的')
    for (const { files } of uploads) {
      const [file] = files
      assert.match(file?.sha256 ?? '', /^[0-9a-f]{64}$/)
      const { pathname } = new URL(file?.href ?? '')
      const [sent] = world.outside.dispatched.filter((each) => JSON.stringify(each.materials).includes(pathname))
      assert.equal(file?.href, `http://localhost:8080/api/v1/departments/cases/${sent?.caseNo}/files/${file?.id}`)
      world.outside.signer = sent?.departmentId ?? null
      const got = await world.app.inject({ method: 'GET', url: pathname })
      world.outside.signer = null
      assert.deepEqual([got.statusCode, got.rawPayload.length], [200, file?.bytes])
      problemOf(await browser.send({ method: 'DELETE', url: `/api/v1/files/${file?.id}` }), 409, 'illegal_transition')
    }
    const { traces } = await api<TraceList>(browser, 'GET', '/traces?limit=50')
    assert.ok(traces.some(({ actor, actorKind, action }) => action === 'fetch' && actorKind === 'department' && actor !== '部门审批系统'))
    assert.equal((await applied.read()).status, 'done')
  })

  test('说有误的锁定字段，随办件转到用到它的部门', async () => {
    world.outside.licences = [idCard(mother), hukou(mother)]
    world.pass(11 * 60_000)
    const { browser } = await signIn(world, mother)
    const draft = await startDraft(browser, 'newborn', single)
    const objected = await api<Draft>(browser, 'POST', `/drafts/${draft.id}/objections`, {
      fieldId: 'applicantName',
      claim: '名字里的字错了'
    })
    const { submissionId } = await signAndSubmit(world, browser, mother, (await complete(browser, objected)).id)
    await deliverAll(world)
    const bc = await followed(world, browser, submissionId).sent('bc')
    const [told] = world.outside.caseMessages
    assert.deepEqual(
      [told?.departmentId, told?.message.caseNo, told?.message.kind, told?.message.values],
      [bc.departmentId, bc.caseNo, 'objection', { applicantName: '名字里的字错了' }]
    )
    assert.match(told?.message.note ?? '', /你的姓名/)
    await withdrawAll(browser, submissionId)
  })

  test('目录换了新版、存着的版本从库里读回：办了一半的照旧办完', async () => {
    const applied = await applyFor(world, mother, 'newborn', single)
    const { catalogueRevision } = await applied.read()
    const { current, at } = world.deps.catalogue
    const pinned = await at(catalogueRevision)
    const changed = structuredClone(pinned)
    changed.bundles = {}
    changed.deadlines.correctionDays = 1
    changed.ratings.openWorkdays = 0
    world.deps.catalogue.current = () => ({ revision: 'c'.repeat(12), catalogue: changed })
    try {
      const bc = await applied.sent('bc')
      const item = { kind: 'field', target: 'childName', problem: '有一个字看不清', mend: '请再填一次' } as const
      await steps(world, bc, { type: 'correctionRequested', items: [item] })
      const { correction, id } = await readCase(applied.browser, (await applied.caseOf('bc')).id)
      const days = (Date.parse(correction?.dueAt ?? '') - world.deps.now()) / 86_400_000
      assert.ok(days > pinned.deadlines.correctionDays - 1, '补正的期限按签的那一版')
      await api(applied.browser, 'POST', `/cases/${id}/correction`, { values: { childName: '林小演' }, files: {} })
      await finishAll(world)
      const done = await applied.read()
      assert.deepEqual([done.status, done.catalogueRevision], ['done', catalogueRevision])
      assert.ok(
        done.cases.every(({ allowedActions }) => allowedActions.includes('rate')),
        '评价的窗口也按签的那一版'
      )
    } finally {
      world.deps.catalogue.current = current
    }
  })
})
