import type { Present, Presentable, Presentation, PresentationStatus } from '../../../contract/presentations'
import { onlineMs, onlineRefusal } from '../../../domain/code/freshness'
import { givesIssuer } from '../../../domain/licence/issuer'
import { dayOf, timeOf } from '../../../domain/time'
import { tx } from '../../db/pool'
import type { Acting, Deps } from '../../deps'
import { Refusal } from '../../errors'
import { recordGrant } from '../licence/grants'
import { actorOf } from '../trace/actor'
import { recordTrace } from '../trace/service'
import { credentialEnd, issueCredential } from './credential'
import { showable, type ShowableLicence } from './holder'
import { insertPresentation, presentationOf } from './repository'
import { takePlace } from './status-list'
import { newReadableCode, newToken } from './tokens'

/** Up to this level a field is chosen unless the holder says otherwise (licences.md §2: 0 public, 1 ordinary). */
const chosenUpTo = 1

/** Where anybody verifies what was shown. The secret stands behind `#`: browsers don't send that part, so no log on the way has it. */
export const verifyAddress = ({ config }: Pick<Deps, 'config'>, secret: string): string =>
  `${config.publicOrigin}/features/licence/verify/index#${secret}`

/** What of a licence can be shown. Errors: those of `showable`. */
export async function readPresentable(deps: Deps, acting: Acting, licenceId: string): Promise<Presentable> {
  const { fields, answers } = await showable(deps, acting, licenceId, '准备亮证')
  return {
    fields: fields.map(({ name, sensitivity }) => ({ name, sensitivity, chosen: sensitivity <= chosenUpTo })),
    predicates: answers.map(({ predicate: { key, label } }) => ({ key, label }))
  }
}

/**
 * Puts the chosen part of a licence on show: a token and a readable code of the same, good once and for a minute. Presentations made before
 * stay good until they are verified, taken back or run out: one may be under a camera already. Leaves a trace, and a grant that the holder
 * can take back while it is on show.
 *
 * Errors: those of `showable`; invalid_fields for what the licence does not have.
 */
export async function present(deps: Deps, acting: Acting, licenceId: string, wanted: Present): Promise<Presentation> {
  const offer = await showable(deps, acting, licenceId, `亮证：${wanted.purpose}`)
  const chosen = choose(offer, wanted)
  const { licence } = offer
  const id = deps.newId()
  const now = deps.now()
  const token = newToken()
  const code = newReadableCode()
  await tx(deps.pool, async (client) => {
    const status = await takePlace(client, deps, licence.id, credentialEnd(licence, now))
    const sdJwt = await issueCredential(deps, {
      licence,
      type: offer.type,
      face: Object.fromEntries(offer.fields.map(({ name, text }) => [name, text])),
      shown: wanted.fields,
      answers: offer.answers,
      shownPredicates: wanted.predicates,
      purpose: wanted.purpose,
      status
    })
    const grantId = await recordGrant(client, deps, {
      subjectId: licence.subjectId,
      licence,
      recipient: '当面核验的人',
      purpose: wanted.purpose,
      fields: chosen.map(({ name }) => name),
      caseId: null,
      until: now + onlineMs
    })
    await insertPresentation(client, deps.vault, {
      id,
      grantId,
      token,
      code,
      licenceId: licence.id,
      acting,
      fields: chosen.map(({ name }) => name),
      snapshot: { shown: chosen, purpose: wanted.purpose, sdJwt },
      now: new Date(now),
      wipeBefore: new Date(now - 2 * onlineMs)
    })
    await recordTrace(client, deps, {
      subjectId: licence.subjectId,
      ...(await actorOf(client, deps, acting, licence.subjectId)),
      action: 'use',
      purpose: `亮出${offer.type.name}，用于：${wanted.purpose}`,
      fields: chosen.map(({ name }) => name)
    })
  })
  return {
    id,
    href: verifyAddress(deps, token),
    code,
    shown: chosen,
    issuer: givesIssuer(offer.type, wanted.fields) ? licence.issuer : null,
    watermark: `${dayOf(now)} ${timeOf(now)} 用于：${wanted.purpose}`,
    issuedAt: new Date(now).toISOString(),
    expiresAt: new Date(now + onlineMs).toISOString()
  }
}

/** Whether a presentation was verified; one that was taken back is over like one that ran out. Errors: not_found. */
export async function presentationStatus(deps: Deps, { accountId }: Acting, id: string): Promise<PresentationStatus> {
  const presentation = await presentationOf(deps.pool, accountId, id)
  if (!presentation) throw new Refusal('not_found', { detail: '没有找到这次亮证，请重新亮出' })
  const { issuedAt, verifiedAt, ended } = presentation
  if (verifiedAt !== null) return { status: 'verified', verifiedAt: new Date(verifiedAt).toISOString() }
  const isLive = !ended && onlineRefusal({ issuedAt, used: false }, deps.now()) === null
  return { status: isLive ? 'live' : 'expired', verifiedAt: null }
}

/** What is shown, in the order of the face, the answers last. */
function choose({ fields, answers }: ShowableLicence, wanted: Present): Presentation['shown'] {
  const unknown = [
    ...unknownAt(
      'fields',
      wanted.fields,
      fields.map(({ name }) => name)
    ),
    ...unknownAt(
      'predicates',
      wanted.predicates,
      answers.map(({ predicate }) => predicate.key)
    )
  ]
  if (unknown.length > 0) throw new Refusal('invalid_fields', { errors: unknown })
  return [
    ...fields.filter(({ name }) => wanted.fields.includes(name)).map(({ name, text, type }) => ({ name, text, type })),
    ...answers
      .filter(({ predicate }) => wanted.predicates.includes(predicate.key))
      .map(({ predicate, yes }) => ({ name: predicate.label, text: yes ? '是' : '否' }))
  ]
}

function unknownAt(list: string, wanted: string[], known: string[]) {
  return wanted.flatMap((each, at) =>
    known.includes(each) ? [] : [{ pointer: `/${list}/${at}`, code: 'unknown', message: '这本证照上没有这一项，请去掉' }]
  )
}
