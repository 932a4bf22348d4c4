import type { Page } from 'playwright-core'

const STAND_IN = /\/mock\/identity\/interaction\//

/** On the stand-in's page: chooses the demo identity shown under this name, and waits until our own origin has the person back. */
export async function chooseIdentity(page: Page, displayName: string | RegExp) {
  await page.waitForURL(STAND_IN)
  await page.getByRole('button', { name: displayName }).click()
  await backFromStandIn(page)
}

/** On the stand-in's page, when asked once more before a signature: confirms being the person who is signed in. */
export async function confirmIdentity(page: Page) {
  await page.waitForURL(STAND_IN)
  await page.getByRole('button', { name: /确认本人操作/ }).click()
  await backFromStandIn(page)
}

/** On the stand-in's page: goes back without signing in. */
export async function declineSignIn(page: Page) {
  await page.waitForURL(STAND_IN)
  await page.getByRole('link', { name: '不登录，返回' }).click()
  await backFromStandIn(page)
}

const backFromStandIn = (page: Page) =>
  page.waitForURL((url) => !url.pathname.startsWith('/mock/') && url.pathname !== '/api/v1/identity/callback')

const CONSENTS = ['我看完了，同意「隐私说明」', '我单独同意处理敏感个人信息', '我是监护人，单独同意处理孩子的信息']

/** From nothing to signed in as a newcomer walks it: the notice agreed to (all parts unless told), the stand-in's page, back at `path`. */
export async function signInAs(
  page: Page,
  origin: string,
  displayName: string | RegExp,
  { path = '/pages/home/index', consents = CONSENTS } = {}
) {
  await page.goto(`${origin}/features/identity/sign-in/index?return=${encodeURIComponent(path)}`)
  await page.getByRole('button', { name: '用江苏政务服务统一身份认证登录' }).click()
  for (const consent of consents) await page.getByLabel(consent).check()
  await page.getByRole('button', { name: '同意所选，去登录' }).click()
  await chooseIdentity(page, displayName)
  await page.waitForURL((url) => url.pathname === new URL(path, origin).pathname)
}
