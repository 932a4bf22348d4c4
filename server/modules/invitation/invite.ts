import type { Static } from 'typebox'
import type { Invite, InvitationSummary } from '../../../contract/invitations'
import type { FieldError } from '../../../domain/form/types'
import { formValues } from '../../../domain/form/view'
import { checkIdNumber } from '../../../domain/identifier/id-number'
import { checkPersonName } from '../../../domain/identifier/person-name'
import { unique } from '../../../domain/lists'
import { dayOf, dayText } from '../../../domain/time'
import { tx, type Queryable } from '../../db/pool'
import type { Acting, Deps } from '../../deps'
import { Refusal } from '../../errors'
import type { AssembledDraft } from '../draft/assemble'
import { readDraft } from '../draft/service'
import { accountOf, findSubject, shownName } from '../identity/subjects'
import { licenceName } from '../licence/name'
import { announce } from '../live/service'
import { tell } from '../message/service'
import { enqueue } from '../outbox/service'
import { recordTrace } from '../trace/service'
import { insertInvitation, invitationById, invitationsOfDraft, type InvitationRecord, type Release } from './repository'
import { statusAt, summaryOf } from './standing'
import { inviterOf } from './view'

const dayMs = 86_400_000

/**
 * Asks the holder of materials of a draft to release them. The reply, and the work until it, are the same whether or not that person
 * exists here: the holder is looked up and told afterwards, through the outbox. Asking the same person again while waiting answers the
 * invitation that is there. Neither the bundle nor what was filled in is told.
 * Errors: not_found, gone, invalid_fields.
 */
export async function invite(deps: Deps, acting: Acting, draftId: string, wish: Static<typeof Invite>): Promise<InvitationSummary> {
  const draft = await readDraft(deps, acting, draftId)
  const holder = checkHolder(deps, draft, wish)
  const releases = releasesOf(draft, wish.materialIds)
  const invitation: InvitationRecord = {
    id: deps.newId(),
    draftId,
    accountId: acting.accountId,
    subjectId: acting.subjectId,
    holderName: holder.name,
    holderIdCode: holder.idNumber,
    materialIds: releases.map((release) => release.materialId),
    purpose: purposeOf(draft, releases),
    releases,
    status: 'pending',
    sentAt: deps.now(),
    expiresAt: deps.now() + daysToAnswer(deps) * dayMs,
    answeredAt: null,
    validUntil: null,
    released: []
  }
  return tx(deps.pool, async (db) => {
    const waiting = await alreadyWaiting(deps, db, invitation)
    if (waiting) return summaryOf(deps, waiting)
    await insertInvitation(db, deps.vault, invitation)
    await recordTrace(db, deps, {
      subjectId: draft.applicant.id,
      actor: '掌上办',
      actorKind: 'system',
      action: 'send',
      purpose: '在同意邀请里告诉对方是谁在邀请',
      fields: ['姓名（已打码）']
    })
    await enqueue(db, deps, {
      messageId: deps.newId(),
      lane: `invitation:${invitation.id}`,
      kind: 'invitation',
      payload: { id: invitation.id }
    })
    return summaryOf(deps, invitation)
  })
}

const daysToAnswer = (deps: Deps) => deps.catalogue.current().catalogue.deadlines.invitationDays

const purposeOf = ({ bundle }: AssembledDraft, releases: Release[]) =>
  unique(releases.map(({ materialId }) => bundle.materialOf[materialId]?.consent?.purpose ?? '')).join('；')

function checkHolder(deps: Deps, draft: AssembledDraft, { materialIds, holderName, holderIdNumber }: Static<typeof Invite>) {
  const name = checkPersonName(holderName)
  const idNumber = checkIdNumber(holderIdNumber, dayOf(deps.now()))
  const errors: FieldError[] = []
  if (!name.ok) errors.push({ pointer: '/holderName', code: name.code, message: name.message })
  if (!idNumber.ok) errors.push({ pointer: '/holderIdNumber', code: idNumber.code, message: idNumber.message })
  else if (idNumber.value === draft.applicant.idCode) {
    errors.push({ pointer: '/holderIdNumber', code: 'own', message: '填的是你本人的身份证号，本人的材料不用邀请，请填对方的' })
  } else if (isSomebodyElse(draft, materialIds, idNumber.value)) {
    errors.push({ pointer: '/holderIdNumber', code: 'not_the_party', message: '与表单里填的对方身份证号不一致，请核对后改成同一个人' })
  }
  if (!name.ok || !idNumber.ok || errors.length > 0) throw new Refusal('invalid_fields', { errors })
  return { name: name.value, idNumber: idNumber.value }
}

