import type { Delegation, DelegationScope, OfferedDelegation } from '../../contract/delegations'
import type { IdentityClaims } from '../../server/gateways/ports'
import { demoIdNumber } from '../../mock/numbers'
import { api } from './journey'
import { actingFor, confirmAgain, type Somebody } from './sign-in'
import { START, type World } from './world'

const person = (name: string, birth: string, serial: number): IdentityClaims => ({
  name,
  idNumber: demoIdNumber(birth, serial),
  phone: `160${String(serial).padStart(8, '0')}`,
  realNameLevel: 4,
  authenticatedAt: START
})
export const elder = person('徐演示', '1948-04-04', 6)
export const daughter = person('许演示', '1976-06-06', 8)

export const lastDay = '2026-12-19'

export async function offer(
  world: World,
  giver: Somebody,
  scope: Partial<DelegationScope>,
  { until = lastDay, subjectId = giver.selfId }: { until?: string; subjectId?: string } = {}
): Promise<OfferedDelegation> {
  await confirmAgain(world, giver.browser, giver.person)
  const body = { scope: { scenes: [], bundles: [], ...scope }, until }
  return api<OfferedDelegation>(actingFor(giver.browser, subjectId), 'POST', '/delegations', body, 201)
}

export const accept = (who: Somebody, code: string) => api<Delegation>(who.browser, 'POST', '/delegations/offers/accept', { code })

/** 开出来，对方接受。 */
export async function delegate(world: World, giver: Somebody, to: Somebody, ...rest: ParametersAfter): Promise<Delegation> {
  return accept(to, (await offer(world, giver, ...rest)).code)
}
type ParametersAfter = [scope: Partial<DelegationScope>, about?: { until?: string; subjectId?: string }]

export const end = (who: Somebody, id: string, action: 'revoke' | 'resign') =>
  api<Delegation>(who.browser, 'POST', `/delegations/${id}/end`, { action })
