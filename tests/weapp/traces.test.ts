import assert from 'node:assert/strict'
import type { ReaderObjection } from '../../contract/gateways/readers'
import { weappTest } from './harness/weapp-test'
import { paintedHouse } from './painted'
import { signIn } from './walk'
import { elderPhoneOf, openApp, phoneOf, webViewOf } from './world'

const house = paintedHouse()

for (const mode of ['normal', 'elder'] as const) {
  weappTest(`${mode === 'elder' ? '大字版' : '普通版'}：小程序里看足迹、提异议、看到说明`, async (context) => {
    const app = await openApp(context, house.world, (mode === 'elder' ? elderPhoneOf : phoneOf)(`traces-${mode}`))
    await signIn(app, await webViewOf(context), mode === 'elder' ? /创业/ : /妈妈，已婚/)
    await app.go('navigateTo', '/features/message/traces/index')
    await app.waitFor(() => app.allByRole('button', /提异议$/).length > 0)
    assert.deepEqual(['全部', '核码', '部门', '代办', '被拒绝'].filter((name) => app.allByRole('tab', name).length !== 1), [])
    assert.deepEqual(await house.view.axe(app), [])

    const [button] = app.allByRole('button', /提异议$/)
    assert.ok(button)
    await app.tap(button)
    assert.deepEqual(await house.view.axe(app), [])
    await app.input(app.byRole('textbox', /^想说的话/), '我想知道为什么')
    await app.tap(app.byRole('button', '提异议'))
    await app.waitFor(() => /已经送到/.test(app.text()))

    const inbox = await fetch(`${house.world.mockOrigin}/mock/readers/objections.json`)
    const mine = ((await inbox.json()) as ReaderObjection[]).at(-1)
    assert.deepEqual([mine?.readerId, mine?.text], ['complaints', '我想知道为什么'])
    const answered = await fetch(`${house.world.mockOrigin}/mock/readers/objections/answer`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ objectionId: mine?.objectionId, text: '登录时核对名下企业' })
    })
    assert.equal(answered.status, 204)
    await app.waitFor(() => /对方说明：登录时核对名下企业/.test(app.text()))
    assert.deepEqual(await house.view.axe(app), [])
  })
}
