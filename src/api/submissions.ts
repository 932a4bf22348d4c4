import type { Receipt, ReceiptCheck } from '../../contract/receipts'
import type { CaseDetail, Submission, SubmissionList } from '../../contract/submissions'
import type { FormValues } from '../../domain/form/types'
import { call } from './client'

export const listSubmissions = (cursor?: string) => call<SubmissionList>('get', '/submissions', undefined, { params: { cursor } })
export const readSubmission = (id: string) => call<Submission>('get', `/submissions/${id}`)
export const withdrawSubmission = (id: string, reason?: string) => call<Submission>('post', `/submissions/${id}/withdraw`, { reason })
export const readReceipt = (submissionId: string) => call<Receipt>('get', `/submissions/${submissionId}/receipt`)
export const checkReceipt = (code: string) => call<ReceiptCheck>('get', `/receipts/${encodeURIComponent(code)}`)

export const readCase = (id: string) => call<CaseDetail>('get', `/cases/${id}`)
export const correctCase = (id: string, values: FormValues, files: Record<string, string[]>) =>
  call<CaseDetail>('post', `/cases/${id}/correction`, { values, files })
export const supplementCase = (id: string, materialId: string, files: string[]) =>
  call<CaseDetail>('post', `/cases/${id}/supplement`, { materialId, files })
export const withdrawCase = (id: string, reason?: string) => call<CaseDetail>('post', `/cases/${id}/withdraw`, { reason })
