import type {
  CertifyDevice,
  CodeSceneList,
  CodeStatus,
  DeviceCertificate,
  IssuedCode,
  PendingReading,
  PendingReadingList
} from '../../contract/codes'
import { call } from './client'

export type { CodeStatus, DeviceCertificate, IssuedCode, PendingReading }

/** At a gate nobody waits longer: without an answer by then, the code that needs no network is shown. */
const PATIENCE_MS = 6_000

export const issueCode = () => call<IssuedCode>('post', '/codes', undefined, { timeoutMs: PATIENCE_MS })
export const readCodeStatus = (id: string) => call<CodeStatus>('get', `/codes/${id}`)
export const listPendingReadings = () => call<PendingReadingList>('get', '/codes/pending-readings')
export const answerReading = (id: string, agree: boolean) => call<unknown>('post', `/codes/pending-readings/${id}/answer`, { agree })
export const certifyDevice = (request: CertifyDevice) => call<DeviceCertificate>('post', '/codes/certificates', request)
export const listScenes = () => call<CodeSceneList>('get', '/codes/scenes')
