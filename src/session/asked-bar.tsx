import { Cell } from '../components'
import { Box } from '../platform/host'
import { lookForAsked, useAsked } from './asked'
import { useLive } from './live'

/** On any page: a reader waits for a yes or no, and the way to it. Listens only while a code of this phone may be under a reader. */
export function AskedBar() {
  const { pending, listening } = useAsked()
  const [first] = pending
  return <Box role='status' aria-live='polite'>
    {listening && <Listen />}
    {first && <Cell tone='amber' icon='eye' title={`${first.organisation} 想看你的信息`} note='点这里看清楚，再决定同不同意' to='/pages/code/index' />}
  </Box>
}

function Listen() {
  useLive(['code'], null, () => lookForAsked().catch(() => undefined))
  return null
}
