import { randomBytes } from 'node:crypto'
import type { CodeStatus, IssuedCode } from '../../../contract/codes'
import { encodeOnline, tokenBytes } from '../../../domain/code/format'
import { onlineMs, onlineRefusal } from '../../../domain/code/freshness'
import type { Acting, Deps } from '../../deps'
import { Refusal } from '../../errors'
import { readSubject, shownName } from '../identity/subjects'
import { sha256 } from '../identity/secrets'
import { pendingOf } from './awaited'
import { awaitedOf } from './awaited-repository'
import { requireUnlocked } from './locking'
import { labelsOf } from './labels'
import { readerOf } from './refusal'
import { codeOf, insertCode, type StoredCode } from './repository'
import { kindOf } from './rights'

/** What is kept of a token. */
export const tokenHash = (token: Uint8Array): Buffer => sha256(Buffer.from(token).toString('hex'))

/**
 * A fresh code for the one acted for. Codes issued before stay good until they are used or expire: one may be under a reader already.
 * Errors: code_locked, reauthentication_required.
 */
export async function issueCode(deps: Deps, acting: Acting): Promise<IssuedCode> {
  const { city } = deps.catalogue.current().catalogue
  const token = new Uint8Array(randomBytes(tokenBytes))
  const id = deps.newId()
  const now = deps.now()
  await requireUnlocked(deps, acting)
  const subject = await readSubject(deps.pool, deps, acting.subjectId)
  await insertCode(deps.pool, { id, tokenHash: tokenHash(token), acting, now: new Date(now) })
  return {
    id,
    text: encodeOnline({ issuer: city.divisionCode, token }),
    holder: kindOf(subject),
    shownName: shownName(subject),
    issuedAt: new Date(now).toISOString(),
    expiresAt: new Date(now + onlineMs).toISOString()
  }
}

/** Whether a code was used, and by whom, or who waits for the holder's word. Errors: not_found. */
export async function codeStatus(deps: Deps, acting: Acting, id: string): Promise<CodeStatus> {
  const code = await codeOf(deps.pool, acting, id)
  if (!code) throw new Refusal('not_found', { detail: '没有找到这个码，请刷新后再亮' })
  if (code.usedAt === null) {
    const refusal = onlineRefusal({ issuedAt: code.issuedAt, used: false }, deps.now())
    return { status: refusal === null ? 'live' : 'expired', pending: null, reading: null }
  }
  const awaited = await awaitedOf(deps.pool, { codeId: id })
  switch (awaited?.outcome) {
    case undefined:
    case 'agreed':
      return { status: 'used', pending: null, reading: await readingOf(deps, code, awaited?.settledAt ?? code.usedAt) }
    case 'declined':
      return { status: 'declined', pending: null, reading: null }
    case null: {
      const pending = await pendingOf(deps, awaited)
      return { status: pending ? 'asking' : 'expired', pending, reading: null }
    }
    default:
      return { status: 'expired', pending: null, reading: null }
  }
}

/** What stands in the catalogue no more is told as far as it is known. */
async function readingOf(deps: Deps, code: StoredCode, at: number): Promise<NonNullable<CodeStatus['reading']>> {
  const { scenes } = deps.catalogue.current().catalogue
  const { organisation = '已撤下的扫码机器', place = '' } = readerOf(deps, code.readerId ?? '') ?? {}
  const scene = scenes[code.sceneId ?? '']
  const fields = scene ? labelsOf(deps, scene, code.fields, kindOf(await readSubject(deps.pool, deps, code.subjectId))) : []
  return { at: new Date(at).toISOString(), organisation, place, sceneName: scene?.name ?? '', purpose: scene?.purpose ?? '', fields }
}
