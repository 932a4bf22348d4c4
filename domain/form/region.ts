import type { Address } from './types'

/** 区划树的一层：省 → 市 → 区县 → 镇街 → 村社区；叶子的 children 为空。县级及以上用 GB/T 2260 代码。 */
export interface Region {
  code: string
  name: string
  children: Region[]
}

/** 文字以哪一层的名称开头；同名开头的取最长的。 */
function leading(text: string, regions: Region[]): Region | undefined {
  const fitting = regions.filter(region => text.indexOf(region.name) === 0)
  return fitting.sort((one, other) => other.name.length - one.name.length)[0]
}

const rest = (text: string, region: Region) => text.slice(region.name.length)

/**
 * 把照面上连写的地址拆成结构化地址。县级市的写法常不带地级市（江苏省江阴市澄江街道…），也认得。
 * @returns 认不到镇街、或没有详细地址时为 null：宁可不预填，不猜
 */
export function parseAddress(text: string, regions: Region[]): Address | null {
  const province = leading(text, regions)
  if (!province) return null
  const afterProvince = rest(text, province)
  const named = leading(afterProvince, province.children)
  const cities = named ? [named, ...province.children] : province.children
  for (const city of cities) {
    const remaining = city === named ? rest(afterProvince, city) : afterProvince
    const district = leading(remaining, city.children)
    const town = district && leading(rest(remaining, district), district.children)
    if (!district || !town) continue
    const afterTown = rest(rest(remaining, district), town)
    const village = leading(afterTown, town.children)
    const detail = (village ? rest(afterTown, village) : afterTown).trim()
    if (detail === '') return null
    const address: Address = { province: province.code, city: city.code, district: district.code, town: town.code, detail }
    return village ? { ...address, village: village.code } : address
  }
  return null
}
