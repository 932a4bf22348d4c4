import type { AwaitedReading, CodeReading, CodeRefusal, ReadCode, ShownBy } from '../../../contract/gateways/readers'
import { decodeCode } from '../../../domain/code/format'
import { confirmMs, onlineRefusal } from '../../../domain/code/freshness'
import { isElsewhere, lockedUntil } from '../../../domain/code/locking'
import { fieldKey } from '../../../domain/code/scene'
import { tx, type Queryable } from '../../db/pool'
import type { Deps } from '../../deps'
import { readSubject } from '../identity/subjects'
import { announce } from '../live/service'
import { recordTrace } from '../trace/service'
import { insertAwaited } from './awaited-repository'
import { tokenHash } from './issue'
import { labelsOf, wantedLabels } from './labels'
import { noteFailure, noteTwoReadings } from './locking'
import { byReader, postOf, purposeOf, readerOf, refused, sceneOf, shownByText, words, type Post } from './refusal'
import { readingFor, type Readable } from './release'
import { lockCode, markUsed, subjectOfToken } from './repository'
import { kindOf, rightToShow } from './rights'

/**
 * Reads an online code once, for one scene of a registered reader: answers exactly what the scene allows, or the part of it that was
 * asked for; where the scene asks the holder first, that the reader must wait. Whatever comes of it leaves a trace that the holder can
 * read. Errors: code_refused, its first error naming the reason.
 */
export async function readCode(deps: Deps, readerId: string, asked: CodeReading): Promise<ReadCode | AwaitedReading> {
  const { city } = deps.catalogue.current().catalogue
  const post = postOf(deps, readerId, asked.scene)
  if (typeof post === 'string') {
    // Not awaited: who is not entitled must not learn from the time it takes whether the code is somebody's.
    const at = deps.now()
    void traceUnentitled({ ...deps, now: () => at }, readerId, asked, post)
    throw refused(post)
  }
  const decoded = decodeCode(asked.code)
  if (!decoded.ok) throw refused('code_unreadable')
  if (decoded.code.issuer !== city.divisionCode) throw refused('wrong_issuer')
  if (decoded.code.form === 'offline') throw refused('code_offline')
  const hash = tokenHash(decoded.code.token)
  // A refusal is a value here, not thrown: its trace must be committed.
  const outcome = await tx(deps.pool, (client) => take(client, deps, hash, post, asked.fields))
  if (typeof outcome === 'string') {
    deps.log.info({ readerId, sceneId: asked.scene, reason: outcome }, '核码被拒绝')
    throw refused(outcome)
  }
  return 'readingId' in outcome ? outcome : readingFor(deps, outcome)
}

type Presented = Omit<Readable, 'shownBy'>

async function take(
  client: Queryable,
  deps: Deps,
  hash: Buffer,
  post: Post,
  wanted: string[] | undefined
): Promise<Readable | AwaitedReading | CodeRefusal> {
  const { reader, scene } = post
  const now = deps.now()
  const code = await lockCode(client, { tokenHash: hash }, now)
  // What the reader does wrong is said before anything about the code.
  const tooMuch = wanted?.some((key) => !scene.fields.some((field) => fieldKey(field) === key)) ?? false
  if (!code) return tooMuch ? 'beyond_scene' : 'code_unknown'
  const subject = await readSubject(client, deps, code.subjectId)
  const shownBy = tooMuch ? 'beyond_scene' : await rightOf(client, deps, { code, subject, post })
  if (typeof shownBy === 'string') {
    await noteRefusal(client, deps, { code, subject, post }, { reason: shownBy, wanted })
    return shownBy
  }
  const fields = wanted ?? scene.fields.map(fieldKey)
  await markUsed(client, code.id, { readerId: reader.id, sceneId: scene.id, fields, at: new Date(now) })
  const entry = { subjectId: subject.id, ...byReader(reader), fields: labelsOf(deps, scene, fields, kindOf(subject)) } as const
  await announce(client, [code.accountId], { kind: 'code', id: code.id })
  if (!scene.confirm) {
    await recordTrace(client, deps, { ...entry, action: 'read', purpose: purposeOf(scene) + shownByText(shownBy) })
    return { code: { ...code, fields }, subject, post, shownBy }
  }
  const readingId = deps.newId()
  await insertAwaited(client, { id: readingId, codeId: code.id, at: new Date(now) })
  await recordTrace(client, deps, { ...entry, action: 'ask', purpose: `想看，等${shownBy.maskedName ?? '你'}点头：${purposeOf(scene)}` })
  return { readingId, expiresAt: new Date(now + confirmMs).toISOString() }
}

/** Who shows it, or the first reason against. While the account is locked nothing else is said of its codes. */
async function rightOf(client: Queryable, deps: Deps, { code, subject, post: { scene } }: Presented): Promise<ShownBy | CodeRefusal> {
  if (lockedUntil(code.failedAt, deps.now()) !== null) return 'holder_unavailable'
  const stale = onlineRefusal({ issuedAt: code.issuedAt, used: code.usedAt !== null }, deps.now())
  return stale ?? rightToShow(client, deps, code, subject, scene)
}

async function noteRefusal(
  client: Queryable,
  deps: Deps,
  { code, subject, post }: Presented,
  { reason, wanted }: { reason: CodeRefusal; wanted: string[] | undefined }
): Promise<void> {
  const { reader, scene } = post
  await recordTrace(client, deps, {
    subjectId: subject.id,
    ...byReader(reader),
    action: 'refused',
    purpose: `想读你的苏服码，用于：${scene.purpose}；已拒绝：${words[reason]}`,
    fields: wantedLabels(deps, scene, wanted, kindOf(subject))
  })
  await noteFailure(client, deps, code.accountId, { reason, at: deps.now() })
  const first = readerOf(deps, code.readerId ?? '')
  if (reason !== 'code_used' || !first || code.usedAt === null) return
  const readings = [{ ...first, at: code.usedAt }, { ...reader, at: deps.now() }] as const
  if (isElsewhere(...readings)) await noteTwoReadings(client, deps, { accountId: code.accountId, cause: code.id }, [...readings])
}

/** The holder of a real code learns that somebody tried who may not. */
async function traceUnentitled(deps: Deps, readerId: string, asked: CodeReading, reason: CodeRefusal): Promise<void> {
  try {
    const decoded = decodeCode(asked.code)
    if (!decoded.ok || decoded.code.form === 'offline') return
    const subjectId = await subjectOfToken(deps.pool, tokenHash(decoded.code.token))
    if (subjectId === null) return
    const subject = await readSubject(deps.pool, deps, subjectId)
    const reader = readerOf(deps, readerId)
    await recordTrace(deps.pool, deps, {
      subjectId,
      ...(reader ? byReader(reader) : { actor: '没有登记的扫码机器', actorKind: 'reader' }),
      action: 'refused',
      purpose: `想读你的苏服码；已拒绝：${words[reason]}`,
      fields: wantedLabels(deps, sceneOf(deps, asked.scene), asked.fields, kindOf(subject))
    })
  } catch (error) {
    deps.log.warn({ error: (error as Error).message, readerId }, '没能记下未获准的核码')
  }
}
