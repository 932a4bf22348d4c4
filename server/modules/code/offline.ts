import type { OfflineReport, OfflineReported } from '../../../contract/gateways/readers'
import { decodeCode, type OfflineCode } from '../../../domain/code/format'
import { reportRefusal } from '../../../domain/code/freshness'
import { readOffline } from '../../../domain/code/offline'
import type { Reader, Scene } from '../../../domain/code/scene'
import { tx, type Queryable } from '../../db/pool'
import type { Deps } from '../../deps'
import { readSubject } from '../identity/subjects'
import { recordTrace } from '../trace/service'
import {
  insertReport,
  lockCertificate,
  reportsOf,
  type CertificateRecord,
  type OfflineReading
} from './certificate-repository'
import { idOfBytes, issuerKeys, verifyEd25519 } from './certificates'
import { noteFailure, noteTwoReadings } from './locking'
import { byReader, postOf, purposeOf, readerOf, refused } from './refusal'
import { labelsOf } from './labels'
import { kindOf } from './rights'

type Report = OfflineReport['readings'][number]
type Result = OfflineReported['results'][number]

/** How the holder reads why a reading offline was not accepted. */
const whyNot: Partial<Record<string, string>> = {
  code_expired: '码已经过期',
  clock_ahead: '码的时间在将来',
  certificate_not_yet: '设备证书还没生效',
  certificate_expired: '设备证书已经过期',
  certificate_too_long: '设备证书的期限不对',
  certificate_revoked: '设备证书那时已经作废',
  scene_online_only: '这个场景不收离线码',
  holder_kind: '这个场景不收这一类码'
}

/**
 * Takes down what a reader read without network: each is verified anew, as of the moment when it was read. The same code of the same
 * reader counts once and is answered the same again. Errors: code_refused for a reader that is not registered.
 */
export async function reportOffline(deps: Deps, readerId: string, { readings }: OfflineReport): Promise<OfflineReported> {
  const reader = readerOf(deps, readerId)
  if (!reader) throw refused('reader_unknown')
  const results: Result[] = []
  for (const report of readings) results.push(await takeDown(deps, reader, report))
  return { results }
}

async function takeDown(deps: Deps, reader: Reader, { code: text, scene: sceneId, at }: Report): Promise<Result> {
  const post = postOf(deps, reader.id, sceneId)
  if (typeof post === 'string') return refusedFor(post)
  const readAt = Date.parse(at)
  const untimely = reportRefusal(readAt, deps.now())
  if (untimely) return refusedFor(untimely)
  const issuers = { [deps.catalogue.current().catalogue.city.divisionCode]: issuerKeys(deps) }
  const read = readOffline(text, { issuers, now: Math.floor(readAt / 1000), verify: verifyEd25519 })
  const reason = read.ok ? sceneRefusal(post.scene, read.code) : read.reason
  const code = read.ok ? read.code : genuine(text, read.reason)
  if (!code) return refusedFor(reason ?? 'damaged')
  return tx(deps.pool, (client) => record(client, deps, { reader, scene: post.scene, code, readAt, reason }))
}

/** Only what `readOffline` refused for its time is ours all the same: the signatures were held to before. */
function genuine(text: string, reason: string): OfflineCode | null {
  const decoded = reason in whyNot ? decodeCode(text) : null
  return decoded?.ok && decoded.code.form === 'offline' ? decoded.code : null
}

function sceneRefusal(scene: Scene, { certificate }: OfflineCode): string | null {
  if (!scene.offline) return 'scene_online_only'
  return scene.holder === 'both' || scene.holder === certificate.holder ? null : 'holder_kind'
}

interface Genuine {
  reader: Reader
  scene: Scene
  code: OfflineCode
  readAt: number
  /** Why it is not accepted, as far as that can be seen from the code alone. */
  reason: string | null
}

async function record(client: Queryable, deps: Deps, read: Genuine): Promise<Result> {
  const { reader, scene, code, readAt } = read
  const certificate = await lockCertificate(client, idOfBytes(code.certificate.id))
  if (!certificate) return refusedFor('certificate_unknown')
  const reports = await reportsOf(client, certificate.id, code.time)
  const known = reports.find(({ readerId }) => readerId === reader.id)
  if (known) return { outcome: known.outcome, reason: known.reason }
  const revoked = certificate.revokedAt !== null && certificate.revokedAt <= readAt
  const reason = read.reason ?? (revoked ? 'certificate_revoked' : null)
  const first = reports.find(({ outcome }) => outcome !== 'refused')
  const outcome = reason !== null ? 'refused' : first ? 'replayed' : 'recorded'
  const result: OfflineReading = {
    certificateId: certificate.id,
    codeTime: code.time,
    readerId: reader.id,
    sceneId: scene.id,
    readAt,
    outcome,
    reason: outcome === 'replayed' ? 'replayed' : reason
  }
  await insertReport(client, result)
  await trace(client, deps, { reader, scene, certificate }, result)
  if (result.reason !== null) await noteFailure(client, deps, certificate.accountId, { reason: result.reason, at: readAt })
  if (first && outcome === 'replayed') await tellOfReplay(client, deps, { reader, certificate }, first, result)
  return { outcome, reason: result.reason }
}

/** At the time when it was read, as far as that is past. */
async function trace(
  client: Queryable,
  deps: Deps,
  { reader, scene, certificate }: { reader: Reader; scene: Scene; certificate: CertificateRecord },
  { outcome, reason, readAt }: OfflineReading
): Promise<void> {
  const again = outcome === 'replayed' ? '；同一个码别处也读了' : ''
  const refusal = outcome === 'refused'
  await recordTrace(client, { newId: deps.newId, now: () => Math.min(readAt, deps.now()) }, {
    subjectId: certificate.subjectId,
    ...byReader(reader),
    action: refusal ? 'refused' : 'read',
    purpose: refusal
      ? `没有网络时想读你的离线码，用于：${scene.purpose}；已拒绝：${whyNot[reason ?? ''] ?? '不合规定'}`
      : `${purposeOf(scene)}，没有网络时读的离线码${again}`,
    fields: labelsOf(deps, scene, null, kindOf(await readSubject(client, deps, certificate.subjectId)))
  })
}

/** A code is read once: somebody showed a picture of it, or it was copied. */
async function tellOfReplay(
  client: Queryable,
  deps: Deps,
  { reader, certificate }: { reader: Reader; certificate: CertificateRecord },
  first: OfflineReading,
  { codeTime, readAt }: OfflineReading
): Promise<void> {
  const firstReader = readerOf(deps, first.readerId) ?? { organisation: '已撤下的扫码机器', place: '' }
  await noteTwoReadings(client, deps, { accountId: certificate.accountId, cause: `${certificate.id}:${codeTime}` }, [
    { ...firstReader, at: first.readAt },
    { ...reader, at: readAt }
  ])
}

const refusedFor = (reason: string): Result => ({ outcome: 'refused', reason })
