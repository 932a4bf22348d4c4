import type { PlanMaterial, PlanMatter } from '../bundle/plan-types'
import type { HolderRole, Material } from '../bundle/types'
import type { FaceField } from './types'

/** 签名时授权用证的内容（licences.md §4.1）：一本证照给谁、用于哪件事、取哪些字段、有效到几时。 */
export interface GrantTerms {
  licenceType: string
  licenceName: string
  holder: HolderRole
  /** 给哪些部门，各用于哪个事项；key 是一件事里的节点 */
  to: { key: string; matter: string; department: string }[]
  /** 只给这几格，照面上的名称 */
  fields: string[]
  /** 各到用它的那一件办结；没办结前可以收回 */
  until: 'caseClosed'
}

/** 证照的名称与照面，取自签名时的目录。 */
export interface GrantedType {
  id: string
  name: string
  face: FaceField[]
}

/**
 * 一份由电子证照替代的材料，签名时授权些什么。
 * @param matters 方案里的全部事项
 * @param held 手里那一本照面上有的格；null 为还没有（由本件先办的事项产出），按目录的照面算
 */
export function grantTerms(
  planned: PlanMaterial, matters: PlanMatter[], material: Material, type: GrantedType, held: string[] | null
): GrantTerms {
  const keys = planned.neededBy.map(({ key }) => key)
  const users = matters.filter(({ key }) => keys.includes(key))
  return {
    licenceType: type.id,
    licenceName: type.name,
    holder: planned.holder,
    to: users.map(({ key, name, departmentName }) => ({ key, matter: name, department: departmentName })),
    fields: neededFields(material, type).filter(name => held === null || held.includes(name)),
    until: 'caseClosed'
  }
}

/** 材料要的格，次序照照面；没有写明要哪些的是整张照面。目录不认识的格不给：不知道它有多敏感。 */
function neededFields({ source, consent }: Material, { face }: GrantedType): string[] {
  const named = consent?.fields ?? (source.kind === 'licence' ? source.fields : undefined)
  return face.map(({ name }) => name).filter(name => named?.includes(name) ?? true)
}

/** 照面里只留签名时授权的格：后来的版本多出来的不在内。 */
export function grantedFace(face: Record<string, string>, fields: string[]): Record<string, string> {
  const given: Record<string, string> = {}
  for (const [name, text] of Object.entries(face)) {
    if (fields.includes(name)) given[name] = text
  }
  return given
}
