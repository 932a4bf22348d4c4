import { after, before, describe, test } from 'node:test'
import assert from 'node:assert/strict'
import type { LibraryReply, LibraryRectification } from '../../contract/gateways/licence-library'
import { identityByKey } from '../../mock/identities'
import { startMock, until } from './running'
import type { RunningMock } from './running'
import { startServerEnd } from './server-end'
import type { ServerEnd } from './server-end'

const holderIdCode = identityByKey('mother')?.idNumber ?? assert.fail('演示身份里没有母亲')

describe('信息有误收件箱替身', () => {
  let mock: RunningMock
  let server: ServerEnd
  let asked: LibraryRectification
  before(async () => {
    server = await startServerEnd(() => mock.origin)
    mock = await startMock({ serverOrigin: server.origin })
    const { type, identifier, version } = await idCard()
    const rectificationId = '00000000-0000-7000-8000-000000000001'
    asked = { rectificationId, type, identifier, version, field: '住址', claim: '<b>演示路 2 号</b>' }
  })
  after(async () => {
    await mock.remove()
    await server.close()
  })

  const at = (path: string) => `${mock.origin}/mock/licence-library/${path}`
  const idCard = async () => {
    const reply = await server.post(at('query'), { holderIdCode, types: ['id-card'], purpose: '测试' })
    return (await reply.json() as LibraryReply).licences[0] ?? assert.fail('没有身份证')
  }
  const send = (over: Partial<LibraryRectification> = {}) => server.post(at('rectifications'), { ...asked, ...over })
  const inbox = async () => await (await fetch(at('rectifications.json'))).json() as
    (LibraryRectification & { answer: { outcome: string } | null })[]
  const answer = (body: object, accept = 'application/json') => fetch(at('rectifications/answer'), {
    method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', accept }, redirect: 'manual'
  })

  test('只收签名的；同一条送两遍只记一条；网页写明是模拟，来件里的标签不会变成网页', async () => {
    const unsigned = await fetch(at('rectifications'), {
      method: 'POST', body: JSON.stringify(asked), headers: { 'content-type': 'application/json' }
    })
    assert.equal(unsigned.status, 401)
    assert.deepEqual((await Promise.all([send(), send()])).map(({ status }) => status), [202, 202])
    assert.equal((await server.post(at('rectifications'), { rectificationId: 'half' })).status, 400)
    assert.deepEqual((await inbox()).map(({ rectificationId }) => rectificationId), [asked.rectificationId])
    const text = await (await fetch(at('rectifications'))).text()
    assert.match(text, /模拟·信息有误收件箱（演示）/)
    assert.doesNotMatch(text, /<b>演示路/)
  })

  test('答更正：库里改成持证人写的、推给平台一次，再签名答复；没送成不算答过，再答不再改；重启后都还在', async () => {
    const { rectificationId, claim } = asked
    assert.equal((await answer({ rectificationId: 'nobody', outcome: 'upheld', text: '说明' })).status, 404)
    assert.equal((await answer({ rectificationId, outcome: 'maybe', text: '说明' })).status, 404)
    server.isBusy = true
    const first = await answer({ rectificationId, outcome: 'corrected', text: '已更正' })
    assert.deepEqual([first.status, await first.json()], [409, { error: '没有收下：系统繁忙' }])
    assert.equal((await inbox())[0]?.answer, null)
    server.isBusy = false
    await until(() => server.changes.length === 1)
    assert.equal((await answer({ rectificationId, outcome: 'corrected', text: '已更正' }, 'text/html')).status, 303)
    assert.deepEqual(server.rectified, [{ rectificationId, outcome: 'corrected', text: '已更正' }])
    const { face, version } = await idCard()
    assert.deepEqual([face.住址, version], [claim, 2])
    await mock.stop()
    mock = await startMock({ serverOrigin: server.origin, dataDir: mock.dataDir })
    assert.equal((await inbox())[0]?.answer?.outcome, 'corrected')
    assert.equal((await send()).status, 202)
    assert.equal((await inbox()).length, 1)
    assert.equal(server.changes.length, 1)
  })

  test('查明无误：什么也不改；库里没有这一版的，不能更正，也不答复', async () => {
    const rectificationId = '00000000-0000-7000-8000-000000000002'
    const { version } = await idCard()
    await send({ rectificationId })
    const stale = await answer({ rectificationId, outcome: 'corrected', text: '已更正' })
    assert.deepEqual([stale.status, await stale.json()], [409, { error: '这一本现在不能改，没有答复' }])
    assert.equal((await answer({ rectificationId, outcome: 'upheld', text: '查过没有错' })).status, 204)
    assert.deepEqual(server.rectified.at(-1), { rectificationId, outcome: 'upheld', text: '查过没有错' })
    assert.equal((await idCard()).version, version)
  })
})
