import type { ClaimedLicences, Licence, LicenceGrant, LicenceGrantList, LicenceList, RequestRectification } from '../../contract/licences'
import { call } from './client'

export const listLicences = () => call<LicenceList>('get', '/licences')
/** reveal: sensitive fields in clear; leaves a trace that the owner sees. */
export const readLicence = (id: string, reveal = false) =>
  call<Licence>('get', `/licences/${id}`, undefined, { params: { reveal: reveal ? '1' : undefined } })
/** Takes these licences into the wallet, or all that can be taken. */
export const claimLicences = (ids?: string[]) => call<ClaimedLicences>('post', '/licences/claims', ids ? { ids } : {})
/** Asks the issuer to check one field of the face. */
export const requestRectification = (id: string, wanted: RequestRectification) =>
  call<Licence>('post', `/licences/${id}/rectification`, wanted)
export const listGrants = (id: string) => call<LicenceGrantList>('get', `/licences/${id}/grants`)
export const revokeGrant = (grantId: string) => call<LicenceGrant>('post', `/licence-grants/${grantId}/revocation`)
