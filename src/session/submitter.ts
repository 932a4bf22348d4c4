import type { SubmitReply } from '../../contract/drafts'
import { asApiError, type ApiError } from '../api/api-error'
import type { KeptSubmission } from './kept-submission'

export type Outcome =
  | { kind: 'done'; reply: SubmitReply }
  /** No answer: kept, and sent again with the same key when the network is back. */
  | { kind: 'waiting' }
  | { kind: 'refused'; error: ApiError }

export type Submitting = Omit<KeptSubmission, 'key' | 'waiting'>

interface SubmitterSource {
  send: (draftId: string, body: KeptSubmission['body'], key: string) => Promise<SubmitReply>
  kept: (draftId: string) => KeptSubmission | undefined
  keep: (draftId: string, submission: KeptSubmission) => void
  forget: (draftId: string) => void
  /** It has become a submission: nothing of the draft is needed here any more. */
  done: (draftId: string) => void
  newKey: () => string
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

/**
 * Submits once. The key is kept before the first byte goes out and stays with the body that it was made for: a double tap, a retry
 * after a lost reply and a reload all send the same request again.
 */
export class Submitter {
  #running: Promise<Outcome> | null = null
  readonly #listeners = new Set<(now: 'sending' | Outcome) => void>()

  constructor(
    private readonly draftId: string,
    private readonly source: SubmitterSource
  ) {}

  /** Tells of every attempt and its outcome, whoever began it; returns the end of listening. */
  follow(listener: (now: 'sending' | Outcome) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  submit(submitting: Submitting): Promise<Outcome> {
    this.#running ??= this.#attempt(submitting).finally(() => {
      this.#running = null
    })
    return this.#running
  }

  /** Sends what an earlier attempt left unanswered; null when there is nothing. */
  resume(): Promise<Outcome> | null {
    const kept = this.source.kept(this.draftId)
    return kept?.waiting ? this.submit(kept) : null
  }

  async #attempt(submitting: Submitting): Promise<Outcome> {
    this.#tell('sending')
    const outcome = await this.#send(submitting)
    this.#tell(outcome)
    return outcome
  }

  async #send({ body, actingFor, bundleName }: Submitting): Promise<Outcome> {
    const { kept, keep, forget, done, newKey, send } = this.source
    const before = kept(this.draftId)
    const key = before && same(before.body, body) ? before.key : newKey()
    const submission = { key, body, actingFor, bundleName }
    keep(this.draftId, { ...submission, waiting: true })
    try {
      const reply = await send(this.draftId, body, key)
      done(this.draftId)
      return { kind: 'done', reply }
    } catch (thrown) {
      const error = asApiError(thrown)
      if (isUnanswered(error)) return { kind: 'waiting' }
      keep(this.draftId, { ...submission, waiting: false })
      if (error.code === 'idempotency_mismatch') forget(this.draftId)
      return { kind: 'refused', error }
    }
  }

  #tell(now: 'sending' | Outcome) {
    this.#listeners.forEach((listener) => listener(now))
  }
}

/** Nobody knows whether it arrived, so it must be sent again as it was. */
const isUnanswered = ({ code }: ApiError) => code === 'offline' || code === 'not_ready' || code === 'internal'
