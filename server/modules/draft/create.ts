import type { Static } from 'typebox'
import type { CreateDraft, Draft } from '../../../contract/drafts'
import { normaliseAnswers } from '../../../domain/bundle/questions'
import { formProgress } from '../../../domain/form/view'
import { tx, type Queryable } from '../../db/pool'
import type { Acting, Deps } from '../../deps'
import { Refusal } from '../../errors'
import { currentBundle, refuseStrangeChoices } from '../bundle/service'
import { requireBundle } from '../delegation/standing'
import { dropFiles } from '../file/service'
import { actorsFor } from '../identity/actors'
import { actorOf } from '../trace/actor'
import { recordTrace } from '../trace/service'
import { assemble, summarise, type AssembledDraft } from './assemble'
import type { DraftContent } from './content'
import { insertDraft, liveDraftOf, type DraftRecord } from './repository'
import { giveUp, isOwn, keptUntil } from './service'

/**
 * Begins a draft, the only live one of this subject for this bundle; `restart` gives up the one that is there.
 * Errors: not_found, beyond_delegation, invalid_fields, consent_required, draft_exists with the summary of the one there.
 */
export async function createDraft(deps: Deps, acting: Acting, wish: Static<typeof CreateDraft>): Promise<Draft> {
  const { revision, bundle } = currentBundle(deps, wish.bundleId)
  requireBundle(acting, bundle)
  const chosen = { answers: wish.answers, picks: wish.picks ?? [] }
  refuseStrangeChoices(bundle, chosen)
  const record: DraftRecord = {
    id: deps.newId(),
    bundleId: bundle.id,
    accountId: acting.accountId,
    subjectId: acting.subjectId,
    revision,
    version: 1,
    step: 'plan',
    filled: 0,
    total: 0,
    updatedAt: deps.now(),
    expiresAt: keptUntil(deps),
    delegationId: acting.delegation?.id ?? null
  }
  const content: DraftContent = {
    answers: normaliseAnswers(bundle, chosen.answers),
    picks: chosen.picks,
    values: {},
    materials: {},
    objections: {}
  }
  const assembled = await assemble(deps, acting, { record, content })
  const complete = { ...record, ...formProgress(assembled.form) }
  const { inserted, leftover } = await tx(deps.pool, async (db) => {
    const cleared = await clearWay(deps, db, acting, bundle.id, wish.restart === true)
    const isFirst = await insertDraft(db, deps.vault, complete, content)
    if (isFirst) await tracePrefill(deps, db, acting, assembled)
    return { inserted: isFirst, leftover: cleared }
  })
  await dropFiles(deps, leftover)
  if (!inserted) throw await existsRefusal(deps, acting, bundle.id)
  return assembled.view
}

/**
 * Ends what stands in the way of a new draft: always one past its day, or of an account that may not act for the subject any more; a
 * live own one when asked to. Answers the files it leaves.
 */
async function clearWay(deps: Deps, db: Queryable, acting: Acting, bundleId: string, restart: boolean): Promise<string[]> {
  const there = await liveDraftOf(db, acting.subjectId, bundleId)
  if (!there) return []
  const isOverdue = there.expiresAt <= deps.now() || !(await actorsFor(db, there)).includes(there.accountId)
  return isOverdue || (restart && isOwn(there, acting)) ? giveUp(deps, db, there.id, isOverdue ? 'expired' : 'discarded') : []
}

async function existsRefusal(deps: Deps, acting: Acting, bundleId: string): Promise<Refusal> {
  const there = await liveDraftOf(deps.pool, acting.subjectId, bundleId)
  if (!there || !isOwn(there, acting))
    return new Refusal('draft_exists', {
      detail:      acting.role === 'self'
        ? '你授权的人正在替你办这件事。可以等对方提交，或者收回授权，草稿就归你接着办'
        : '另一个人正在为同一主体办这件事，请等对方提交或放弃'
    })
  return new Refusal('draft_exists', { detail: '可以继续上次的，也可以放弃它重新开始', current: summarise(deps, there) })
}

async function tracePrefill(deps: Deps, db: Queryable, acting: Acting, { form, bundle, applicant }: AssembledDraft): Promise<void> {
  const fields = form.groups
    .flatMap((group) => group.fields)
    .filter((field) => field.origin !== null)
    .map((field) => field.label)
  if (fields.length === 0) return
  await recordTrace(db, deps, {
    subjectId: applicant.id,
    ...(acting.delegation
      ? await actorOf(db, deps, acting, applicant.id)
      : ({ actor: '掌上办', actorKind: 'system' } as const)),
    action: 'use',
    purpose: `办理「${bundle.name}」，预填表单`,
    fields
  })
}
