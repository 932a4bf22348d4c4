import { plan } from '../../../domain/bundle/plan'
import type { Plan } from '../../../domain/bundle/plan-types'
import type { HolderRole, ResolvedBundle } from '../../../domain/bundle/types'
import type { Answers } from '../../../domain/condition/types'
import type { PrefillSource } from '../../../domain/form/types'
import type { Deps } from '../../deps'

/** Which licences and shares of whom a bundle needs for these answers: nothing else is asked for. */
export interface Needs {
  licences: Map<HolderRole, Set<string>>
  /** Systems whose data stands for a material or fills a field. */
  shares: { system: string; holder: HolderRole }[]
}

export interface Chosen {
  answers: Answers
  picks: string[]
}

/** Everything that plan() wants and that is the same for everybody. */
export function planGround(deps: Deps): { now: number; calendar: Deps['calendar']; parameters: Parameters<typeof plan>[1]['parameters'] } {
  return { now: deps.now(), calendar: deps.calendar, parameters: deps.catalogue.current().catalogue.clock }
}

/**
 * What the matters that apply ask for, and licences that a condition of the bundle turns on. Shared data of a holder who can't be
 * looked up is not among it.
 */
export function needsOf(deps: Deps, bundle: ResolvedBundle, chosen: Chosen, knownHolders: HolderRole[], forForm: boolean): Needs {
  const outline = plan(bundle, { ...chosen, holdings: null, knownHolders, ...planGround(deps) })
  const needs: Needs = { licences: new Map(), shares: [] }
  for (const type of licencesInConditions(bundle)) addLicence(needs, 'applicant', type)
  for (const material of outline.materials) addMaterial(needs, bundle, material)
  if (forForm) for (const source of prefillSources(bundle, outline)) addPrefill(needs, source)
  return needs
}

function addMaterial(needs: Needs, bundle: ResolvedBundle, { state, materialId, holder }: Plan['materials'][number]): void {
  const source = bundle.materialOf[materialId]?.source
  if (state === 'predecessor' || !source) return
  if (source.kind === 'licence') addLicence(needs, holder, source.licenceType)
  if (source.kind === 'share' && state !== 'upload') addShare(needs, holder, source.system)
}

function addPrefill(needs: Needs, { kind, from, holder = 'applicant' }: PrefillSource): void {
  if (kind === 'licence') addLicence(needs, holder, from)
  if (kind === 'share') addShare(needs, holder, from)
}

function addLicence({ licences }: Needs, holder: HolderRole, type: string): void {
  licences.set(holder, (licences.get(holder) ?? new Set()).add(type))
}

function addShare({ shares }: Needs, holder: HolderRole, system: string): void {
  if (!shares.some((share) => share.system === system && share.holder === holder)) shares.push({ system, holder })
}

function prefillSources(bundle: ResolvedBundle, outline: Plan): PrefillSource[] {
  const keys = outline.matters.map((matter) => matter.key)
  const fields = bundle.form.flatMap((group) => group.fields).filter((field) => field.for.some((key) => keys.includes(key)))
  return fields.flatMap((field) => field.prefill ?? [])
}

/** Conditions stand in many places of a bundle; wherever they do, this leaf looks the same. */
function licencesInConditions(part: unknown): string[] {
  if (typeof part !== 'object' || part === null) return []
  const own = 'has_licence' in part && typeof part.has_licence === 'string' ? [part.has_licence] : []
  return [...own, ...Object.values(part).flatMap(licencesInConditions)]
}
