import { fieldKey, type Scene, type SceneField, type Showing } from '../../../domain/code/scene'
import type { Deps } from '../../deps'
import { licenceName } from '../licence/name'

const identityNames = { name: '姓名', idCode: '证件号', phone: '手机号' } as const
const showings: Record<Showing, string> = { whole: '', masked: '（打码）', lastFour: '（末四位）' }
const identities = (['name', 'idCode', 'phone'] as const).map((field): SceneField => ({ kind: 'identity', field, show: 'whole' }))

/** The fields of the scene that have these keys; null: all of them. */
export const fieldsOf = ({ fields }: Scene, keys: string[] | null): SceneField[] =>
  fields.filter((field) => keys?.includes(fieldKey(field)) ?? true)

/** How they read in the trace, on the holder's phone and in the list of scenes. */
export const labelsOf = (deps: Deps, scene: Scene, keys: string[] | null): string[] =>
  fieldsOf(scene, keys).map((field) => fieldLabel(deps, field))

/**
 * What was wanted and not given: the fields asked for, or all of the scene when none was named. What identity has and what another scene
 * reads is called by its name; anything else is 「别的内容」, for a reader's own text has no place in somebody's traces.
 */
export function wantedLabels(deps: Deps, scene: Scene | undefined, keys: string[] | null | undefined): string[] {
  if (!keys) return scene ? labelsOf(deps, scene, null) : []
  const own = scene?.fields ?? []
  const elsewhere = Object.values(deps.catalogue.current().catalogue.scenes).flatMap(({ fields }) => fields.map(asWhole))
  const labels = keys.map((key) => {
    const field = [...own, ...identities, ...elsewhere].find((one) => fieldKey(one) === key)
    return field ? fieldLabel(deps, field) : '别的内容'
  })
  return [...new Set(labels)]
}

/** Beyond its scene nobody knows how it would have been shown. */
const asWhole = (field: SceneField): SceneField => ('show' in field ? { ...field, show: 'whole' } : field)

/** What one field is called, with how it is given. */
export function fieldLabel(deps: Deps, field: SceneField): string {
  switch (field.kind) {
    case 'identity':
      return identityNames[field.field] + showings[field.show]
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
