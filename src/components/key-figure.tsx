import type { ReactNode } from 'react'
import { Box, Span } from '../platform/host'
import './key-figure.scss'

interface KeyFigureProps {
  /** The number, as it is read: "12 月 25 日前", "6 → 1", "¥0". */
  value: string
  unit?: string
  label: string
  size?: 'normal' | 'large'
}

/** A number that matters. */
export function KeyFigure({ value, unit, label, size = 'normal' }: KeyFigureProps) {
  return <Box className={`figure figure--${size}`}>
    <Box className='figure-line'><Span className='figure-value'>{value}</Span>{unit && <Span className='figure-unit'>{unit}</Span>}</Box>
    <Box className='figure-label'>{label}</Box>
  </Box>
}

/** Several figures side by side. */
export function KeyFigures({ children }: { children: ReactNode }) {
  return <Box className='figures'>{children}</Box>
}
