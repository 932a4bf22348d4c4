import { lastDayText } from '../../domain/time'
import { Cell } from '../components'
import { useNow } from './now'
import { useSession } from './session'
import { relationWords } from './whose'

/** Says for whom one acts when it isn't oneself, and leads to where that is changed. */
export function ActingBar() {
  const { acting } = useSession()
  const now = useNow()
  if (!acting || acting.role === 'self') return null
  if (acting.delegation) return <Cell
    tone='water' icon={acting.kind === 'legal_person' ? 'company' : 'people'}
    title={`替${relationWords[acting.role]} ${acting.maskedName} 办`}
    note={`授权到 ${lastDayText(Date.parse(acting.delegation.until), now)}为止，只能办授权里写着的。点这里看有哪些、换回自己`}
    to='/features/delegation/detail/index' params={{ id: acting.delegation.id }}
  />
  return <Cell
    tone='water' icon={acting.kind === 'legal_person' ? 'company' : 'child'}
    title={`现在替${relationWords[acting.role]}「${acting.maskedName}」办`}
    note='下面都是替这一位办的事。点这里换人' to='/features/identity/account/index'
  />
}
