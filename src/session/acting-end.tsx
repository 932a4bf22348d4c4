import type { Subject } from '../../contract/identity'
import { Cell } from '../components'
import { Box } from '../platform/host'
import { useLive } from './live'
import { endingRead, loadMe, useSession } from './session'
import { relationWords } from './whose'

/**
 * On every page: once the other side takes its delegation back, or it has run out, one acts for oneself again, at once; that one does
 * is said until it is read.
 */
export function ActingEnd() {
  const { acting, lost } = useSession()
  return <>
    {acting?.delegation && <Follow id={acting.delegation.id} />}
    <Box role='status' aria-live='polite'>
      {lost && <Cell
        tone='amber' icon='people' title={endText(lost)} end='收起' onPress={endingRead}
        note={`从现在起是给你自己办。${lost.delegation ? '要接着替对方办，请对方重新授权。' : ''}`}
      />}
    </Box>
  </>
}

const endText = ({ delegation, role, maskedName }: Subject) =>
  delegation ? `替${relationWords[role]} ${maskedName} 办的授权结束了` : `现在不能再替${relationWords[role]}「${maskedName}」办了`

function Follow({ id }: { id: string }) {
  useLive(['delegation'], [id], () => loadMe().catch(() => undefined))
  return null
}
