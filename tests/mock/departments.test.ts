import { createHash } from 'node:crypto'
import { appendFileSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeEach, describe, test } from 'node:test'
import assert from 'node:assert/strict'
import { Value } from 'typebox/value'
import { DepartmentCallback } from '../../contract/gateways/departments'
import { arrived, control, dispatch, freshForEachTest, ledger, messageOf, mock, send, server, start, typesOf } from './department-talk'
import { until } from './running'
import { dispatchOf, startServerEnd } from './server-end'

freshForEachTest()

describe('照脚本办', () => {
  test('不去动它：预审通过、审查、特别程序、准予、出件、送达，依次送到，每条都合约定、验得过签', async () => {
    await start()
    const procedures = [{ kind: 'siteInspection', name: '现场踏勘', days: 2 }]
    assert.equal((await dispatch(dispatchOf(server, 'A1', { specialProcedures: procedures }))).status, 202)
    await arrived('A1', 'delivered')
    assert.deepEqual(typesOf('A1'), [
      'preReviewPassed', 'examineStarted', 'specialProcedureStarted', 'specialProcedureEnded', 'decided', 'resultReady', 'delivered'
    ])
    for (const event of server.callbacks) assert.deepEqual([...Value.Errors(DepartmentCallback, event)], [], event.type)
    assert.equal(new Set(server.callbacks.map(event => event.eventId)).size, server.callbacks.length)
    assert.equal(server.callbacks.find(event => event.type === 'resultReady')?.document?.name, '登记回执')
    assert.deepEqual(server.callbacks.find(event => event.procedure)?.procedure, { kind: 'siteInspection', name: '现场踏勘', expectedDays: 2 })
    assert.equal(server.refused, 0)
  })

  test('收件即受理的事项直接发受理，带受理通知书号', async () => {
    await start()
    await dispatch(dispatchOf(server, 'A2', { acceptOnReceipt: true }))
    await arrived('A2', 'delivered')
    assert.equal(typesOf('A2')[0], 'accepted')
    assert.match(server.callbacks[0]?.documentNo ?? '', /^演〔\d{4}〕受字第\d{6}号$/)
  })

  test('对方先失败几次：一直重送到收下为止，次序不乱、不重不漏', async () => {
    await start()
    server.failNext = 4
    await dispatch(dispatchOf(server, 'A3'))
    await arrived('A3', 'delivered')
    assert.deepEqual(typesOf('A3'), ['preReviewPassed', 'examineStarted', 'decided', 'resultReady', 'delivered'])
  })

  test('随件的文件签名去取，核对大小与摘要', async () => {
    await start({ script: false })
    const bytes = Buffer.from('演示文件')
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    server.files.set('good', bytes).set('bad', Buffer.from('被换过的'))
    const file = (id: string) => ({
      id, name: `${id}.jpg`, mime: 'image/jpeg', bytes: bytes.length, sha256, href: `${server.origin}/api/v1/departments/files/${id}`
    })
    const materials = [{ id: 'lease-up', name: '租赁合同', how: 'upload' as const, licence: null, files: [file('good'), file('bad')] }]
    await dispatch(dispatchOf(server, 'A4', { materials }))
    const { files } = await until(async () => {
      const view = await ledger()
      return view.files.length === 2 && view
    })
    assert.deepEqual(files.map(({ fileId, intact }) => [fileId, intact]), [['good', true], ['bad', false]])
  })
})