/** Where the form already names the other party, nobody else may be asked in that party's place. */
function isSomebodyElse({ bundle, form }: AssembledDraft, materialIds: string[], idNumber: string): boolean {
  const values = formValues(form)
  return materialIds.some((id) => {
    const holder = bundle.materialOf[id]?.holder
    const fields = holder === 'spouse' || holder === 'legalRepresentative' ? bundle.parties?.[holder] : undefined
    const filled = fields && values[fields.idNumberField]
    return typeof filled === 'string' && filled !== '' && filled.toUpperCase() !== idNumber
  })
}

function releasesOf({ bundle, plan }: AssembledDraft, materialIds: string[]): Release[] {
  const errors: FieldError[] = []
  const releases = unique(materialIds).flatMap((id, index): Release[] => {
    const asked = plan.materials.find((each) => each.id === id)
    const source = asked && bundle.materialOf[asked.materialId]?.source
    if (asked?.consent && source?.kind === 'licence') {
      const { fields, validDays } = asked.consent
      return [{ materialId: asked.materialId, licenceType: source.licenceType, fields, validDays }]
    }
    errors.push({ pointer: `/materialIds/${index}`, code: 'no_consent_needed', message: `「${asked?.name ?? id}」不需要别人同意，请去掉` })
    return []
  })
  if (unique(releases.map(({ materialId }) => bundle.materialOf[materialId]?.holder)).length > 1) {
    errors.push({ pointer: '/materialIds', code: 'several_holders', message: '这些材料的持有人不是同一个人，请分开邀请' })
  }
  if (errors.length > 0) throw new Refusal('invalid_fields', { errors })
  return releases
}

async function alreadyWaiting(deps: Deps, db: Queryable, wanted: InvitationRecord): Promise<InvitationRecord | undefined> {
  // Two taps at once must not ask twice: the draft's row is the turnstile.
  await db.query('select 1 from draft where id = $1 for update', [wanted.draftId])
  const there = await invitationsOfDraft(db, deps.vault, wanted.draftId)
  return there.find(
    (each) =>
      each.holderIdCode === wanted.holderIdCode &&
      statusAt(each, deps.now()) === 'pending' &&
      wanted.materialIds.every((id) => each.materialIds.includes(id))
  )
}

/** Tells the holder of an invitation about it, where there is an account to tell; again changes nothing. In the caller's transaction. */
export async function tellHolder(db: Queryable, deps: Deps, invitationId: string): Promise<void> {
  const invitation = await invitationById(db, deps.vault, invitationId)
  if (!invitation || statusAt(invitation, deps.now()) !== 'pending') return
  const holder = await findSubject(db, deps, invitation.holderIdCode)
  const accountId = holder && (await accountOf(db, holder.id))
  if (!accountId) return
  const inviter = await inviterOf(deps, db, invitation)
  const data = invitation.releases.map(({ licenceType, fields }) => `${licenceName(deps, licenceType)}（${fields.join('、')}）`).join('；')
  const until = dayText(dayOf(invitation.expiresAt), dayOf(deps.now()))
  await tell(db, deps, {
    accountId,
    subjectId: null,
    kind: 'invitation',
    title: '有人请你同意提供证照信息',
    body: `${shownName(inviter)} 请你同意提供：${data}。用途：${invitation.purpose}。请在 ${until}前答复，同意或不同意都可以。`,
    target: { kind: 'invitation', id: invitation.id },
    cause: `invitation:${invitation.id}`
  })
  await announce(db, [accountId], { kind: 'invitation', id: invitation.id })
}
