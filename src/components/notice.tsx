import { useEffect, useState } from 'react'
import { Box } from '../platform/host'
import { classes } from './classes'
import './notice.scss'

interface NoticeProps {
  /** Empty while there is nothing to say: keep the notice mounted, a live region must exist before its text. */
  text: string
  tone?: 'info' | 'done' | 'error'
}

/** Says what has just happened, on screen and to a screen reader. The text is cleared and set again, so that a repeat is read too. */
export function Notice({ text, tone = 'info' }: NoticeProps) {
  const [shown, setShown] = useState('')
  useEffect(() => {
    setShown('')
    const timer = setTimeout(() => setShown(text), 50)
    return () => clearTimeout(timer)
  }, [text])
  const urgent = tone === 'error'
  return <Box
    className={classes('notice', shown !== '' && `notice--${tone}`)} role={urgent ? 'alert' : 'status'}
    aria-live={urgent ? 'assertive' : 'polite'}
  >{shown}</Box>
}
