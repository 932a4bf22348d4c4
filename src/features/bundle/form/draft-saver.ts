import type { Draft, SaveDraft } from '../../../../contract/drafts'
import type { FieldError, FieldValue, FormValues } from '../../../../domain/form/types'
import { asApiError, type ApiError } from '../../../api/api-error'
import type { KeptEdits } from '../kept-draft'
import { fieldsOf, headOf, longestOf, only, same, valueIn } from './draft-values'

/** waiting: typed, not sent yet · offline: on the device only, goes out when the network is back · failed: the server said no. */
type SaveStatus = 'saved' | 'waiting' | 'saving' | 'offline' | 'failed'

interface SaverState {
  /** The draft as the server last gave it. */
  draft: Draft
  /** What was typed and is not on the server yet. */
  edits: FormValues
  status: SaveStatus
  /** The draft as somebody else has left it, when the same fields were changed on both sides. */
  conflict: Draft | null
  /** What the server found wrong, pointing into the form. */
  faults: FieldError[]
  error: ApiError | null
}

export interface SaverSource {
  save: (draftId: string, change: SaveDraft) => Promise<Draft>
  keepEdits: (draftId: string, kept: KeptEdits) => void
  keepDraft: (draft: Draft) => void
  /** Runs later, in milliseconds; answers how to call it off. */
  later: (run: () => void, ms: number) => () => void
}

const pauseMs = 800
const retryMs = 10_000

/**
 * Saves a form while it is being filled in: 800 ms after the last key, when the page is left, and when the network is back.
 * Every edit is on the device before it is anywhere else. A save that meets another one takes its version over when they touched
 * different fields; the same field changed on both sides is the person's to decide.
 */
export class DraftSaver {
  #state: SaverState
  #listeners = new Set<() => void>()
  #calledOff: () => void = () => undefined
  #running: Promise<void> | null = null
  /** Edits that the server would not have; sent again only when changed. */
  #refused: FormValues = {}
  /** For each edit what stood in the draft where it was typed; another value there now is somebody else's. */
  #over: FormValues

  constructor(
    draft: Draft,
    { edits, over }: KeptEdits,
    private readonly source: SaverSource
  ) {
    const known = fieldsOf(draft).filter(({ locked }) => !locked).map(({ id }) => id)
    const usable = Object.keys(edits).filter((id) => known.includes(id))
    this.#over = only(usable, over)
    const conflict = this.#clashes(draft, only(usable, edits)) ? draft : null
    const status = conflict ? 'failed' : usable.length > 0 ? 'waiting' : 'saved'
    this.#state = { draft, edits: only(usable, edits), status, conflict, faults: [], error: null }
    if (status === 'waiting') this.#schedule(0)
  }

  read = (): SaverState => this.#state

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  edit(fieldId: string, value: FieldValue): void {
    const { edits, conflict } = this.#state
    this.#change({ edits: { ...edits, [fieldId]: value }, status: conflict ? 'failed' : 'waiting' })
    this.#schedule(pauseMs)
  }

