import type { CodeScene } from '../../../contract/codes'

export interface SceneGroup {
  id: string
  name: string
  scenes: { id: string; name: string }[]
}

/** 二十几个场景一个个勾太多：按去的地方合成几组。目录里新添的、没有归进来的，都在最后一组，不会漏。 */
const places: { id: string; name: string; scenes: string[] }[] = [
  { id: 'hall', name: '去大厅、便民站', scenes: ['queue', 'check-in', 'counter', 'kiosk', 'village-station', 'collect'] },
  { id: 'health', name: '看病、买药、打疫苗', scenes: ['clinic', 'pharmacy', 'vaccination'] },
  { id: 'benefit', name: '领待遇、住人才公寓', scenes: ['pension-check', 'talent-flat'] },
  { id: 'company', name: '企业领照、招投标、门店检查', scenes: ['company-collect', 'bidding', 'shop-inspection'] },
  { id: 'visit', name: '借书、参观、进场馆', scenes: ['library', 'museum', 'scenic', 'stadium'] },
  { id: 'road', name: '乘车、租车、住店', scenes: ['bus', 'car-rental', 'hotel', 'road-check'] }
]
const rest = { id: 'rest', name: '别的地方' }

/** The scenes that take the code of such a holder, in groups; none is empty. */
export function sceneGroups(scenes: CodeScene[], holder: 'person' | 'company'): SceneGroup[] {
  const taken = scenes.filter((scene) => scene.holder === 'both' || scene.holder === holder).map(({ id, name }) => ({ id, name }))
  const placed = new Set(places.flatMap((place) => place.scenes))
  const groups = places.map((place) => ({ ...place, scenes: taken.filter(({ id }) => place.scenes.includes(id)) }))
  return [...groups, { ...rest, scenes: taken.filter(({ id }) => !placed.has(id)) }].filter((group) => group.scenes.length > 0)
}
