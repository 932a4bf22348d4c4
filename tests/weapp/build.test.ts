import assert from 'node:assert/strict'
import path from 'node:path'
import { after } from 'node:test'
import { launch } from './harness/app'
import { Bundle } from './harness/bundle'
import { Device } from './harness/device'
import { verifyBuild } from './harness/verify'
import { openView, type View } from './harness/view'
import { weappTest } from './harness/weapp-test'

const dist = path.resolve(__dirname, '../../dist/weapp')

let view: Promise<View> | undefined
after(async () => (await view)?.close())

weappTest('构建出来的小程序，微信不会拒收，旧手机读得懂', async () => {
  const { problems, pages, files } = verifyBuild(dist)
  assert.deepEqual(problems, [])
  assert.ok(pages >= 4 && files > pages)
})

weappTest('没有网络、第一次打开：每个标签页都画得出来，有标题，没有无障碍毛病', async (context) => {
  const device = new Device()
  device.online = false
  const { tabs } = new Bundle(dist)
  const app = await launch({ dist, device })
  context.after(() => app.close())
  for (const tab of tabs) {
    if (app.page.path !== tab) await app.go('switchTab', `/${tab}`)
    assert.deepEqual(app.pages, [tab])
    assert.equal(app.allByRole('heading').length > 0, true, `no heading on ${tab}\n${app.wxml()}`)
    view ??= openView()
    assert.deepEqual(await (await view).axe(app), [], tab)
  }
})
