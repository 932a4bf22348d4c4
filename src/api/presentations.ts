import type { Present, Presentable, Presentation, PresentationStatus, Verification } from '../../contract/presentations'
import { call } from './client'

export const readPresentable = (licenceId: string) => call<Presentable>('get', `/licences/${licenceId}/presentable`)
export const presentLicence = (licenceId: string, wanted: Present) =>
  call<Presentation>('post', `/licences/${licenceId}/presentations`, wanted)
export const presentationStatus = (id: string) => call<PresentationStatus>('get', `/presentations/${id}`)

/** Verifying is for everybody: nothing of who asks is sent along. */
const asAnybody = { plain: true }
export const verifyCode = (code: string) => call<Verification>('post', '/verifications', { code }, asAnybody)
export const verifyPdf = (bytes: Blob | ArrayBuffer) =>
  call<Verification>('post', '/verifications/pdf', bytes, { ...asAnybody, headers: { 'content-type': 'application/pdf' } })
