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
