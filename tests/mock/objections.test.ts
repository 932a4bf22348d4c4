import { after, before, describe, test } from 'node:test'
import assert from 'node:assert/strict'
import type { ReaderObjection } from '../../contract/gateways/readers'
import { startMock } from './running'
import type { RunningMock } from './running'
import { startServerEnd } from './server-end'
import type { ServerEnd } from './server-end'

const objection: ReaderObjection = {
  objectionId: 'objection-1', readerId: 'library-desk', concerns: { kind: 'reader', name: '江阴市图书馆（演示）借阅台' },
  at: '2026-11-21T02:00:00.000Z', purpose: '借书', refused: false, fields: ['姓名（打码）'], text: '<b>我没去过</b>'
}

describe('异议收件箱替身', () => {
  let mock: RunningMock
  let server: ServerEnd
  before(async () => {
    server = await startServerEnd(() => mock.origin)
    mock = await startMock({ serverOrigin: server.origin })
  })
  after(async () => {
    await mock.remove()
    await server.close()
  })

  const send = (over: Partial<ReaderObjection> = {}) => server.post(`${mock.origin}/mock/readers/objections`, { ...objection, ...over })
  const inbox = async () => await (await fetch(`${mock.origin}/mock/readers/objections.json`)).json() as
    (ReaderObjection & { answer: { text: string } | null })[]
  const answer = (body: object, accept = 'application/json') => fetch(`${mock.origin}/mock/readers/objections/answer`, {
    method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', accept }, redirect: 'manual'
  })

  test('只收签名的；同一条送两遍只记一条；不认识的核码端不收', async () => {
    const unsigned = await fetch(`${mock.origin}/mock/readers/objections`, {
      method: 'POST', body: JSON.stringify(objection), headers: { 'content-type': 'application/json' }
    })
    assert.equal(unsigned.status, 401)
    assert.deepEqual((await Promise.all([send(), send()])).map(({ status }) => status), [202, 202])
    assert.equal((await send()).status, 202)
    assert.equal((await send({ objectionId: 'objection-2', readerId: 'nobody' })).status, 400)
    assert.deepEqual((await inbox()).map(({ objectionId }) => objectionId), ['objection-1'])
  })

  test('网页写明是模拟，来件里的标签不会变成网页', async () => {
    const text = await (await fetch(`${mock.origin}/mock/readers/objections`)).text()
    assert.match(text, /模拟·异议收件箱（演示）/)
    assert.match(text, /江阴市图书馆（演示）借阅台/)
    assert.doesNotMatch(text, /<b>我没去过/)
  })

  test('说明用自己的钥匙签名送回；没送成不算答过；重启后都还在', async () => {
    assert.equal((await answer({ objectionId: 'nobody', text: '说明' })).status, 404)
    server.failNext = 1
    assert.equal((await answer({ objectionId: 'objection-1', text: '说明' })).status, 409)
    assert.equal((await inbox())[0]?.answer, null)
    assert.equal((await answer({ objectionId: 'objection-1', text: '你当时在借书' }, 'text/html')).status, 303)
    assert.deepEqual(server.answers, [{ objectionId: 'objection-1', text: '你当时在借书' }])
    await mock.stop()
    mock = await startMock({ serverOrigin: server.origin, dataDir: mock.dataDir })
    assert.equal((await inbox())[0]?.answer?.text, '你当时在借书')
    assert.equal((await send()).status, 202)
    assert.equal((await inbox()).length, 1)
  })

  test('部门留下的交投诉受理，它也能答', async () => {
    await send({ objectionId: 'objection-3', readerId: 'complaints', concerns: { kind: 'department', name: '公安局（演示）' } })
    assert.equal((await answer({ objectionId: 'objection-3', text: '已转有关单位' })).status, 204)
    assert.equal(server.answers.at(-1)?.objectionId, 'objection-3')
  })
})
