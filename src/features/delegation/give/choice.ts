import type { DelegationScope } from '../../../../contract/delegations'
import { addDays, dayOf, dayText, type IsoDay } from '../../../../domain/time'
import type { SceneGroup } from '../scene-groups'

export const spans = ['today', 'month', 'year'] as const
type Span = (typeof spans)[number]

/** What is to be delegated: bundles, groups of scenes, and for how long. */
export interface Chosen {
  bundles: string[]
  groups: string[]
  span: Span | null
}

/** A year counts today, and one day less: the clock of the phone may be ahead of the server's. */
const days: Record<Span, number> = { today: 0, month: 30, year: 364 }
export const spanNames: Record<Span, string> = { today: '只今天', month: '一个月', year: '一年' }

export const lastDayOf = (span: Span, now: number): IsoDay => addDays(dayOf(now), days[span])
export const spanText = (span: Span, now: number): string => `到 ${dayText(lastDayOf(span, now), dayOf(now))}为止，到期自动结束`

export const scopeOf = ({ bundles, groups }: Chosen, all: SceneGroup[]): DelegationScope => ({
  bundles,
  scenes: scenesOf(groups, all).map(({ id }) => id)
})

export const scenesOf = (groups: string[], all: SceneGroup[]) => all.filter(({ id }) => groups.includes(id)).flatMap(({ scenes }) => scenes)

/** 一组里授权出去的是哪几处；组名里有、却不能请人代亮的，说明为什么。 */
export function groupNote({ scenes, inPerson }: SceneGroup): string {
  const names = scenes.map(({ name }) => name).join('、')
  return inPerson.length === 0 ? names : `${names}。不含${inPerson.join('、')}：要本人到场，不能请人代亮码`
}

const separator = '.'

/** As parameters of the page's address: confirming who one is leaves it, on H5 even the app. */
export const paramsOf = ({ bundles, groups, span }: Chosen): Record<string, string | undefined> => ({
  bundles: bundles.join(separator) || undefined,
  groups: groups.join(separator) || undefined,
  span: span ?? undefined
})

/** The way back. What isn't known (any more) is left out by whoever shows it. */
export const chosenFrom = ({ bundles, groups, span }: Record<string, string | undefined>): Chosen => ({
  bundles: listed(bundles),
  groups: listed(groups),
  span: spans.find((one) => one === span) ?? null
})

const listed = (text: string | undefined) => (text ? text.split(separator) : [])

/** Leaves out what is not to be chosen here. */
export const among = (chosen: Chosen, bundles: { id: string }[], groups: SceneGroup[]): Chosen => ({
  ...chosen,
  bundles: chosen.bundles.filter((id) => bundles.some((bundle) => bundle.id === id)),
  groups: chosen.groups.filter((id) => groups.some((group) => group.id === id))
})
