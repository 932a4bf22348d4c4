import type { PendingReading } from '../../../contract/codes'
import type { AwaitedReading, CodeRefusal, ReadCode } from '../../../contract/gateways/readers'
import { confirmMs } from '../../../domain/code/freshness'
import { tx, type Queryable } from '../../db/pool'
import type { Acting, Deps } from '../../deps'
import { Refusal } from '../../errors'
import { readSubject, shownName } from '../identity/subjects'
import { announce } from '../live/service'
import { recordTrace } from '../trace/service'
import { awaitedOf, keepReleased, lockLapsed, markFetched, openForAccount, settleAwaited, type AwaitedRecord } from './awaited-repository'
import { labelsOf, wantedLabels } from './labels'
import { byReader, postOf, purposeOf, readerOf, refused, sceneOf, words } from './refusal'
import { readingFor, type Readable } from './release'
import { lockCode } from './repository'
import { kindOf, rightToShow } from './rights'

const isOver = ({ askedAt }: AwaitedRecord, now: number): boolean => now >= askedAt + confirmMs
const contextOf = (id: string): string => `awaited_reading.released_sealed:${id}`

/** What the holder is asked; null once it is too late to answer, or the reader or scene was taken off the register. */
export async function pendingOf(deps: Deps, awaited: AwaitedRecord): Promise<PendingReading | null> {
  const { id, code, askedAt } = awaited
  const post = postOf(deps, code.readerId ?? '', code.sceneId ?? '')
  if (typeof post === 'string' || isOver(awaited, deps.now())) return null
  const { reader, scene } = post
  const subject = await readSubject(deps.pool, deps, code.subjectId)
  return {
    id,
    codeId: code.id,
    at: new Date(askedAt).toISOString(),
    organisation: reader.organisation,
    place: reader.place,
    sceneName: scene.name,
    purpose: scene.purpose,
    fields: labelsOf(deps, scene, code.fields, kindOf(subject)),
    legalBasis: scene.legalBasis,
    retentionDays: scene.retentionDays,
    shownName: shownName(subject),
    expiresAt: new Date(askedAt + confirmMs).toISOString()
  }
}

/** All that the account is asked at this moment, whomever it acts for. */
export async function pendingReadings(deps: Deps, { accountId }: Acting): Promise<PendingReading[]> {
  const open = await openForAccount(deps.pool, accountId, new Date(deps.now() - confirmMs))
  const pending = await Promise.all(open.map((awaited) => pendingOf(deps, awaited)))
  return pending.filter((one) => one !== null)
}

/**
 * The holder's word. On agreement every right is looked at again, and the fields are read and kept sealed until the reader fetches
 * them. Errors: not_found; gone when it is answered already, too late, or can't be given any more.
 */
export async function answerReading(deps: Deps, acting: Acting, id: string, agree: boolean): Promise<void> {
  // A refusal is a value here, not thrown: its trace must be committed.
  const answered = await tx(deps.pool, (client) => settle(client, deps, acting, id, agree))
  if (answered instanceof Refusal) throw answered
  if (answered === null) return
  const reading = await readingFor(deps, answered)
  await keepReleased(deps.pool, id, deps.vault.seal(JSON.stringify(reading), contextOf(id)))
}

async function settle(client: Queryable, deps: Deps, acting: Acting, id: string, agree: boolean): Promise<Readable | Refusal | null> {
  const awaited = await awaitedOf(client, { id, accountId: acting.accountId }, true)
  if (!awaited) return new Refusal('not_found')
  if (awaited.outcome !== null) return new Refusal('gone', { detail: '这一次已经答过了' })
  if (isOver(awaited, deps.now())) {
    await settleAs(client, deps, awaited, 'lapsed', 'confirmation_lapsed')
    return new Refusal('gone', { detail: '过了 60 秒，这一次已经作罢；需要的话请再亮一次码' })
  }
  if (!agree) {
    const still = await agreedNow(client, deps, awaited)
    await settleAs(client, deps, awaited, 'declined', 'declined', typeof still === 'string' ? null : still.shownBy.maskedName)
    return null
  }
  const agreed = await agreedNow(client, deps, awaited)
  if (typeof agreed === 'string') {
    await settleAs(client, deps, awaited, 'refused', agreed)
    return new Refusal('gone', { detail: `现在已经不能给出：${words[agreed]}` })
  }
  const { subject, post, shownBy } = agreed
  await settleAwaited(client, awaited.id, { outcome: 'agreed', at: new Date(deps.now()) })
  await recordTrace(client, deps, {
    subjectId: subject.id,
    ...byReader(post.reader),
    action: 'read',
    purpose: `${purposeOf(post.scene)}，${shownBy.maskedName === null ? '你' : `${shownBy.maskedName}代你`}点了同意`,
    fields: labelsOf(deps, post.scene, awaited.code.fields, kindOf(subject))
  })
  await announce(client, [awaited.code.accountId], { kind: 'code', id: awaited.code.id })
  return agreed
}

