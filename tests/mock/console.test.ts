import { beforeEach, describe, test } from 'node:test'
import assert from 'node:assert/strict'
import { arrived, control, dispatch, freshForEachTest, ledger, messageOf, mock, send, server, start, typesOf } from './department-talk'
import { until } from './running'
import { dispatchOf } from './server-end'

freshForEachTest()

describe('控制台逐件选择', () => {
  beforeEach(async () => {
    await start({ script: false })
    await dispatch(dispatchOf(server, 'D1', {
      values: { childName: '林小宝' }, materials: [{ id: 'idc', name: '身份证', how: 'licence', licence: null, files: [] }]
    }))
  })
  const items = (target: string) => [{ kind: 'material', target, problem: '看不清', mend: '重新拍一张' }]

  test('要求补正：逐项告知；补正后退回预审，再告知不得提新的', async () => {
    assert.equal((await control({ action: 'requestCorrection', caseNo: 'D1', items: items('idc') })).status, 200)
    await arrived('D1', 'correctionRequested')
    assert.deepEqual(server.callbacks[0]?.items, items('idc'))
    assert.equal((await control({ action: 'issue', caseNo: 'D1' })).status, 409, '等补正时不能发证')
    assert.equal((await send(messageOf('D1', 'correction'))).status, 202)
    assert.equal((await control({ action: 'requestCorrection', caseNo: 'D1', items: items('hk') })).status, 409)
    assert.equal((await control({ action: 'requestCorrection', caseNo: 'D1', items: items('idc') })).status, 200)
    await send(messageOf('D1', 'correction', 'second-correction'))
    await control({ action: 'issue', caseNo: 'D1' })
    await arrived('D1', 'delivered')
    assert.deepEqual(typesOf('D1'), [
      'correctionRequested', 'correctionRequested', 'preReviewPassed', 'examineStarted', 'decided', 'resultReady', 'delivered'
    ])
  })

  test('停表、结束停表：停着的时候脚本不动', async () => {
    // 一步还没送到，脚本就走不出第二步：赶不到停表的前头。
    server.failNext = Number.POSITIVE_INFINITY
    await control({ action: 'continueScript' })
    await control({ action: 'stopClock', caseNo: 'D1' })
    server.failNext = 0
    await arrived('D1', 'specialProcedureStarted')
    await until(async () => (await ledger()).events.every(({ state }) => state === 'delivered'))
    assert.equal((await ledger()).stages.D1, 'paused')
    await control({ action: 'resumeClock', caseNo: 'D1' })
    await arrived('D1', 'delivered')
    assert.deepEqual(typesOf('D1').slice(2, 4), ['specialProcedureStarted', 'specialProcedureEnded'])
  })

  test('不予办理：写理由与救济途径，送达后办结', async () => {
    await control({ action: 'refuse', caseNo: 'D1', reason: '资料与登记不符', remedy: '可以复议' })
    await arrived('D1', 'delivered')
    assert.deepEqual(typesOf('D1'), ['preReviewPassed', 'examineStarted', 'decided', 'delivered'])
    const decided = server.callbacks.find(event => event.type === 'decided')
    assert.deepEqual([decided?.outcome, decided?.reason, decided?.remedy], ['disapprove', '资料与登记不符', '可以复议'])
  })

  test('不予受理：只在受理前；办结后什么也不能再动', async () => {
    assert.equal((await control({ action: 'reject', caseNo: 'D1', reason: '不归本机关管' })).status, 200)
    await arrived('D1', 'rejected')
    assert.equal((await control({ action: 'accept', caseNo: 'D1' })).status, 409)
    assert.equal((await control({ action: 'refuse', caseNo: 'D1' })).status, 409)
    assert.equal((await control({ action: 'accept', caseNo: 'nobody' })).status, 404)
  })

  test('撤回后不再往下办', async () => {
    await send(messageOf('D1', 'withdrawal'))
    await control({ action: 'continueScript' })
    assert.equal((await ledger()).stages.D1, 'withdrawn')
    assert.equal((await control({ action: 'issue', caseNo: 'D1' })).status, 409)
    assert.deepEqual(typesOf('D1'), [])
  })

  test('延期要在审查中，带天数与理由', async () => {
    await control({ action: 'extend', caseNo: 'D1', extendDays: 7, reason: '需要核实' })
    await arrived('D1', 'extended')
    assert.equal(server.callbacks.at(-1)?.extendDays, 7)
  })

  test('一个部门宕机：不收件、不回告；恢复后接着来，别的部门不受影响', async () => {
    await control({ action: 'down', departmentId: 'health' })
    assert.equal((await dispatch(dispatchOf(server, 'D2'))).status, 503)
    assert.equal((await send(messageOf('D1', 'supplement'))).status, 503)
    await control({ action: 'continueScript' })
    await dispatch(dispatchOf(server, 'D3', { departmentId: 'police' }))
    await arrived('D3', 'delivered')
    assert.deepEqual(typesOf('D1'), [])
    await control({ action: 'up', departmentId: 'health' })
    await arrived('D1', 'delivered')
    assert.equal((await dispatch(dispatchOf(server, 'D2'))).status, 202)
  })

  test('网页控制台：列出办件，表单就能操作，来件里的标签不会变成网页', async () => {
    await dispatch(dispatchOf(server, 'D4', { matterName: '<script>alert(1)</script>' }))
    const page = await (await fetch(`${mock.origin}/mock/departments`)).text()
    assert.match(page, /模拟·部门审批系统控制台（演示）/)
    assert.match(page, /出生医学证明首次签发（D1）/)
    assert.doesNotMatch(page, /<script/)
    const labels = ['接件受理', '要求补正', '停表（特别程序）', '不予办理', '不予受理', '发证办结', '暂停自动办理']
    for (const label of labels) assert.ok(page.includes(label), label)
    const item = { target: 'field:childName', problem: '与证照不一致', mend: '请改' }
    const form = new URLSearchParams({ action: 'requestCorrection', caseNo: 'D1', ...item })
    const done = await fetch(`${mock.origin}/mock/departments/actions`, { method: 'POST', body: form, redirect: 'manual' })
    assert.equal(done.status, 303)
    assert.equal(done.headers.get('location'), '/mock/departments?outcome=done#D1')
    await arrived('D1', 'correctionRequested')
    assert.deepEqual(server.callbacks[0]?.items, [{ kind: 'field', target: 'childName', problem: '与证照不一致', mend: '请改' }])
  })
})
