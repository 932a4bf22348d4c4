import { Cell } from '../components'
import { useSession } from './session'

/** Says for whom one acts when it isn't oneself, and leads to where that is changed. */
export function ActingBar() {
  const { acting } = useSession()
  if (!acting || acting.role === 'self') return null
  return <Cell
    tone='water' icon={acting.kind === 'legal_person' ? 'company' : 'child'} title={`现在替「${acting.maskedName}」办`}
    note='下面都是替这一位办的事。点这里换人' to='/features/identity/account/index'
  />
}
