import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import type { DispatchCase } from '../../contract/gateways/departments'
import { endOverdue } from '../../server/modules/case/rounds'
import { accepted, applyFor, followed, founder, problemOf, resident, steps, tellUs, withCases, withdrawAll, type Applied } from './cases'
import { api, deliverAll, readCase, upload } from './journey'
import { signIn } from './sign-in'
import type { World } from './world'

const DAY = 86_400_000
const phone = { kind: 'field', target: 'applicantPhone', problem: '电话打不通', mend: '请换一个能打通的' } as const

describe('补正', () => {
  let world: World
  withCases((started) => {
    world = started
  })

  const begin = async (): Promise<{ applied: Applied; sent: DispatchCase; caseId: string; materialId: string }> => {
    const applied = await applyFor(world, founder, 'retirement', resident)
    const sent = await applied.sent('res')
    return { applied, sent, caseId: (await applied.caseOf('res')).id, materialId: sent.materials[0]?.id ?? '' }
  }
  const answer = ({ browser }: Applied, caseId: string, payload: object) =>
    browser.send({ method: 'POST', url: `/api/v1/cases/${caseId}/correction`, payload })

  test('目录改了版，补正问的还是当初那一版的字段，核对也照那一版', async () => {
    const { applied, sent, caseId } = await begin()
    await steps(world, sent, { type: 'correctionRequested', items: [phone] })
    const { shelf } = world
    const { current } = shelf
    const { revision, catalogue } = shelf.current()
    const changed = structuredClone(catalogue)
    const renamed = Object.values(changed.bundles).flatMap(({ form }) => form.flatMap(({ fields }) => fields))
    for (const field of renamed.filter(({ id }) => id === phone.target)) Object.assign(field, { label: '改过的名字', type: 'date' })
    shelf.current = () => ({ revision: `${revision}-next`, catalogue: changed })
    const item = (await readCase(applied.browser, caseId)).correction?.items[0]
    assert.deepEqual([item?.field?.id, item?.field?.type], [phone.target, 'phone'])
    assert.equal(item?.label, item?.field?.label)
    assert.ok(!JSON.stringify(item).includes('改过的名字'))
    const answered = await answer(applied, caseId, { values: { applicantPhone: '16000000008' }, files: {} })
    assert.equal(answered.statusCode, 200, answered.body)
    shelf.current = current
    await withdrawAll(applied.browser, applied.submissionId)
    await deliverAll(world)
  })

  test('一次告知、一次补齐：字段和文件都送到部门，回到预审，只问这一项', async () => {
    const { applied, sent, caseId, materialId } = await begin()
    const paper = { kind: 'material', target: materialId, problem: '看不清', mend: '请重新拍一张' } as const
    await steps(world, sent, { type: 'correctionRequested', items: [phone, paper] })
    const asked = await readCase(applied.browser, caseId)
    assert.deepEqual(
      asked.correction?.items.map(({ label, mend }) => [label.length > 0, mend]),
      [
        [true, phone.mend],
        [true, paper.mend]
      ]
    )
    const filled = asked.correction?.items.map(({ given }) => given)
    assert.ok(filled?.[0] && filled[0] !== '16000000008' && filled[1] === null, '从原来填的改起')
    assert.equal(asked.holder.organisation, '你')
    assert.ok(asked.allowedActions.includes('correct'))
    const [waiting] = (await applied.read()).waitingForMe
    assert.deepEqual([waiting?.caseId, waiting?.action], [caseId, 'correct'])

    const file = await upload(applied.browser)
    const missing = problemOf(
      await answer(applied, caseId, { values: { applicantPhone: '16000000008' }, files: {} }),
      422,
      'invalid_fields'
    )
    assert.deepEqual(
      missing.errors?.map(({ pointer, code }) => [pointer, code]),
      [[`/files/${materialId}`, 'required']]
    )
    const files = { [materialId]: [file.id] }
    const wrong = problemOf(await answer(applied, caseId, { values: { applicantPhone: '123' }, files }), 422, 'invalid_fields')
    assert.equal(wrong.errors?.[0]?.pointer, '/values/applicantPhone')
    const shape = problemOf(await answer(applied, caseId, { values: { applicantPhone: ['16000000008'] }, files }), 422, 'invalid_fields')
    assert.equal(shape.errors?.[0]?.pointer, '/values/applicantPhone')
    const more = { values: { applicantPhone: '16000000008', applicantName: '换个人' }, files }
    const unasked = problemOf(await answer(applied, caseId, more), 422, 'invalid_fields')
    assert.deepEqual(
      unasked.errors?.map(({ pointer, code }) => [pointer, code]),
      [['/values/applicantName', 'not_asked']]
    )
    const foreign = await answer(applied, caseId, { values: { applicantPhone: '16000000008' }, files: { [materialId]: [randomUUID()] } })
    problemOf(foreign, 404, 'not_found')

    const done = await answer(applied, caseId, { values: { applicantPhone: '16000000008' }, files })
    assert.equal(done.statusCode, 200, done.body)
    await deliverAll(world)
    const told = world.outside.caseMessages.find(({ message }) => message.kind === 'correction')
    assert.deepEqual(
      [told?.departmentId, told?.message.caseNo, told?.message.values],
      [sent.departmentId, sent.caseNo, { applicantPhone: '16000000008' }]
    )
    assert.deepEqual(
      told?.message.materials.map(({ how, files: own }) => [how, own.map(({ id }) => id)]),
      [['upload', [file.id]]]
    )
    assert.equal((await applied.caseOf('res')).status, 'preReview')
    problemOf(await answer(applied, caseId, { values: { applicantPhone: '16000000008' }, files: {} }), 409, 'illegal_transition')

    const anew = { kind: 'field', target: 'applicantName', problem: '名字', mend: '请改' } as const
    problemOf(await tellUs(world, sent, { type: 'correctionRequested', items: [anew] }), 409, 'illegal_transition')
    await steps(world, sent, { type: 'correctionRequested', items: [phone] })
    await withdrawAll(applied.browser, applied.submissionId)
  })

  test('后派的办件用补正后的值', async () => {
    const { applied, sent, caseId } = await begin()
    await steps(world, sent, { type: 'correctionRequested', items: [phone] })
    await answer(applied, caseId, { values: { applicantPhone: '16000000008' }, files: {} })
    await steps(
      world,
      sent,
      accepted(sent),
      { type: 'examineStarted' },
      { type: 'decided', outcome: 'approve' },
      { type: 'resultReady', document: { name: '待遇核定表', number: '演示 1 号' } }
    )
    await deliverAll(world)
    assert.equal((await applied.sent('soc')).values.applicantPhone, '16000000008')
    await withdrawAll(applied.browser, applied.submissionId)
  })

  test('逾期没补：终止、告诉我也告诉部门、拦住依赖它的；没到期的不动，再跑一遍也不变', async () => {
    const { applied, sent, caseId } = await begin()
    await steps(world, sent, { type: 'correctionRequested', items: [phone] })
    const due = Date.parse((await readCase(applied.browser, caseId)).correction?.dueAt ?? '')
    const start = world.deps.now()
    world.setNow(due)
    await endOverdue(world.deps)
    const { browser } = await signIn(world, founder)
    const again = followed(world, browser, applied.submissionId)
    assert.equal((await again.caseOf('res')).status, 'correction')
    world.setNow(due + 1)
    await endOverdue(world.deps)
    await endOverdue(world.deps)
    const { cases, status } = await again.read()
    assert.deepEqual(
      [status, cases.map((each) => [each.key, each.status])],
      [
        'failed',
        [
          ['res', 'terminated'],
          ['soc', 'blocked']
        ]
      ]
    )
    await deliverAll(world)
    const told = world.outside.caseMessages.filter(({ message }) => message.caseNo === sent.caseNo)
    assert.deepEqual(
      told.map(({ message }) => [message.kind, message.note]),
      [['withdrawal', '逾期没有补正，已终止']]
    )
    const { messages } = await api<{ messages: { title: string }[] }>(browser, 'GET', '/messages?limit=50')
    assert.equal(messages.filter(({ title }) => title.endsWith('：已终止')).length, 1)
    world.setNow(start)
  })

  test('一件出错不耽误别的：记下来，下一轮再试', async () => {
    const { applied, sent, caseId } = await begin()
    await steps(world, sent, { type: 'correctionRequested', items: [phone] })
    const start = world.deps.now()
    world.setNow(start + 60 * DAY)
    const { deliver } = world.deps.jobs
    world.deps.jobs.deliver = async () => Promise.reject(new Error('演示故障'))
    await endOverdue(world.deps)
    assert.ok(world.logged.some((line) => line.includes(caseId) && line.includes('演示故障')))
    world.deps.jobs.deliver = deliver
    await endOverdue(world.deps)
    const { browser } = await signIn(world, founder)
    assert.equal((await followed(world, browser, applied.submissionId).caseOf('res')).status, 'terminated')
    world.setNow(start)
  })
})
