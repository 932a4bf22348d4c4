import type { PoolClient } from 'pg'
import type { CodeReading, CodeRefusal, ReadCode } from '../../../contract/gateways/readers'
import { decodeCode } from '../../../domain/code/format'
import { onlineRefusal } from '../../../domain/code/freshness'
import { fieldKey, type Reader, type Scene } from '../../../domain/code/scene'
import { tx } from '../../db/pool'
import type { Deps } from '../../deps'
import { Refusal } from '../../errors'
import { delegationInForce, isDelegate } from '../delegation/standing'
import { consentsInForce } from '../identity/accounts'
import { readSubject, type SubjectRecord } from '../identity/subjects'
import { recordTrace } from '../trace/service'
import { tokenHash } from './issue'
import { fieldLabel, release } from './release'
import { lockByToken, markUsed, type PresentedCode } from './repository'

/** What a reader is told; none of it says who the holder is. */
const words: Record<CodeRefusal, string> = {
  reader_unknown: '这个核码端没有登记',
  scene_not_registered: '这个核码端没有登记这个场景',
  code_unreadable: '读不出来，不是完好的苏服码',
  code_offline: '这是离线码，请在核码端上验',
  wrong_issuer: '不是本市发的苏服码',
  code_unknown: '没有这个码',
  code_used: '这个码已经用过',
  code_expired: '这个码已经过期',
  device_revoked: '亮码的设备已经退出登录',
  holder_unavailable: '亮码人现在不能用这个码',
  holder_kind: '这个场景不收这一类码',
  beyond_scene: '要的内容超出了这个场景',
  beyond_delegation: '亮码人的授权里没有这个场景',
  declined: '亮码人没有同意',
  confirmation_lapsed: '亮码人没有及时答复',
  consent_missing: '亮码人没有同意使用敏感信息'
}

interface Ask {
  reader: Reader | undefined
  scene: Scene | undefined
  /** Keys of the fields wanted; undefined: all of the scene. */
  fields: string[] | undefined
}

/**
 * Reads an online code once, for one scene of a registered reader: answers exactly what the scene allows, or the part of it that was
 * asked for. A reading and a refused reading both leave a trace that the holder can read. Errors: code_refused, its first error naming
 * the reason.
 */
export async function readCode(deps: Deps, readerId: string, asked: CodeReading): Promise<ReadCode> {
  const { readers, scenes, city } = deps.catalogue.current().catalogue
  const reader = Object.hasOwn(readers, readerId) ? readers[readerId] : undefined
  const scene = Object.hasOwn(scenes, asked.scene) ? scenes[asked.scene] : undefined
  const decoded = decodeCode(asked.code)
  if (!decoded.ok) throw refused('code_unreadable')
  if (decoded.code.issuer !== city.divisionCode) throw refused('wrong_issuer')
  if (decoded.code.form === 'offline') throw refused('code_offline')
  const hash = tokenHash(decoded.code.token)
  const ask = { reader, scene, fields: asked.fields }
  // A refusal is a value here, not thrown: its trace must be committed.
  const outcome = await tx(deps.pool, (client) => take(client, deps, hash, ask))
  if ('reason' in outcome) {
    deps.log.info({ readerId, sceneId: asked.scene, reason: outcome.reason }, '核码被拒绝')
    throw refused(outcome.reason)
  }
  const { code, subject, scene: read } = outcome
  const wanted = read.fields.filter((field) => asked.fields?.includes(fieldKey(field)) ?? true)
  return {
    at: new Date(deps.now()).toISOString(),
    scene: read.id,
    holder: kindOf(subject),
    fields: await release(deps, { subject, accountId: code.accountId, role: code.role }, wanted, read.purpose),
    retentionDays: read.retentionDays
  }
}

type Taken = { code: PresentedCode; subject: SubjectRecord; scene: Scene }

