import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { TestContext } from 'node:test'
import sharp from 'sharp'
import type { CaseMessage, DispatchCase } from '../../contract/gateways/departments'
import type { Control } from '../../mock/departments/control'
import { withPhone } from '../e2e/support/browser'
import { startWorld, type World, type WorldOptions } from '../e2e/support/world'
import { launch, type App } from './harness/app'
import { Device } from './harness/device'
import type { LaunchOptions } from './harness/session'

/** The build that WeChat would get. */
const dist = path.resolve(__dirname, '../../dist/weapp')

/** What WeChat's web-views say they are. */
const WEB_VIEW_AGENT = 'Mozilla/5.0 (iPhone; CPU iPhone OS 16_0) MicroMessenger/8.0.50 NetType/WIFI miniProgram/wxdemo0000000000'

/** The whole house for one file of mini-program tests. The H5 app is not part of it: one empty page stands in its place. */
export async function startHouse(options: Omit<WorldOptions, 'h5Dir'> = {}): Promise<World> {
  const h5Dir = fs.mkdtempSync(path.join(os.tmpdir(), 'zhangshangban-no-h5-'))
  fs.writeFileSync(path.join(h5Dir, 'index.html'), '<!doctype html><html lang="zh-CN"><title>掌上办</title></html>')
  const world = await startWorld({ ...options, h5Dir })
  return {
    ...world,
    stop: async () => {
      await world.stop()
      fs.rmSync(h5Dir, { recursive: true, force: true })
    }
  }
}

/** A phone whose WeChat belongs to one person: every wx.login leads to the same openid. */
export function phoneOf(owner: string): Device {
  const device = new Device()
  device.loginCode = () => `demo-${owner}`
  return device
}

export const elderPhoneOf = (owner: string): Device => {
  const device = phoneOf(owner)
  device.storage.set('zsb.elder', 'true')
  return device
}

/** Opens the compiled mini-program on this phone, all its requests going to this world; closed at the end of the test. */
export async function openApp(context: TestContext, world: World, device: Device, options: Partial<LaunchOptions> = {}): Promise<App> {
  const app = await launch({ dist, device, origin: world.origin, ...options })
  context.after(() => app.close())
  return app
}

/** Closes the app as WeChat does when it needs the room, and opens it anew on the same phone. */
export async function reopen(context: TestContext, app: App): Promise<App> {
  const later = await app.relaunch()
  context.after(() => later.close())
  return later
}

/** The `<web-view>` of this person's WeChat: a real browser whose cookies stay from one visit to the next. */
export async function webViewOf(context: TestContext): Promise<(app: App, button: RegExp) => Promise<void>> {
  const { page } = await withPhone(context)
  await page.setExtraHTTPHeaders({ 'user-agent': WEB_VIEW_AGENT })
  return async (app, button) => {
    assert.equal(app.page.path, 'features/identity/web/index')
    const { page: web } = app
    await app.webView().attach(page)
    await page.getByRole('button', { name: button }).click()
    await app.waitFor(() => !web.alive)
    await app.settle()
  }
}

/** Gives the departments' stand-in an order, as its console does. */
export async function order(world: World, control: Control): Promise<void> {
  const reply = await fetch(`${world.origin}/mock/departments/control`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(control)
  })
  assert.equal(reply.status, 200, `${control.action}: ${await reply.text()}`)
}

interface Ledger {
  cases: Pick<DispatchCase, 'caseNo' | 'matterName' | 'materials'>[]
  messages: CaseMessage[]
  /** By case number; 'closed' is the end. */
  stages: Record<string, string>
}

/** What the departments' stand-in has received, and how far it is. */
export async function ledger(world: World): Promise<Ledger> {
  return (await fetch(`${world.origin}/mock/departments/ledger.json`)).json() as Promise<Ledger>
}

/** A photo as a phone takes it, of at least so many bytes: noise does not compress. */
export async function photo(leastBytes = 0): Promise<{ name: string; bytes: Uint8Array }> {
  const side = Math.max(64, Math.ceil(Math.sqrt(leastBytes / 1.5)))
  const noise = { type: 'gaussian' as const, mean: 128, sigma: 60 }
  const image = sharp({ create: { width: side, height: side, channels: 3, background: '#888', noise } })
  return { name: 'IMG_0001.jpg', bytes: await image.jpeg({ quality: 98, chromaSubsampling: '4:4:4' }).toBuffer() }
}
