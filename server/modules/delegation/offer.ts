import type { OfferDelegation, OfferedDelegation } from '../../../contract/delegations'
import type { Static } from 'typebox'
import type { FieldError } from '../../../domain/form/types'
import { addDays, dayOf, instantOf, isDay } from '../../../domain/time'
import { tx } from '../../db/pool'
import type { Acting, Deps } from '../../deps'
import { Refusal } from '../../errors'
import { lockSubjects } from '../identity/locking'
import { spendReauthentication } from '../identity/sessions'
import { codeHash, newCode } from './code'
import { countGiven, insertOffer, type DelegationRecord } from './repository'
import { viewOf } from './view'

const codeMs = 10 * 60_000
const longestDays = 365
/** More people than a family or a small company needs at once; so many open at once would be a mistake or an attack. */
const mostGiven = 20

/**
 * Makes an offer in the name of the one acted for: of oneself to relatives and friends, of a company to those who handle its affairs.
 * Nothing is in force before somebody accepts it with the code, which is told this once and kept as a keyed hash.
 * Errors: forbidden for who speaks for neither, invalid_fields, illegal_transition when too many are open, reauthentication_required.
 */
export async function offerDelegation(deps: Deps, acting: Acting, wish: Static<typeof OfferDelegation>): Promise<OfferedDelegation> {
  const role = roleToGive(acting)
  refuseFaults(deps, role, wish)
  const now = deps.now()
  const code = newCode()
  const record: DelegationRecord = {
    id: deps.newId(),
    subjectId: acting.subjectId,
    role,
    givenBy: acting.accountId,
    delegateId: null,
    scenes: wish.scope.scenes,
    bundles: wish.scope.bundles,
    codeExpiresAt: now + codeMs,
    offeredAt: now,
    until: instantOf(addDays(wish.until, 1)),
    acceptedAt: null,
    endedAt: null,
    endedBecause: null
  }
  await tx(deps.pool, async (db) => {
    await lockSubjects(db, [acting.subjectId])
    if ((await countGiven(db, acting.subjectId, new Date(now))) >= mostGiven)
      throw new Refusal('illegal_transition', { detail: `同时有效的授权最多 ${mostGiven} 份，请先收回不用的`, allowedActions: [] })
    await spendReauthentication(db, acting.sessionId)
    await insertOffer(db, record, codeHash(deps, code))
  })
  return {
    delegation: await viewOf(deps.pool, deps, record, 'given', ['revoke']),
    code,
    href: `${deps.config.publicOrigin}/features/delegation/accept/index?code=${code}`,
    expiresAt: new Date(record.codeExpiresAt).toISOString()
  }
}

/** Guardians, delegates and everybody else can't pass on what was given to them alone. Errors: forbidden. */
export function roleToGive({ role }: Acting): DelegationRecord['role'] {
  if (role === 'self') return 'proxy'
  if (role === 'legalRepresentative') return 'operator'
  throw new Refusal('forbidden', { detail: '只有本人能授权亲友，只有法定代表人能授权企业经办人' })
}

function refuseFaults(deps: Deps, role: DelegationRecord['role'], { scope, until }: Static<typeof OfferDelegation>): void {
  const { scenes, bundles } = deps.catalogue.current().catalogue
  const holder = role === 'proxy' ? 'person' : 'company'
  const who = role === 'proxy' ? '个人' : '企业'
  const errors: FieldError[] = []
  const fault = (pointer: string, code: string, message: string) => errors.push({ pointer, code, message })
  scope.scenes.forEach((id, index) => {
    const scene = Object.hasOwn(scenes, id) ? scenes[id] : undefined
    if (!scene) fault(`/scope/scenes/${index}`, 'unknown', `没有「${id}」这个亮码场景，请去掉`)
    else if (scene.holder !== 'both' && scene.holder !== holder)
      fault(`/scope/scenes/${index}`, 'holder', `「${scene.name}」不收${who}的码，请去掉`)
    else if (scene.inPerson) fault(`/scope/scenes/${index}`, 'in_person', `「${scene.name}」要本人到场，不能请人代为亮码，请去掉`)
  })
  scope.bundles.forEach((id, index) => {
    const bundle = Object.hasOwn(bundles, id) ? bundles[id] : undefined
    if (!bundle) fault(`/scope/bundles/${index}`, 'unknown', `目录里没有「${id}」这件事，请去掉`)
    else if (bundle.audience !== holder) fault(`/scope/bundles/${index}`, 'audience', `「${bundle.name}」不是${who}办的事，请去掉`)
  })
  if (scope.scenes.length + scope.bundles.length === 0) fault('/scope', 'required', '请至少选一样让对方办的事')
  const today = dayOf(deps.now())
  if (!isDay(until)) fault('/until', 'format', '请选一个日子')
  else if (until < today) fault('/until', 'past', '授权的最后一天不能早于今天')
  else if (until > addDays(today, longestDays)) fault('/until', 'too_long', '一次最长授权一年，到期可以再授权')
  if (errors.length > 0) throw new Refusal('invalid_fields', { errors })
}
