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
  children?: ReactNode
}

/** White paper with a hairline; its title is a heading of level 2. */
export function Card({ title, end, tone = 'plain', children }: CardProps) {
  return <Box className={classes('card', `card--${tone}`)}>
    {title && <Box className='card-head'>
      <Heading level={2} className='card-title'>{title}</Heading>
      {end && <Box className='card-end'>{end}</Box>}
    </Box>}
    {children}
  </Box>
}
