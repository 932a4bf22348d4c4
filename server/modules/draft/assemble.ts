import type { Catalogue } from '../../../catalogue/load'
import type { Draft, DraftSummary } from '../../../contract/drafts'
import type { ResolvedBundle } from '../../../domain/bundle/types'
import { formProgress } from '../../../domain/form/view'
import { maskIdNumber } from '../../../domain/identifier/mask'
import type { Acting, Deps } from '../../deps'
import { Refusal } from '../../errors'
import { currentBundle } from '../bundle/service'
import { consentingAccount } from '../delegation/standing'
import { isDelegate } from '../identity/actors'
import { consentsInForce } from '../identity/accounts'
import { readSubject } from '../identity/subjects'
import { asDraftFile, storedFiles, type StoredFile } from '../file/service'
import { consentsOf, draftInvitations, summaryOf, type Consents } from '../invitation/standing'
import type { DraftContent } from './content'
import type { DraftRecord, OpenedDraft } from './repository'
import type { SignedAgent } from './signed-content'
import { workOut, type Worked } from './sources'

/** A draft with everything worked out for it by the catalogue in force. */
export interface AssembledDraft extends OpenedDraft, Worked {
  bundle: ResolvedBundle
  /** The revision of the catalogue that it was worked out by. */
  revision: string
  licenceTypes: Catalogue['licenceTypes']
  files: StoredFile[]
  consents: Consents
  /** The delegate at work; null when the applicant is. */
  agent: SignedAgent | null
  view: Draft
}

export const fileIds = (content: DraftContent): string[] => Object.values(content.materials).flatMap(({ files }) => files)

/**
 * Works a draft out by the catalogue in force, whichever revision it was saved under: rules that changed apply to what is not
 * submitted yet. Errors: gone when the bundle is no longer in the catalogue; consent_required, also when it was withdrawn since.
 */
export async function assemble(deps: Deps, acting: Acting, opened: OpenedDraft): Promise<AssembledDraft> {
  const { record, content } = opened
  const { revision, bundle } = bundleOf(deps, record)
  const { licenceTypes } = deps.catalogue.current().catalogue
  await requireConsents(deps, acting, bundle)
  const invitations = await draftInvitations(deps, deps.pool, record.id)
  const consents = consentsOf(invitations, deps.now())
  const worked = await workOut(deps, acting, bundle, content, consents)
  const files = await storedFiles(deps, deps.pool, fileIds(content))
  const view: Draft = {
    ...summarise(deps, { ...record, ...formProgress(worked.form) }),
    catalogueRevision: record.revision,
    rulesChanged: record.revision !== revision,
    answers: content.answers,
    picks: content.picks,
    plan: worked.plan,
    form: worked.form,
    materials: content.materials,
    files: files.map(asDraftFile),
    invitations: invitations.map((each) => summaryOf(deps, each))
  }
  return { record, content, ...worked, bundle, revision, licenceTypes, files, consents, agent: await agentOf(deps, acting), view }
}

async function agentOf(deps: Deps, { delegation, role, selfId }: Acting): Promise<SignedAgent | null> {
  if (!delegation || !isDelegate(role)) return null
  const { name, idCode } = await readSubject(deps.pool, deps, selfId)
  return {
    role,
    name,
    maskedIdNumber: maskIdNumber(idCode ?? ''),
    delegationId: delegation.id,
    until: new Date(delegation.until).toISOString()
  }
}

/**
 * Sensitive data and a child's are each agreed to on their own before any is asked for (个保法第 29、31 条): by the one whose data it is,
 * which a proxy can't do in their place.
 */
async function requireConsents(deps: Deps, acting: Acting, bundle: ResolvedBundle): Promise<void> {
  const { role } = acting
  const given = await consentsInForce(deps.pool, consentingAccount(acting))
  if (role === 'proxy' && !given.includes('sensitive'))
    throw new Refusal('consent_required', { detail: '这件事要用到对方的敏感个人信息，请对方先在自己的手机上单独同意' })
  if (!given.includes('sensitive'))
    throw new Refusal('consent_required', { detail: '办事要用到敏感个人信息，请先单独同意；不同意也可以到窗口办理' })
  const isAboutChild = bundle.ward !== undefined || role === 'guardian'
  if (isAboutChild && !given.includes('minor'))
    throw new Refusal('consent_required', { detail: '这件事要用到孩子的信息，请先以监护人身份单独同意' })
}

/** The draft's bundle in the catalogue in force. Errors: gone. */
export function bundleOf(deps: Deps, { bundleId }: DraftRecord): ReturnType<typeof currentBundle> {
  try {
    return currentBundle(deps, bundleId)
  } catch (error) {
    if (error instanceof Refusal) throw new Refusal('gone', { detail: '这件事已从目录下架，草稿不能继续，请到办事页看看新的办法' })
    throw error
  }
}

export function summarise(deps: Deps, record: DraftRecord): DraftSummary {
  const { id, bundleId, subjectId, step, version, updatedAt, expiresAt, filled, total } = record
  const bundleName = deps.catalogue.current().catalogue.bundles[bundleId]?.name ?? bundleId
  return {
    id,
    bundleId,
    bundleName,
    subjectId,
    step,
    version,
    filled,
    total,
    updatedAt: new Date(updatedAt).toISOString(),
    expiresAt: new Date(expiresAt).toISOString()
  }
}