async function take(client: PoolClient, deps: Deps, hash: Buffer, ask: Ask): Promise<Taken | { reason: CodeRefusal }> {
  const { reader, scene, fields } = ask
  const code = await lockByToken(client, hash, new Date(deps.now()))
  if (!code) return { reason: reader === undefined ? 'reader_unknown' : isRegistered(ask) ? 'code_unknown' : 'scene_not_registered' }
  const subject = await readSubject(client, deps, code.subjectId)
  const reason = await refusalOf(client, deps, code, subject, ask)
  const actor = reader ? `${reader.organisation}${reader.place}` : '未登记的核码端'
  if (reason !== null || !reader || !scene) {
    const purpose = `想读你的苏服码${scene ? `，用于：${scene.purpose}` : ''}；已拒绝：${words[reason ?? 'reader_unknown']}`
    const entry = { subjectId: subject.id, actor, actorKind: 'reader', readerId: reader?.id } as const
    await recordTrace(client, deps, { ...entry, action: 'refused', purpose, fields: [] })
    return { reason: reason ?? 'reader_unknown' }
  }
  await markUsed(client, code.id, { readerId: reader.id, sceneId: scene.id, at: new Date(deps.now()) })
  await recordTrace(client, deps, {
    subjectId: subject.id,
    actor,
    actorKind: 'reader',
    readerId: reader.id,
    action: 'read',
    purpose: `${scene.purpose}（${scene.name}，依据：${scene.legalBasis}）`,
    fields: scene.fields.filter((field) => fields?.includes(fieldKey(field)) ?? true).map((field) => fieldLabel(deps, field))
  })
  return { code, subject, scene }
}

const isRegistered = ({ reader, scene }: Ask): boolean =>
  reader !== undefined && scene !== undefined && reader.scenes.includes(scene.id)

/** The first reason against; what the reader may do comes before anything about the code. */
async function refusalOf(
  client: PoolClient,
  deps: Deps,
  code: PresentedCode,
  subject: SubjectRecord,
  ask: Ask
): Promise<CodeRefusal | null> {
  const { reader, scene, fields } = ask
  if (!reader) return 'reader_unknown'
  if (!scene || !isRegistered(ask)) return 'scene_not_registered'
  const stale = onlineRefusal({ issuedAt: code.issuedAt, used: code.usedAt !== null }, deps.now())
  if (stale) return stale
  if (code.sessionEnded === 'ended') return 'device_revoked'
  if (code.sessionEnded === 'closed' || code.role === null || subject.deceased) return 'holder_unavailable'
  if (isDelegate(code.role) && !(await delegationInForce(client, deps, code.accountId, code.subjectId))?.scenes.includes(scene.id))
    return 'beyond_delegation'
  if (scene.holder !== 'both' && scene.holder !== kindOf(subject)) return 'holder_kind'
  if (fields?.some((key) => !scene.fields.some((field) => fieldKey(field) === key))) return 'beyond_scene'
  if (scene.confirm) return 'confirmation_lapsed'
  return (await consentsHold(client, code, scene)) ? null : 'consent_missing'
}

/** Licences are sensitive (个保法第 29 条), a child's data need the guardian's consent (第 31 条). */
async function consentsHold(client: PoolClient, { accountId, role }: PresentedCode, { fields }: Scene): Promise<boolean> {
  const given = await consentsInForce(client, accountId)
  const needsLicences = fields.some(({ kind }) => kind === 'face' || kind === 'holds')
  return (
    given.includes('privacy') && (!needsLicences || given.includes('sensitive')) && (role !== 'guardian' || given.includes('minor'))
  )
}

const kindOf = ({ kind }: SubjectRecord): 'person' | 'company' => (kind === 'natural_person' ? 'person' : 'company')

function refused(reason: CodeRefusal): Refusal {
  const pointer = reason.startsWith('scene') ? '/scene' : reason === 'beyond_scene' ? '/fields' : '/code'
  return new Refusal('code_refused', { detail: words[reason], errors: [{ pointer, code: reason, message: words[reason] }] })
}
