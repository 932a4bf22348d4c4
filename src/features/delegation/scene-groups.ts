import type { CodeSceneList } from '../../../contract/codes'

export interface SceneGroup {
  id: string
  name: string
  scenes: { id: string; name: string }[]
  /** 同组里要本人到场、不能请人代亮的，叫什么。 */
  inPerson: string[]
}

/** 二十几个场景一个个勾太多：按目录分的组，各组里只有这种码能用、又能请人代亮的场景，没有的组不列。 */
export function sceneGroups({ groups, scenes }: CodeSceneList, holder: 'person' | 'company'): SceneGroup[] {
  const taken = scenes.filter((scene) => scene.holder === 'both' || scene.holder === holder)
  const listed = groups.map(({ id, name }) => {
    const members = taken.filter(({ group }) => group === id)
    const scenes = members.filter(({ inPerson }) => !inPerson).map((scene) => ({ id: scene.id, name: scene.name }))
    return { id, name, scenes, inPerson: members.filter(({ inPerson }) => inPerson).map((scene) => scene.name) }
  })
  return listed.filter((group) => group.scenes.length > 0)
}
