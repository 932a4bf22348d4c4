import type { Licence, LicenceList } from '../../contract/licences'
import { call } from './client'

export const listLicences = () => call<LicenceList>('get', '/licences')
/** reveal: sensitive fields in clear; leaves a trace that the owner sees. */
export const readLicence = (id: string, reveal = false) =>
  call<Licence>('get', `/licences/${id}`, undefined, { params: { reveal: reveal ? '1' : undefined } })