  /** Sends what has not been sent; done when nothing is left that can go out now. */
  flush(): Promise<void> {
    this.#calledOff()
    this.#running ??= this.#sendAll().finally(() => {
      this.#running = null
    })
    return this.#running
  }

  /** A newer draft than the one known, from another page or another call. */
  adopt(draft: Draft): void {
    const { draft: known, edits, conflict } = this.#state
    if (draft.version < known.version) return
    // A save on its way may be what made it newer; its reply settles that.
    const clashes = conflict !== null || (this.#running === null && this.#clashes(draft, edits))
    this.#change(clashes ? { conflict: draft, status: 'failed' } : { draft })
  }

  /** Answers a conflict: what was typed here goes on top of the other side's, or gives way to it. */
  settle(keep: 'mine' | 'theirs'): Promise<void> {
    const { conflict, edits } = this.#state
    if (!conflict) return Promise.resolve()
    this.#change({ draft: conflict, conflict: null, edits: keep === 'mine' ? edits : {}, status: keep === 'mine' ? 'waiting' : 'saved' })
    return this.flush()
  }

  dispose(): Promise<void> {
    const last = this.flush()
    this.#listeners.clear()
    return last
  }

  #sendable(): FormValues {
    const { edits } = this.#state
    return only(Object.keys(edits).filter((id) => !(id in this.#refused && same(this.#refused[id], edits[id]))), edits)
  }

  async #sendAll(): Promise<void> {
    while (!this.#state.conflict) {
      const sent = this.#sendable()
      if (Object.keys(sent).length === 0) break
      this.#change({ status: 'saving', error: null })
      if (!(await this.#send(sent))) return
    }
    if (this.#state.status === 'saving') this.#change({ status: Object.keys(this.#state.edits).length > 0 ? 'failed' : 'saved' })
  }

  /** One save; false when it makes no sense to go on now. */
  async #send(sent: FormValues): Promise<boolean> {
    const { draft } = this.#state
    try {
      const saved = await this.source.save(draft.id, { version: draft.version, step: 'form', values: sent })
      const left = Object.keys(this.#state.edits).filter((id) => !(id in sent) || !same(this.#state.edits[id], sent[id]))
      const faults = this.#state.faults.filter(({ pointer }) => !(headOf(pointer) in sent))
      this.#change({ draft: saved, edits: only(left, this.#state.edits), faults })
      return true
    } catch (thrown) {
      return this.#failed(asApiError(thrown), sent)
    }
  }

  #failed(error: ApiError, sent: FormValues): boolean {
    if (error.code === 'draft_conflict' && error.current) return this.#meet(error.current as Draft, sent)
    if (error.code === 'invalid_fields') {
      const faults = error.fields
        .filter(({ pointer }) => pointer.startsWith('/values/'))
        .map((fault) => ({ ...fault, pointer: fault.pointer.slice('/values'.length) }))
      const refused = faults.map(({ pointer }) => headOf(pointer)).filter((id) => id in sent)
      refused.forEach((id) => {
        this.#refused[id] = sent[id] ?? null
      })
      this.#change({ faults, error, status: 'failed' })
      return refused.length > 0
    }
    if (error.code === 'payload_too_large') return this.#leaveOut(longestOf(sent), error)
    const status = error.code === 'offline' || error.code === 'not_ready' ? 'offline' : 'failed'
    this.#change({ status, error })
    if (status === 'offline') this.#schedule(retryMs)
    return false
  }

  /** The request was too long as a whole: the rest goes out without its longest part. */
  #leaveOut(fieldId: string | undefined, error: ApiError): boolean {
    const field = fieldsOf(this.#state.draft).find(({ id }) => id === fieldId)
    if (!field) {
      this.#change({ status: 'failed', error })
      return false
    }
    this.#refused[field.id] = this.#state.edits[field.id] ?? null
    const fault = { pointer: `/${field.id}`, code: 'too_long', message: `「${field.label}」内容太长，没有存上，请删减` }
    this.#change({ faults: [...this.#state.faults, fault], error, status: 'failed' })
    return true
  }

  #meet(current: Draft, sent: FormValues): boolean {
    const clashes = this.#clashes(current, sent)
    this.#change(clashes ? { conflict: current, status: 'failed' } : { draft: current })
    return !clashes
  }

  /** Whether somebody else has changed what was typed over, to something else than was typed. */
  #clashes(theirs: Draft, edits: FormValues): boolean {
    return Object.keys(edits).some((id) => {
      const value = valueIn(theirs, id)
      return !same(value, this.#over[id]) && !same(value, edits[id])
    })
  }

  #schedule(ms: number): void {
    this.#calledOff()
    this.#calledOff = this.source.later(() => void this.flush(), ms)
  }

  #change(part: Partial<SaverState>): void {
    this.#state = { ...this.#state, ...part }
    const { draft, edits } = this.#state
    if (part.edits || part.draft) {
      const stands = (id: string) => (id in this.#over && !part.draft ? this.#over[id] : valueIn(draft, id)) ?? null
      this.#over = Object.keys(edits).reduce<FormValues>((over, id) => ({ ...over, [id]: stands(id) }), {})
      this.source.keepEdits(draft.id, { edits, over: this.#over })
    }
    if (part.draft) this.source.keepDraft(draft)
    this.#listeners.forEach((listener) => listener())
  }
}
