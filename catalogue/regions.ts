import type { Region } from '../domain/form/region'
import type { RegionTable } from './schema/city'

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
