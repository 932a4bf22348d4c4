import type { ReactNode } from 'react'
import { Box, Heading } from '../platform/host'
import { classes } from './classes'
import './card.scss'

interface CardProps {
  title?: string
  /** At the end of the title's line: a tag, a number, a quiet button. */
  end?: ReactNode
  /** deep: white on water blue, for the one answer of a page · a colour: an edge for what waits for the person. */
  tone?: 'plain' | 'deep' | 'water' | 'amber' | 'red' | 'green'
  /** Of the title's heading: 3 below a Section. */
  level?: 2 | 3
  children?: ReactNode
}

/** White paper with a hairline; its title is a heading. */
export function Card({ title, end, tone = 'plain', level = 2, children }: CardProps) {
  return <Box className={classes('card', `card--${tone}`)}>
    {title && <Box className='card-head'>
      <Heading level={level} className='card-title'>{title}</Heading>
      {end && <Box className='card-end'>{end}</Box>}
    </Box>}
    {children}
  </Box>
}
