import { useEffect } from 'react'
import { Notice } from '../../components'
import { Box } from '../../platform/host'
import { scrollToId } from '../../platform/scroll'

interface OutcomeProps {
  /** Of its own for each page. */
  id: string
  done?: string
  fault: string
}

/** What came of a button at the lower edge, brought into sight: one may have read far down the page before pressing it. */
export function Outcome({ id, done = '', fault }: OutcomeProps) {
  const outcome = done + fault
  useEffect(() => {
    if (outcome) scrollToId(id)
  }, [id, outcome])
  return <Box id={id}>
    <Notice text={done} tone='done' />
    <Notice text={fault} tone='error' />
  </Box>
}
