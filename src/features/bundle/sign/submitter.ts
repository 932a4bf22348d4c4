import type { SubmitReply } from '../../../../contract/drafts'
import { asApiError, type ApiError } from '../../../api/api-error'
import type { KeptSubmission } from './kept-submission'

type Outcome =
  | { kind: 'done'; reply: SubmitReply }
  /** No answer: kept, and sent again with the same key when the network is back. */
  | { kind: 'waiting' }
  | { kind: 'refused'; error: ApiError }

export interface SubmitterSource {
  send: (draftId: string, body: KeptSubmission['body'], key: string) => Promise<SubmitReply>
  kept: (draftId: string) => KeptSubmission | undefined
  keep: (draftId: string, submission: KeptSubmission) => void
  forget: (draftId: string) => void
  newKey: () => string
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

/**
 * Submits once. The key is kept before the first byte goes out and stays with the body that it was made for: a double tap, a retry
 * after a lost reply and a reload all send the same request again.
 */
export class Submitter {
  #running: Promise<Outcome> | null = null

  constructor(
    private readonly draftId: string,
    private readonly source: SubmitterSource
  ) {}

  submit(body: KeptSubmission['body']): Promise<Outcome> {
    this.#running ??= this.#send(body).finally(() => {
      this.#running = null
    })
    return this.#running
  }

  /** What an earlier visit left unanswered, sent again; null when there is nothing. */
  resume(): Promise<Outcome> | null {
    const kept = this.source.kept(this.draftId)
    return kept?.waiting ? this.submit(kept.body) : null
  }

  async #send(body: KeptSubmission['body']): Promise<Outcome> {
    const { kept, keep, forget, newKey, send } = this.source
    const before = kept(this.draftId)
    const key = before && same(before.body, body) ? before.key : newKey()
    keep(this.draftId, { key, body, waiting: true })
    try {
      const reply = await send(this.draftId, body, key)
      forget(this.draftId)
      return { kind: 'done', reply }
    } catch (thrown) {
      const error = asApiError(thrown)
      if (isUnanswered(error)) return { kind: 'waiting' }
      keep(this.draftId, { key, body, waiting: false })
      if (error.code === 'idempotency_mismatch') forget(this.draftId)
      return { kind: 'refused', error }
    }
  }
}

/** Nobody knows whether it arrived, so it must be sent again as it was. */
const isUnanswered = ({ code }: ApiError) => code === 'offline' || code === 'not_ready' || code === 'internal'
