import type { ReactNode } from 'react'
import { Box, Heading } from '../platform/host'
import './section.scss'

interface SectionProps {
  title: string
  end?: ReactNode
  children: ReactNode
}

/** A titled stretch of a page, without paper of its own. */
export function Section({ title, end, children }: SectionProps) {
  return <Box className='section'>
    <Box className='section-head'>
      <Heading level={2} className='section-title'>{title}</Heading>
      {end && <Box className='section-end'>{end}</Box>}
    </Box>
    {children}
  </Box>
}
