import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import type { Draft, SubmitReply } from '../../../contract/drafts'
import type { Notice, Tokens } from '../../../contract/identity'
import type { CaseSummary, Submission } from '../../../contract/submissions'
import type { Answers } from '../../../domain/condition/types'
import type { Control } from '../../../mock/departments/control'
import { api, complete, review, startDraft } from '../../server/journey'
import type { Browser, Reply } from '../../server/sign-in'
import { chooseIdentity, confirmIdentity } from './signin'
import { until } from './until'
import type { World } from './world'

/** Signs in on this page as a demo identity and agrees to all notices, without the app's own pages. */
export async function enter(world: World, page: Page, displayName: RegExp): Promise<Browser> {
  await page.goto(`${world.origin}/api/v1/identity/login?return=/`)
  await chooseIdentity(page, displayName)
  const browser = await browserOf(world, page)
  const { version } = (await browser.send({ method: 'GET', url: '/api/v1/identity/notice' })).json<Notice>()
  const kinds = ['privacy', 'sensitive', 'minor']
  const agreed = await browser.send({ method: 'POST', url: '/api/v1/identity/consents', payload: { version, kinds } })
  assert.equal(agreed.statusCode, 200, agreed.body)
  return browser
}

/** For a request that went out on a connection at the very instant at which the server ended it, as idle: browsers ask again too. */
const RETRIES = 2

/** The page's own cookies as the client that the server's journeys speak through. */
async function browserOf({ origin }: World, page: Page): Promise<Browser> {
  const renewed = await page.request.post(`${origin}/api/v1/identity/refresh`, {
    headers: { 'x-csrf-token': 'fetch' }, data: {}, maxRetries: RETRIES
  })
  assert.equal(renewed.status(), 200, await renewed.text())
  const { accessToken } = (await renewed.json()) as Tokens
  return {
    cookies: new Map(),
    accessToken,
    async send({ method = 'GET', url, headers, payload }) {
      const reply = await page.request.fetch(origin + String(url), {
        method: String(method),
        maxRetries: RETRIES,
        headers: { authorization: `Bearer ${accessToken}`, ...(headers as Record<string, string>) },
        ...(payload !== undefined && { data: payload as object })
      })
      const body = await reply.text()
      return { statusCode: reply.status(), body, json: () => JSON.parse(body) as unknown } as unknown as Reply
    }
  }
}

/** A draft begun anew, whatever an earlier test has left. */
export function draftAnew(browser: Browser, bundleId: string, answers: Answers): Promise<Draft> {
  return api<Draft>(browser, 'POST', '/drafts', { bundleId, answers, picks: [], restart: true }, 201)
}

/** Fills in, confirms who it is, signs and submits; everything comes from the catalogue. */
export async function submitAffair(
  world: World,
  page: Page,
  browser: Browser,
  affair: { bundleId: string; answers: Answers }
): Promise<Submission> {
  const started: Draft = await startDraft(browser, affair.bundleId, affair.answers)
  const draft = await complete(browser, started)
  const { version, contentHash, commitments, errors, pending } = await review(browser, draft.id)
  assert.deepEqual({ errors, pending }, { errors: [], pending: [] })
  await page.goto(`${world.origin}/api/v1/identity/login?purpose=reauthenticate&return=/`)
  await confirmIdentity(page)
  const reply = await browser.send({
    method: 'POST',
    url: `/api/v1/drafts/${draft.id}/submission`,
    headers: { 'idempotency-key': randomUUID() },
    payload: { version, contentHash, commitments: commitments.map(({ id }) => id) }
  })
  assert.equal(reply.statusCode, 201, reply.body)
  return readSubmission(browser, reply.json<SubmitReply>().submissionId)
}

export async function readSubmission(browser: Browser, id: string): Promise<Submission> {
  const reply = await browser.send({ method: 'GET', url: `/api/v1/submissions/${id}` })
  assert.equal(reply.statusCode, 200, reply.body)
  return reply.json<Submission>()
}

/** Presses a button at the departments' console, again while the case has not got there yet. */
export async function command(world: World, control: Control): Promise<void> {
  await until(`${control.action} ${control.caseNo ?? ''}`, async () => {
    const reply = await fetch(`${world.mockOrigin}/mock/departments/control`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(control)
    })
    return reply.ok
  })
}

/** Reads the submission until it is as wanted. */
export async function awaitSubmission(browser: Browser, id: string, wanted: (submission: Submission) => boolean): Promise<Submission> {
  let last = await readSubmission(browser, id)
  await until('the submission', async () => wanted((last = await readSubmission(browser, id))))
  return last
}

/** The cases that lie at a department now. */
export const dispatched = ({ cases }: Submission): CaseSummary[] =>
  cases.filter(({ status }) => ['submitted', 'preReview', 'accepted', 'examining'].includes(status))
