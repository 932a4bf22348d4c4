import type { CodeSceneList } from '../../../contract/codes'
import type { Deps } from '../../deps'
import { labelsOf } from './labels'

/** Where codes are shown, what is read there, why and for how long it is kept: the catalogue's scenes and their groups in its order. */
export function codeScenes(deps: Deps): CodeSceneList {
  const { scenes, sceneGroups } = deps.catalogue.current().catalogue
  const listed = Object.values(scenes).map((scene) => {
    const { id, name, group, purpose, legalBasis, holder, confirm, offline, inPerson, retentionDays, pending = [] } = scene
    const fields = labelsOf(deps, scene, null, holder === 'company' ? 'company' : 'person')
    return { id, name, group, purpose, legalBasis, holder, fields, confirm, offline, inPerson, retentionDays, pending: pending.length > 0 }
  })
  return { groups: sceneGroups, scenes: listed }
}
