import type { LicenceCard } from '../../../contract/licences'
import type { Deps } from '../../deps'
import { shownName, type SubjectRecord } from '../identity/subjects'
import { licenceName } from './name'
import { type HeldLicence } from './service'
import { statusTexts } from './status'

/** For a type that the catalogue no longer has. */
export const plainLook = { tint: 'slate', layout: 'certificate', seal: '' } as const

/** A licence as it lies in the wallet, without its face: also before it is claimed. */
export function cardOf(deps: Pick<Deps, 'catalogue'>, licence: HeldLicence, subject: SubjectRecord): LicenceCard {
  return {
    id: licence.id,
    type: licence.type,
    name: licenceName(deps, licence.type),
    issuer: licence.issuer,
    subjectId: licence.subjectId,
    maskedHolderName: shownName(subject),
    status: licence.status,
    statusText: statusTexts[licence.status],
    issuedOn: licence.issuedOn,
    validTo: licence.validTo,
    isNew: !licence.seen && (licence.caseId !== null || licence.claimedAt === null),
    look: deps.catalogue.current().catalogue.licenceTypes[licence.type]?.look ?? plainLook,
    inRectification: licence.inRectification,
    claimedAt: licence.claimedAt === null ? null : new Date(licence.claimedAt).toISOString()
  }
}
