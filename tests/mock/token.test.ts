import { after, before, describe, test } from 'node:test'
import assert from 'node:assert/strict'
import type { Me } from '../../contract/identity'
import { freePort } from '../../scripts/launch/ports'
import { demoAccessToken } from '../../scripts/launch/demo-sign-in'
import { buildApp } from '../../server/app'
import { readConfig } from '../../server/config'
import { openGateways } from '../../server/gateways/open'
import type { Gateways } from '../../server/gateways/ports'
import type { App } from '../../server/http/server'
import { identities, identityByKey } from '../../mock/identities'
import { startWorld } from '../server/world'
import type { World } from '../server/world'
import { startMock } from './running'
import type { RunningMock } from './running'
import { dispatchOf, startServerEnd } from './server-end'

describe('真的服务端对着替身', () => {
  let world: World
  let mock: RunningMock
  let app: App
  let gateways: Gateways
  let origin: string

  before(async () => {
    const port = await freePort()
    origin = `http://127.0.0.1:${port}`
    mock = await startMock({ publicOrigin: origin, serverOrigin: origin, script: false })
    world = await startWorld()
    const settings = readConfig({ PUBLIC_ORIGIN: origin, PORT: String(port), STAND_IN_ORIGIN: mock.origin })
    const config = { ...world.deps.config, publicOrigin: origin, standInOrigin: mock.origin, gateways: settings.gateways }
    gateways = openGateways(config, world.deps.keys, Date.now, world.deps.log)
    app = await buildApp({ ...world.deps, config, gateways, now: Date.now })
    await app.listen({ port, host: '127.0.0.1' })
  })
  after(async () => {
    await app.close()
    await mock.remove()
    await world.close()
  })

  for (const { key, name } of identities) {
    test(`${name}：按协议走一遍登录，拿到的令牌认得出是本人`, async () => {
      const token = await demoAccessToken(origin, key)
      const response = await fetch(`${origin}/api/v1/identity/me`, { headers: { authorization: `Bearer ${token}` } })
      assert.equal(response.status, 200)
      assert.equal((await response.json() as Me).maskedName, `${name.slice(0, 1)}*`)
    })
  }

  test('没有这个演示身份：列出有哪些', async () => {
    await assert.rejects(demoAccessToken(origin, 'somebody'), /没有叫「somebody」的演示身份[\s\S]*mother-single/)
  })

  test('电子证照库、数据共享、部门、短信：服务端的真代码都走得通，两边的签名对得上', async () => {
    const { idNumber = '' } = identityByKey('mother') ?? {}
    const [card] = await gateways.licenceLibrary.query({ holderIdCode: idNumber, types: ['id-card'], purpose: '测试' })
    assert.equal(card?.holderName, '林演示')
    assert.equal((await gateways.dataShare.query({ system: '人社社保库', holderIdCode: idNumber, purpose: '测试' })).found, true)
    const server = await startServerEnd(() => mock.origin)
    const message = { ...dispatchOf(server, 'W1'), callbackUrl: `${origin}/api/v1/departments/callbacks` }
    await server.close()
    await gateways.departments.dispatch(message)
    await gateways.departments.send('health', { messageId: 'w', caseNo: 'W1', kind: 'withdrawal', values: {}, materials: [], note: null })
    await gateways.sms.send('sms-w', '16000000002', 'accepted', {})
    const openid = await gateways.wechat.openid('demo-mother')
    await gateways.wechat.subscribeMessage(openid, 'T1', 'pages/home/index', { thing1: '已受理' })
    const view = await (await fetch(`${origin}/mock/departments/ledger.json`)).json() as { stages: Record<string, string> }
    assert.deepEqual(view.stages, { W1: 'withdrawn' })
  })
})

describe('不该发令牌的时候', () => {
  test('没有替身（正式环境）、什么也没有在运行：都拒绝并说明', async () => {
    const real = await startServerEnd(() => '')
    await assert.rejects(demoAccessToken(real.origin, 'mother'), /没有接模拟系统/)
    await real.close()
    await assert.rejects(demoAccessToken(real.origin, 'mother'), /连不上：请先 npm start/)
  })
})
