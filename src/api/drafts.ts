import type { Draft, DraftList, DraftReview, SaveDraft, SubmitReply } from '../../contract/drafts'
import type { Answers } from '../../domain/condition/types'
import { call } from './client'

export const listDrafts = () => call<DraftList>('get', '/drafts')
export const createDraft = (bundleId: string, answers: Answers, picks: string[], restart = false) =>
  call<Draft>('post', '/drafts', { bundleId, answers, picks, restart })
export const readDraft = (id: string) => call<Draft>('get', `/drafts/${id}`)
/** @throws ApiError draft_conflict with `current`: the draft as it is on the server */
export const saveDraft = (id: string, change: SaveDraft) => call<Draft>('put', `/drafts/${id}`, change)
export const discardDraft = (id: string) => call<null>('delete', `/drafts/${id}`)
export const objectToField = (id: string, fieldId: string, claim: string) =>
  call<Draft>('post', `/drafts/${id}/objections`, { fieldId, claim })
export const reviewDraft = (id: string) => call<DraftReview>('get', `/drafts/${id}/review`)
/** Safe to repeat with the same key: the same submission comes back. */
export const submitDraft = (id: string, body: { version: number; contentHash: string; commitments: string[] }, idempotencyKey: string) =>
  call<SubmitReply>('post', `/drafts/${id}/submission`, body, { headers: { 'idempotency-key': idempotencyKey } })
