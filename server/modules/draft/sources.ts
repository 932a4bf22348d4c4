import { plan } from '../../../domain/bundle/plan'
import type { Plan } from '../../../domain/bundle/plan-types'
import { normaliseAnswers } from '../../../domain/bundle/questions'
import type { HolderRole, ResolvedBundle } from '../../../domain/bundle/types'
import type { PrefillData } from '../../../domain/form/prefill'
import type { FormView } from '../../../domain/form/types'
import { formFor, formValues } from '../../../domain/form/view'
import { checkIdNumber } from '../../../domain/identifier/id-number'
import type { Holding } from '../../../domain/licence/types'
import { dayOf } from '../../../domain/time'
import type { Acting, Deps } from '../../deps'
import { holderSubjects, knownHolders, type Holders } from '../bundle/holders'
import { needsOf, planGround, type Needs } from '../bundle/needs'
import { asHolding, materialsMissing, ownLicences, type OwnLicences } from '../bundle/service'
import { consentingAccount } from '../delegation/standing'
import { readReachability, readSubject, type SubjectRecord } from '../identity/subjects'
import type { Consents } from '../invitation/standing'
import { licenceName } from '../licence/name'
import { shareOf } from '../licence/service'
import { isUsable } from '../licence/status'
import type { DraftContent } from './content'

/** The plan and the merged form for what a draft holds, with everything that could be fetched for it. */
export interface Worked {
  plan: Plan
  form: FormView
  applicant: SubjectRecord
  /** What was looked up and found, by whose it is. */
  held: OwnLicences['held']
}

/** Works out plan and form: looks up the licences and shares that these answers need, and nothing else. */
export async function workOut(
  deps: Deps,
  acting: Acting,
  bundle: ResolvedBundle,
  content: DraftContent,
  consents: Consents
): Promise<Worked> {
  const chosen = { answers: normaliseAnswers(bundle, content.answers), picks: content.picks }
  const purpose = `办理「${bundle.name}」`
  const subjects = holderSubjects(acting)
  const applicantId = subjects.applicant ?? acting.selfId
  const known = await knownHolders(deps, subjects)
  const needs = needsOf(deps, bundle, chosen, known, true)
  const applicant = await readSubject(deps.pool, deps, applicantId)
  const own = await ownLicences(deps, subjects, needs, purpose, acting)
  const shares = await ownShares(deps, subjects, needs, purpose, acting)
  const data = await prefillData(deps, acting, applicant, own, shares, consents, bundle)
  const today = dayOf(deps.now())
  const ground = planGround(deps)

  const formOf = (keys: string[]) =>
    formFor(bundle, { ...chosen, keys, values: content.values, data, objections: Object.keys(content.objections), today })
  const outline = plan(bundle, { ...chosen, holdings: own.held.map(asHolding), knownHolders: known, ...ground })
  const form = formOf(outline.matters.map((matter) => matter.key))

  // Somebody who fills in himself as the other party need not ask himself.
  const parties = ownParties(bundle, form, applicant)
  const asParty = await ownLicences(deps, Object.fromEntries(parties.map((role) => [role, applicantId])), needs, purpose, acting)
  const held = [...own.held, ...asParty.held]
  const worked = plan(bundle, {
    ...chosen,
    holdings: [...held.map(asHolding), ...releasedHoldings(bundle, consents)],
    knownHolders: known,
    consents: consents.answers,
    unavailable: [
      ...materialsMissing(bundle, [...own.unknown, ...asParty.unknown]),
      ...sharesMissing(bundle, shares),
      ...notReleased(consents)
    ],
    ...ground
  })
  return { plan: worked, form, applicant, held }
}

interface FoundShare {
  system: string
  holder: HolderRole
  /** Null: the system could not be reached, or knows nothing. */
  data: Record<string, string> | null
}

/** What can be asked of nobody, because the holder's role is nobody's here, is not in the result. */
async function ownShares(deps: Deps, subjects: Holders, needs: Needs, purpose: string, by: Acting): Promise<FoundShare[]> {
  const found: FoundShare[] = []
  for (const { system, holder } of needs.shares) {
    const subjectId = subjects[holder]
    if (!subjectId) continue
    const reply = await shareOf(deps, { subjectId, system, purpose, by })
    found.push({ system, holder, data: reply?.found ? reply.data : null })
  }
  return found
}

const sharesMissing = (bundle: ResolvedBundle, shares: FoundShare[]): string[] =>
  Object.values(bundle.materialOf)
    .filter(
      ({ source, holder }) =>
        source.kind === 'share' && shares.some((each) => each.system === source.system && each.holder === holder && each.data === null)
    )
    .map(({ id }) => id)

async function prefillData(
  deps: Deps,
  acting: Acting,
  applicant: SubjectRecord,
  own: OwnLicences,
  shares: FoundShare[],
  consents: Consents,
  bundle: ResolvedBundle
): Promise<PrefillData> {
  const { phone } = await readReachability(deps.pool, deps, consentingAccount(acting))
  const idNumber = checkIdNumber(applicant.idCode ?? '', dayOf(deps.now()))
  const usable = own.held.filter(({ licence }) => isUsable(licence.status))
  const released = consents.released.map(({ materialId, licenceType, face }) => ({
    type: licenceType,
    name: licenceName(deps, licenceType),
    holder: bundle.materialOf[materialId]?.holder ?? 'spouse',
    face
  }))
  return {
    identity: {
      name: applicant.name,
      idNumber: applicant.idCode,
      ...(idNumber.ok && { sex: idNumber.sex, birthDate: idNumber.birthDate })
    },
    account: { phone },
    licences: [
      ...usable.map(({ holder, licence }) => ({ type: licence.type, name: licenceName(deps, licence.type), holder, face: licence.face })),
      ...released
    ],
    shares: Object.fromEntries(shares.flatMap(({ system, data }) => (data ? [[system, data]] : []))),
    regions: deps.catalogue.current().catalogue.regions
  }
}

function ownParties(bundle: ResolvedBundle, form: FormView, applicant: SubjectRecord): ('spouse' | 'legalRepresentative')[] {
  const values = formValues(form)
  return (['spouse', 'legalRepresentative'] as const).filter((role) => {
    const fields = bundle.parties?.[role]
    const filled = fields && values[fields.idNumberField]
    return typeof filled === 'string' && filled.toUpperCase() === applicant.idCode
  })
}

/** A release counts as the holder having the licence: it was good when released, and the consent is in force. */
function releasedHoldings(bundle: ResolvedBundle, { released }: Consents): Holding[] {
  return released.flatMap(({ materialId, licenceType, validTo }) => {
    const holder = bundle.materialOf[materialId]?.holder
    return holder ? [{ licenceType, holder, status: 'valid' as const, validTo }] : []
  })
}

/** Agreed to, but the library had no such licence. */
const notReleased = ({ answers, released }: Consents): string[] =>
  Object.keys(answers).filter((id) => answers[id] === 'granted' && !released.some(({ materialId }) => materialId === id))
