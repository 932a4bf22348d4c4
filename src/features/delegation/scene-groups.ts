import type { CodeSceneList } from '../../../contract/codes'

export interface SceneGroup {
  id: string
  name: string
  scenes: { id: string; name: string }[]
}

/** 二十几个场景一个个勾太多：按目录分的组，各组里只有这种码能用的场景，没有的组不列。 */
export function sceneGroups({ groups, scenes }: CodeSceneList, holder: 'person' | 'company'): SceneGroup[] {
  const taken = scenes.filter((scene) => scene.holder === 'both' || scene.holder === holder)
  const membersOf = (group: string) => taken.filter((scene) => scene.group === group).map(({ id, name }) => ({ id, name }))
  return groups.map(({ id, name }) => ({ id, name, scenes: membersOf(id) })).filter((group) => group.scenes.length > 0)
}
