import { useEffect, useState } from 'react'
import { Box } from '../platform/host'
import { classes } from './classes'
import './notice.scss'

interface NoticeProps {
  /** Empty while there is nothing to say: keep the notice mounted, a live region must exist before its text. */
  text: string
  tone?: 'info' | 'done' | 'error'
}

/**
 * Says what has just happened, on screen and to a screen reader. A new text comes a moment after the old one has gone,
 * so that the region changes visibly for a screen reader.
 */
export function Notice({ text, tone = 'info' }: NoticeProps) {
  const [settled, setSettled] = useState('')
  const shown = settled === text ? text : ''
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), 50)
    return () => clearTimeout(timer)
  }, [text])
  const urgent = tone === 'error'
  return <Box
    className={classes('notice', shown !== '' && `notice--${tone}`)} role={urgent ? 'alert' : 'status'}
    aria-live={urgent ? 'assertive' : 'polite'}
  >{shown}</Box>
}
