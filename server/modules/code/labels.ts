import { fieldKey, type Scene, type SceneField, type Showing } from '../../../domain/code/scene'
import type { Deps } from '../../deps'
import { licenceName } from '../licence/name'

/** Whose data the fields are: a company has neither a name that is masked nor a number of a certificate. */
type Kind = 'person' | 'company'

const identityNames = {
  person: { name: '姓名', idCode: '证件号', phone: '手机号' },
  company: { name: '企业名称', idCode: '统一社会信用代码', phone: '手机号' }
} as const
const showings: Record<Showing, string> = { whole: '', masked: '（打码）', lastFour: '（末四位）' }
const identities = (['name', 'idCode', 'phone'] as const).map((field): SceneField => ({ kind: 'identity', field, show: 'whole' }))

/** The fields of the scene that have these keys; null: all of them. */
export const fieldsOf = ({ fields }: Scene, keys: string[] | null): SceneField[] =>
  fields.filter((field) => keys?.includes(fieldKey(field)) ?? true)

/** How they read in the trace, on the holder's phone and in the list of scenes. */
export const labelsOf = (deps: Deps, scene: Scene, keys: string[] | null, kind: Kind): string[] =>
  fieldsOf(scene, keys).map((field) => fieldLabel(deps, field, kind))

/**
 * What was wanted and not given: the fields asked for, or all of the scene when none was named. What identity has and what another scene
 * reads is called by its name; anything else is 「别的内容」, for a reader's own text has no place in somebody's traces.
 */
export function wantedLabels(deps: Deps, scene: Scene | undefined, keys: string[] | null | undefined, kind: Kind): string[] {
  if (!keys) return scene ? labelsOf(deps, scene, null, kind) : []
  const own = scene?.fields ?? []
  const elsewhere = Object.values(deps.catalogue.current().catalogue.scenes).flatMap(({ fields }) => fields.map(asWhole))
  const labels = keys.map((key) => {
    const field = [...own, ...identities, ...elsewhere].find((one) => fieldKey(one) === key)
    return field ? fieldLabel(deps, field, kind) : '别的内容'
  })
  return [...new Set(labels)]
}

/** Beyond its scene nobody knows how it would have been shown. */
const asWhole = (field: SceneField): SceneField => ('show' in field ? { ...field, show: 'whole' } : field)

/** What one field is called, with how it is given. */
export function fieldLabel(deps: Deps, field: SceneField, kind: Kind): string {
  switch (field.kind) {
    case 'identity':
      if (kind === 'company' && field.field === 'name') return identityNames.company.name
      return identityNames[kind][field.field] + showings[field.show]
    case 'face':
      return `${licenceName(deps, field.licence)}·${field.face}${showings[field.show]}`
    case 'holds':
      return `有没有${licenceName(deps, field.licence)}`
    case 'record':
      return field.item
    case 'age':
      return `是否年满 ${field.atLeast} 周岁`
  }
}
