import type { CodeScene } from '../../../contract/codes'
import type { Deps } from '../../deps'
import { labelsOf } from './release'

/** Where codes are shown, what is read there, why and for how long it is kept: the catalogue's scenes in its order. */
export function codeScenes(deps: Deps): CodeScene[] {
  const { scenes } = deps.catalogue.current().catalogue
  return Object.values(scenes).map((scene) => {
    const { id, name, purpose, legalBasis, holder, confirm, offline, retentionDays, pending = [] } = scene
    const fields = labelsOf(deps, scene, null)
    return { id, name, purpose, legalBasis, holder, fields, confirm, offline, retentionDays, pending: pending.length > 0 }
  })
}
