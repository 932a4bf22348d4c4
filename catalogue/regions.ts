import type { RegionTable } from './schema/city'

/** 区划树的一层；叶子的 children 为空。 */
export interface Region {
  code: string
  name: string
  children: Region[]
}

/** 把 regions.yml 摊成统一的树，选择器一层一层往下走。 */
export function regionTree(table: RegionTable): Region[] {
  const cities = table.cities.map(city => ({
    code: city.code,
    name: city.name,
    children: city.districts.map(district => ({
      code: district.code,
      name: district.name,
      children: district.towns.map(town => ({
        code: town.code,
        name: town.name,
        children: town.villages.map(village => ({ ...village, children: [] }))
      }))
    }))
  }))
  return [{ ...table.province, children: cities }]
}
