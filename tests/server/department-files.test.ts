import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { DispatchCase } from '../../contract/gateways/departments'
import type { TraceList } from '../../contract/traces'
import { accepted, applyFor, foldsHold, founder, problemOf, steps, tellUs, withdrawAll, type Applied } from './cases'
import { api, deliverAll, upload } from './journey'
import { startWorld, stranger, type World } from './world'

const resident = { kind: 'res', pre: 'n', one: 'n', fund: 'n' }

describe('部门取文件：只有这一件的部门，取的每一次主人都看得到', () => {
  let world: World
  let applied: Applied
  let sent: DispatchCase
  let fileId: string
  before(async () => {
    world = await startWorld()
    applied = await applyFor(world, founder, 'retirement', resident)
    sent = await applied.sent('res')
    const materialId = sent.materials[0]?.id ?? ''
    await steps(world, sent, {
      type: 'correctionRequested',
      items: [{ kind: 'material', target: materialId, problem: '看不清', mend: '请重新拍一张' }]
    })
    fileId = (await upload(applied.browser)).id
    const caseId = (await applied.caseOf('res')).id
    await api(applied.browser, 'POST', `/cases/${caseId}/correction`, { values: {}, files: { [materialId]: [fileId] } })
    await deliverAll(world)
  })
  after(async () => {
    await foldsHold(world)
    await world.close()
  })

  const fetchAs = async (signer: string, caseNo = sent.caseNo, id = fileId) => {
    world.outside.signer = signer
    const reply = await world.app.inject({ method: 'GET', url: `/api/v1/departments/cases/${caseNo}/files/${id}` })
    world.outside.signer = null
    return reply
  }
  const fetches = async () =>
    (await api<TraceList>(applied.browser, 'GET', '/traces?limit=50')).traces.filter(
      ({ action, actorKind }) => action === 'fetch' && actorKind === 'department'
    )

  test('送去的地址就是取的地址；取到的是原样的字节，足迹写明哪个部门、哪一件', async () => {
    const { message } = world.outside.caseMessages.find((each) => each.message.caseNo === sent.caseNo) ?? assert.fail('补正没有送到')
    const [file] = message.materials.flatMap(({ files }) => files)
    assert.equal(new URL(file?.href ?? '').pathname, `/api/v1/departments/cases/${sent.caseNo}/files/${fileId}`)
    const reply = await fetchAs(sent.departmentId)
    assert.deepEqual([reply.statusCode, reply.rawPayload.length], [200, file?.bytes])
    const [trace] = await fetches()
    const { departmentName } = await applied.caseOf('res')
    assert.equal(trace?.actor, departmentName)
    assert.ok(trace?.purpose.includes(sent.caseNo) && trace.purpose.includes(sent.matterName), trace?.purpose)
  })

  test('别的部门：不许，也不留下取过的足迹', async () => {
    const before = (await fetches()).length
    problemOf(await fetchAs('police'), 403, 'forbidden')
    problemOf(await fetchAs('nobody'), 403, 'forbidden')
    assert.equal((await fetches()).length, before)
  })

  test('不是随这一件送的、没有的办件、没有的文件、还没送的：没有', async () => {
    const unsent = (await upload(applied.browser)).id
    problemOf(await fetchAs(sent.departmentId, sent.caseNo, unsent), 404, 'not_found')
    problemOf(await fetchAs(sent.departmentId, '320281-20261119-999999'), 404, 'not_found')
    problemOf(await fetchAs(sent.departmentId, sent.caseNo, world.deps.newId()), 404, 'not_found')
    const other = await applyFor(world, stranger, 'retirement', resident)
    const { caseNo, departmentId } = await other.sent('res')
    assert.equal(departmentId, sent.departmentId)
    problemOf(await fetchAs(departmentId, caseNo), 404, 'not_found')
  })

  test('没有签名：401', async () => {
    world.outside.callbacksHold = false
    problemOf(await fetchAs(sent.departmentId), 401, 'signature_invalid')
    world.outside.callbacksHold = true
  })

  test('用别的部门的签名回告这一件：不许', async () => {
    world.outside.signer = 'police'
    problemOf(await tellUs(world, sent, accepted(sent)), 403, 'forbidden')
    world.outside.signer = null
  })

  test('撤回之后不再给', async () => {
    await withdrawAll(applied.browser, applied.submissionId)
    problemOf(await fetchAs(sent.departmentId), 404, 'not_found')
  })
})
