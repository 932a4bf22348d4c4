import { resolveBundle } from '../../../catalogue/load'
import { plan } from '../../../domain/bundle/plan'
import type { Plan } from '../../../domain/bundle/plan-types'
import type { HolderRole, ResolvedBundle } from '../../../domain/bundle/types'
import type { FieldError } from '../../../domain/form/types'
import type { Holding } from '../../../domain/licence/types'
import type { Acting, Deps } from '../../deps'
import { Refusal } from '../../errors'
import { consentingAccount, requireBundle } from '../delegation/standing'
import { consentsInForce } from '../identity/accounts'
import { holdingsOf, type HeldLicence } from '../licence/service'
import { holderSubjects, knownHolders, type Holders } from './holders'
import { needsOf, planGround, type Chosen, type Needs } from './needs'

/** The bundle in the catalogue in force. Errors: not_found. */
export function currentBundle(deps: Deps, bundleId: string): { revision: string; bundle: ResolvedBundle } {
  const { revision, catalogue } = deps.catalogue.current()
  const bundle = resolveBundle(catalogue, bundleId)
  if (!bundle) throw new Refusal('not_found', { detail: '目录里没有这件事，可能已下架' })
  return { revision, bundle }
}

/** Refuses with invalid_fields what the bundle does not ask or does not offer, naming each. */
export function refuseStrangeChoices(bundle: ResolvedBundle, { answers, picks }: Chosen): void {
  const errors: FieldError[] = []
  for (const [id, answer] of Object.entries(answers)) {
    const question = bundle.questions.find((each) => each.id === id)
    const values = question?.options.map((option) => option.value) ?? []
    const fits = Array.isArray(answer) === Boolean(question?.multiple) && [answer].flat().every((value) => values.includes(value))
    if (!question) errors.push({ pointer: `/answers/${id}`, code: 'unknown', message: `这件事没有「${id}」这一题，请去掉` })
    else if (!fits) errors.push({ pointer: `/answers/${id}`, code: 'not_offered', message: `「${question.text}」没有这个选项，请重新选择` })
  }
  picks.forEach((key, index) => {
    if (bundle.matters.some((node) => node.key === key && node.pick)) return
    errors.push({ pointer: `/picks/${index}`, code: 'unknown', message: `「${key}」不是可以勾选的事项，请去掉` })
  })
  if (errors.length > 0) throw new Refusal('invalid_fields', { errors })
}

export interface OwnLicences {
  held: { holder: HolderRole; licence: HeldLicence }[]
  reachable: boolean
  /** What could not be asked for, now or ever. */
  unknown: { holder: HolderRole; type: string }[]
}

/** The licences that `needs` names, of the given subjects. */
export async function ownLicences(
  deps: Deps,
  subjects: Holders,
  needs: Needs,
  purpose: string,
  by: Acting
): Promise<OwnLicences> {
  const result: OwnLicences = { held: [], reachable: true, unknown: [] }
  for (const [holder, types] of needs.licences) {
    const subjectId = subjects[holder]
    if (!subjectId) continue
    const found = await holdingsOf(deps, { subjectId, types: [...types], purpose, by })
    result.held.push(...found.licences.map((licence) => ({ holder, licence })))
    result.unknown.push(...found.unknownTypes.map((type) => ({ holder, type })))
    result.reachable &&= found.reachable
  }
  return result
}

export const asHolding = ({ holder, licence }: OwnLicences['held'][number]): Holding => ({
  licenceType: licence.type,
  holder,
  status: licence.status,
  validTo: licence.validTo
})

/** Ids of the materials that one of these licences would have stood for. */
export const materialsMissing = (bundle: ResolvedBundle, unknown: OwnLicences['unknown']): string[] =>
  Object.values(bundle.materialOf)
    .filter(
      ({ source, holder }) =>
        source.kind === 'licence' && unknown.some((each) => each.type === source.licenceType && each.holder === holder)
    )
    .map(({ id }) => id)

/**
 * The plan for these answers. Signed in and having agreed to the use of sensitive data, the licences of the one acted for are looked
 * up first; otherwise it says what could be exempt. Errors: not_found, invalid_fields, beyond_delegation.
 */
export async function planFor(
  deps: Deps,
  acting: Acting | null,
  bundleId: string,
  chosen: Chosen
): Promise<{ revision: string; plan: Plan; holdingsChecked: boolean }> {
  const { revision, bundle } = currentBundle(deps, bundleId)
  if (acting) requireBundle(acting, bundle)
  refuseStrangeChoices(bundle, chosen)
  const ground = planGround(deps)
  const mayLook = acting !== null && (await consentsInForce(deps.pool, consentingAccount(acting))).includes('sensitive')
  if (!mayLook) return { revision, plan: plan(bundle, { ...chosen, holdings: null, ...ground }), holdingsChecked: false }
  const subjects = holderSubjects(acting)
  const known = await knownHolders(deps, subjects)
  const needs = needsOf(deps, bundle, chosen, known, false)
  const own = await ownLicences(deps, subjects, needs, `查看「${bundle.name}」的方案`, acting)
  const holdings = own.held.map(asHolding)
  const unavailable = materialsMissing(bundle, own.unknown)
  const input = { ...chosen, holdings, knownHolders: known, unavailable, ...ground }
  return { revision, plan: plan(bundle, input), holdingsChecked: own.reachable }
}
