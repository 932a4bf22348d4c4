import { randomBytes } from 'node:crypto'
import type { CodeStatus, IssuedCode } from '../../../contract/codes'
import { encodeOnline, tokenBytes } from '../../../domain/code/format'
import { onlineMs, onlineRefusal } from '../../../domain/code/freshness'
import type { Acting, Deps } from '../../deps'
import { Refusal } from '../../errors'
import { readSubject, shownName } from '../identity/subjects'
import { sha256 } from '../identity/secrets'
import { fieldLabel } from './release'
import { codeOf, insertCode } from './repository'

/** For how long after it was issued a code can be asked about: long enough to show that it was read. */
const askableMs = 10 * 60_000

/** What is kept of a token. */
export const tokenHash = (token: Uint8Array): Buffer => sha256(Buffer.from(token).toString('hex'))

/** A fresh code for the one acted for. Codes issued before stay good until they are used or expire: one may be under a reader already. */
export async function issueCode(deps: Deps, acting: Acting): Promise<IssuedCode> {
  const { city } = deps.catalogue.current().catalogue
  const token = new Uint8Array(randomBytes(tokenBytes))
  const id = deps.newId()
  const now = deps.now()
  const subject = await readSubject(deps.pool, deps, acting.subjectId)
  await insertCode(deps.pool, { id, tokenHash: tokenHash(token), acting, now: new Date(now), forgetBefore: new Date(now - askableMs) })
  return {
    id,
    text: encodeOnline({ issuer: city.divisionCode, token }),
    holder: subject.kind === 'natural_person' ? 'person' : 'company',
    shownName: shownName(subject),
    issuedAt: new Date(now).toISOString(),
    expiresAt: new Date(now + onlineMs).toISOString()
  }
}

/** Whether a code was used, and by whom. Errors: not_found. */
export async function codeStatus(deps: Deps, acting: Acting, id: string): Promise<CodeStatus> {
  const code = await codeOf(deps.pool, acting, id)
  if (!code) throw new Refusal('not_found', { detail: '没有找到这个码，请刷新后再亮' })
  if (code.usedAt !== null) {
    const { readers, scenes } = deps.catalogue.current().catalogue
    const { organisation = '已撤下的核码端', place = '' } = readers[code.readerId ?? ''] ?? {}
    const { name: sceneName = '', purpose = '', fields = [] } = scenes[code.sceneId ?? ''] ?? {}
    const at = new Date(code.usedAt).toISOString()
    const labels = fields.map((field) => fieldLabel(deps, field))
    return { status: 'used', pending: null, reading: { at, organisation, place, sceneName, purpose, fields: labels } }
  }
  const refusal = onlineRefusal({ issuedAt: code.issuedAt, used: false }, deps.now())
  return { status: refusal === null ? 'live' : 'expired', pending: null, reading: null }
}