describe('收件的签名与去重', () => {
  beforeEach(() => start({ script: false }))

  const url = () => `${mock.origin}/mock/departments/health/cases`
  const post = (body: string, headers: Record<string, string>, to = url()) => fetch(to, { method: 'POST', body, headers })

  test('没有签名、内容改过、挪到别的地址、放了太久的旧签名：一律 401，不留痕', async () => {
    const body = JSON.stringify(dispatchOf(server, 'B1'))
    const headers = await server.signed('POST', url(), body)
    assert.equal((await post(body, { 'content-type': 'application/json' })).status, 401)
    assert.equal((await post(body.replace('林演示', '顾演示'), headers)).status, 401)
    const police = `${mock.origin}/mock/departments/police/cases`
    const moved = JSON.stringify(dispatchOf(server, 'B1', { departmentId: 'police' }))
    assert.equal((await post(moved, { ...await server.signed('POST', url(), moved) }, police)).status, 401)
    const stale = await server.signed('POST', url(), body, Date.now() - 400_000)
    assert.equal((await post(body, stale)).status, 401)
    const { signature: _signature, Signature: _other, ...withoutSignature } = headers
    assert.equal((await post(body, withoutSignature)).status, 401)
    assert.deepEqual((await ledger()).cases, [])
  })

  test('别人的钥匙签的不认', async () => {
    const other = await startServerEnd(() => mock.origin)
    const body = JSON.stringify(dispatchOf(server, 'B2'))
    assert.equal((await post(body, await other.signed('POST', url(), body))).status, 401)
    await other.close()
  })

  test('取不到发送方公钥时答 503，对方会再发', async () => {
    const message = dispatchOf(server, 'B3', { callbackUrl: 'http://127.0.0.1:1/api/v1/departments/callbacks' })
    assert.equal((await dispatch(message)).status, 503)
  })

  test('同一条消息来多次、同时来，都答 202，只记一件', async () => {
    const message = dispatchOf(server, 'B4')
    const replies = await Promise.all(Array.from({ length: 5 }, () => dispatch(message)))
    assert.deepEqual(replies.map(reply => reply.status), [202, 202, 202, 202, 202])
    assert.deepEqual(await replies[4]?.json(), { messageId: message.messageId })
    assert.equal((await ledger()).cases.length, 1)
  })

  test('同一办件号换了消息编号再派：409，不覆盖', async () => {
    await dispatch(dispatchOf(server, 'B5'))
    assert.equal((await dispatch(dispatchOf(server, 'B5', { messageId: 'message-again', matterName: '别的' }))).status, 409)
    assert.equal((await ledger()).cases[0]?.matterName, '出生医学证明首次签发')
  })

  test('缺项的派件 400；没收过的办件来消息 404', async () => {
    const { caseNo: _caseNo, ...incomplete } = dispatchOf(server, 'B6')
    assert.equal((await server.post(url(), incomplete)).status, 400)
    assert.equal((await send(messageOf('nobody', 'withdrawal'))).status, 404)
  })
})

describe('中途断掉', () => {
  test('重启后账还在，没送到的接着送，脚本接着走，不重发已办的步子', async () => {
    await start({ script: false })
    await dispatch(dispatchOf(server, 'C1'))
    server.failNext = Number.POSITIVE_INFINITY
    await control({ action: 'accept', caseNo: 'C1' })
    await mock.stop()
    server.failNext = 0
    await start({ dataDir: mock.dataDir, script: true })
    await arrived('C1', 'delivered')
    assert.deepEqual(typesOf('C1'), ['preReviewPassed', 'examineStarted', 'decided', 'resultReady', 'delivered'])
    assert.equal((await ledger()).cases.length, 1)
    assert.equal((await dispatch(dispatchOf(server, 'C1'))).status, 202, '断前收过的消息再来，仍认得')
    assert.equal((await ledger()).cases.length, 1)
  })

  test('账的最后一行写了一半：丢掉半行，前面的都在', async () => {
    await start({ script: false })
    await dispatch(dispatchOf(server, 'C2'))
    await mock.stop()
    const file = path.join(mock.dataDir, 'departments.jsonl')
    const whole = readFileSync(file, 'utf8')
    appendFileSync(file, '{"kind":"case","at":"2026')
    await start({ dataDir: mock.dataDir, script: false })
    assert.deepEqual((await ledger()).cases.map(({ caseNo }) => caseNo), ['C2'])
    assert.equal(readFileSync(file, 'utf8'), whole)
  })
})