async function agreedNow(client: Queryable, deps: Deps, awaited: AwaitedRecord): Promise<Readable | CodeRefusal> {
  const { id, readerId, sceneId } = awaited.code
  const post = postOf(deps, readerId ?? '', sceneId ?? '')
  if (typeof post === 'string') return post
  const code = await lockCode(client, { id }, deps.now())
  if (!code) return 'code_unknown'
  const subject = await readSubject(client, deps, code.subjectId)
  const shownBy = await rightToShow(client, deps, code, subject, post.scene)
  return typeof shownBy === 'string' ? shownBy : { code, subject, post, shownBy }
}

/** Ends an asking without anything being given, and leaves a trace of it. */
async function settleAs(
  client: Queryable,
  deps: Deps,
  { id, code, outcome: before }: AwaitedRecord,
  outcome: 'declined' | 'lapsed' | 'refused',
  reason: CodeRefusal,
  delegate: string | null = null
): Promise<void> {
  await settleAwaited(client, id, { outcome, reason, at: new Date(deps.now()) })
  const reader = readerOf(deps, code.readerId ?? '')
  const scene = sceneOf(deps, code.sceneId ?? '')
  const why = {
    declined: delegate === null ? '你没有同意' : `${delegate}没有代你同意`,
    lapsed: before === 'agreed' ? '点了同意，60 秒里没有来取' : '60 秒里没有答复',
    refused: words[reason]
  }[outcome]
  await recordTrace(client, deps, {
    subjectId: code.subjectId,
    ...(reader ? byReader(reader) : { actor: '已撤下的扫码机器', actorKind: 'reader' }),
    action: 'refused',
    purpose: `想读你的苏服码${scene ? `，用于：${scene.purpose}` : ''}；没有给：${why}`,
    fields: wantedLabels(deps, scene, code.fields, kindOf(await readSubject(client, deps, code.subjectId)))
  })
  await announce(client, [code.accountId], { kind: 'code', id: code.id })
}

/**
 * How the reader that asked learns what came of it: still waiting, or the fields, once. Errors: not_found for any other reader;
 * code_refused with declined, confirmation_lapsed, code_used when it was fetched before, or what stands against it now.
 */
export async function awaitedResult(deps: Deps, readerId: string, id: string): Promise<AwaitedReading | ReadCode> {
  const result = await tx(deps.pool, (client) => fetchResult(client, deps, readerId, id))
  if (result instanceof Refusal) throw result
  return result
}

async function fetchResult(client: Queryable, deps: Deps, readerId: string, id: string): Promise<AwaitedReading | ReadCode | Refusal> {
  const awaited = await awaitedOf(client, { id, readerId }, true)
  if (!awaited) return readerOf(deps, readerId) ? new Refusal('not_found') : refused('reader_unknown')
  const { outcome, askedAt, settledAt, released, fetchedAt, code } = awaited
  const post = postOf(deps, readerId, code.sceneId ?? '')
  if (typeof post === 'string') return refused(post)
  const now = deps.now()
  if (outcome === null) {
    if (!isOver(awaited, now)) return { readingId: id, expiresAt: new Date(askedAt + confirmMs).toISOString() }
    await settleAs(client, deps, awaited, 'lapsed', 'confirmation_lapsed')
    return refused('confirmation_lapsed')
  }
  if (outcome !== 'agreed') return refused(awaited.reason as CodeRefusal)
  if (fetchedAt !== null) return refused('code_used')
  const until = (settledAt ?? 0) + confirmMs
  if (now >= until) {
    await settleAs(client, deps, awaited, 'lapsed', 'confirmation_lapsed')
    return refused('confirmation_lapsed')
  }
  // The fields are just being read.
  if (released === null) return { readingId: id, expiresAt: new Date(until).toISOString() }
  // What stood when the holder agreed may not stand any more: the delegation, the session, the consent.
  const still = await agreedNow(client, deps, awaited)
  if (typeof still === 'string') {
    await settleAs(client, deps, awaited, 'refused', still)
    return refused(still)
  }
  await markFetched(client, id, new Date(now))
  return JSON.parse(deps.vault.open(released, contextOf(id))) as ReadCode
}

/** Says of those that nobody answered, or that were agreed to and not fetched, and that nobody asked about again, that they lapsed. */
export async function settleLapsed(deps: Deps): Promise<void> {
  await tx(deps.pool, async (client) => {
    for (const awaited of await lockLapsed(client, new Date(deps.now() - confirmMs))) {
      await settleAs(client, deps, awaited, 'lapsed', 'confirmation_lapsed')
    }
  })
}
