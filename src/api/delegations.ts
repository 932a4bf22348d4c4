import type { Delegation, DelegationList, DelegationScope, OfferedDelegation } from '../../contract/delegations'
import { call } from './client'

/** Both ends are accounts: whomever one acts for, also when it ends with this. */
const own = { asOneself: true }

export const listDelegations = () => call<DelegationList>('get', '/delegations')
export const readDelegation = (id: string) => call<Delegation>('get', `/delegations/${id}`, undefined, own)
/** @throws ApiError reauthentication_required unless the person has just confirmed who they are */
export const offerDelegation = (scope: DelegationScope, until: string) =>
  call<OfferedDelegation>('post', '/delegations', { scope, until })
/** Reads what an offer is without using it up. */
export const lookUpOffer = (code: string) => call<Delegation>('post', '/delegations/offers/lookup', { code }, own)
export const acceptOffer = (code: string) => call<Delegation>('post', '/delegations/offers/accept', { code }, own)
export const endDelegation = (id: string, action: 'revoke' | 'resign') =>
  call<Delegation>('post', `/delegations/${id}/end`, { action }, own)
