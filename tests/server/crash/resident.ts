import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Draft, DraftSummary, SubmitReply } from '../../../contract/drafts'
import type { Submission } from '../../../contract/submissions'
import type { Answers } from '../../../domain/condition/types'
import { api, complete, review, startDraft } from '../journey'
import { refresh, type Browser } from '../sign-in'
import { confirmOver, insist, openHttpBrowser, signInOver } from './http-browser'

/** Looks that were answered and saw nothing new, each after a pause: time in which the server is down or the machine busy hardly counts. */
const STILL_LOOKS = 600
const PAUSE_MS = 150
/** How long the server still takes a renewal token whose successor got lost with the reply. */
const GRACE_MS = 30_000

/** Who does what, again and again. */
export interface Errand {
  identity: string
  bundleId: string
  answers: Answers
}

/** What the server has acknowledged to somebody: it must never be lost. */
export interface Acknowledged extends SubmitReply {
  draftId: string
  /** The same request sent once more afterwards was answered alike. */
  again: SubmitReply
}

/** Somebody who never gives up: repeats what went unanswered, submits, follows it to its end, and begins the next. */
export class Resident {
  readonly acknowledged: Acknowledged[] = []
  readonly #browser: Browser

  constructor(
    origin: string,
    private readonly errand: Errand,
    over: AbortSignal
  ) {
    this.#browser = openHttpBrowser(origin, over)
  }

  signIn(): Promise<void> {
    return insist(() => signInOver(this.#browser, this.errand.identity))
  }

  /** Draft, form, materials, signature, submission, result; resolves when the last case is closed. */
  async doErrand(): Promise<void> {
    const browser = this.#browser
    await this.#renew()
    const draft = await insist(() => this.#prepare())
    const { version, contentHash, commitments } = await insist(() => review(browser, draft.id))
    assert.equal(version, draft.version, '草稿保存过的，重启后还是那一版')
    await insist(() => confirmOver(browser, this.errand.identity))
    const body = { version, contentHash, commitments: commitments.map(({ id }) => id) }
    const key = { 'idempotency-key': randomUUID() }
    const submit = () => insist(() => api<SubmitReply>(browser, 'POST', `/drafts/${draft.id}/submission`, body, 201, key))
    const reply = await submit()
    this.acknowledged.push({ ...reply, draftId: draft.id, again: await submit() })
    await this.#follow(reply.submissionId)
  }

  /** A renewal whose reply was lost for longer than the grace ends the session, as it should: one signs in again. */
  async #renew(): Promise<void> {
    const begun = performance.now()
    try {
      await insist(() => refresh(this.#browser))
    } catch (error) {
      if (performance.now() - begun < GRACE_MS) throw error
      await this.signIn()
    }
  }

  /** Goes on with the draft that is there: a save that went unanswered may or may not have been made. */
  async #prepare(): Promise<Draft> {
    const { bundleId, answers } = this.errand
    const { drafts } = await api<{ drafts: DraftSummary[] }>(this.#browser, 'GET', '/drafts')
    const there = drafts.find((each) => each.bundleId === bundleId)
    const draft = there ? await api<Draft>(this.#browser, 'GET', `/drafts/${there.id}`) : await startDraft(this.#browser, bundleId, answers)
    return complete(this.#browser, draft)
  }

  async #follow(id: string): Promise<void> {
    let seen = ''
    for (let looks = 0; ; looks += 1) {
      const { status, done, total, cases } = await insist(() => api<Submission>(this.#browser, 'GET', `/submissions/${id}`))
      if (done === total) return
      const now = cases.map((each) => `${each.matterName} ${each.status}`).join('，')
      if (now !== seen) [seen, looks] = [now, 0]
      if (looks > STILL_LOOKS) throw new Error(`提交 ${id}（${status}）看了 ${looks} 次都没有动静：${now}`)
      await pause(PAUSE_MS)
    }
  }
}
