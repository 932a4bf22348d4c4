import type { Static } from 'typebox'
import type { Commitment } from '../../../contract/drafts'
import type { AssembledDraft } from './assemble'
import { materialStandings } from './materials'

type Committed = Static<typeof Commitment>

/** Always asked for, apart from any other: that what was filled in is true. */
const truth: Committed = {
  id: 'truth',
  title: '真实性承诺',
  text: '我已核对以上内容。我填写的信息和提交的材料真实、准确、完整，同意用于办理本次勾选的事项。',
  consequence: '内容不实的，已作出的决定可能被撤销，由此产生的后果由我承担。'
}

/** What has to be ticked before signing, each on its own: the truth of it all, and every material that a promise stands for. */
export function commitmentsOf(draft: AssembledDraft): Committed[] {
  const promised = materialStandings(draft).filter(({ how }) => how === 'promise')
  return [
    truth,
    ...promised.map(({ material }) => ({
      id: `promise-${material.id}`,
      title: `告知承诺：${material.name}`,
      text: `我已知晓办理${material.neededBy.map(({ name }) => `「${name}」`).join('、')}需要「${material.name}」，承诺本人符合要求，并愿意接受核查。`,
      consequence: '部门办后核查，发现不实的，撤销所作的决定并计入信用记录。'
    }))
  ]
}
