import type { Delegation, DelegationScope, OfferedDelegation } from '../../contract/delegations'
import type { Me } from '../../contract/identity'
import type { IdentityClaims } from '../../server/gateways/ports'
import { demoIdNumber } from '../../mock/numbers'
import { api } from './journey'
import { confirmAgain, signIn, type Browser } from './sign-in'
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

/** 登录着、同意过隐私说明的一个人。 */
export interface Somebody {
  person: IdentityClaims
  browser: Browser
  me: Me
  selfId: string
}

export async function arrive(world: World, claims: IdentityClaims): Promise<Somebody> {
  const { browser, me } = await signIn(world, claims)
  return { person: claims, browser, me, selfId: me.subjects[0]?.id ?? '' }
}

/** 同一部手机，代表那个主体。 */
export const actingFor = ({ browser }: Somebody, subjectId: string): Browser => ({
  ...browser,
  send: (options) => browser.send({ ...options, headers: { ...options.headers, 'x-acting-for': subjectId } })
})

export const lastDay = '2026-12-19'

export async function offer(
  world: World,
  giver: Somebody,
  scope: Partial<DelegationScope>,
  { until = lastDay, subjectId = giver.selfId }: { until?: string; subjectId?: string } = {}
): Promise<OfferedDelegation> {
  await confirmAgain(world, giver.browser, giver.person)
  const body = { scope: { scenes: [], bundles: [], ...scope }, until }
  return api<OfferedDelegation>(actingFor(giver, subjectId), 'POST', '/delegations', body, 201)
}

export const accept = (who: Somebody, code: string) => api<Delegation>(who.browser, 'POST', '/delegations/offers/accept', { code })

/** 开出来，对方接受。 */
export async function delegate(world: World, giver: Somebody, to: Somebody, ...rest: ParametersAfter): Promise<Delegation> {
  return accept(to, (await offer(world, giver, ...rest)).code)
}
type ParametersAfter = [scope: Partial<DelegationScope>, about?: { until?: string; subjectId?: string }]

export const end = (who: Somebody, id: string, action: 'revoke' | 'resign') =>
  api<Delegation>(who.browser, 'POST', `/delegations/${id}/end`, { action })
