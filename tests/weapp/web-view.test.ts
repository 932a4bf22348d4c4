import assert from 'node:assert/strict'
import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { launch } from './harness/app'
import { openView } from './harness/view'
import { weappTest } from './harness/weapp-test'

const PAGE = `<!doctype html><html lang="zh-CN"><title>绑定</title>
<script src="https://res.wx.qq.com/open/js/jweixin-1.6.0.js"></script>
<button onclick="wx.miniProgram.postMessage({ data: { ticket: location.search } }); wx.miniProgram.navigateBack()">绑定并返回</button>`

weappTest('web-view 里的网页在真浏览器中打开，能带话并让小程序返回', async (context) => {
  const server = http.createServer((_, response) => response.setHeader('content-type', 'text/html; charset=utf-8').end(PAGE))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const view = await openView()
  context.after(async () => {
    await view.close()
    server.closeAllConnections()
    server.close()
  })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const app = await launch({ dist: path.join(__dirname, 'harness/fixture'), domains: ['api.example.org'], origin })
  context.after(() => app.close())
  await app.go('navigateTo', '/features/proof/web/index')
  await app.webView().attach(view.page)
  await view.page.getByRole('button', { name: '绑定并返回' }).click()
  await app.waitFor(() => app.pages.length === 1)
  assert.deepEqual([...(app.realm.app?.seen as string[])].slice(-2), ['loaded', 'message [{"ticket":"?ticket=t1"}]'])
})
