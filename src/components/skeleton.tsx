import { useEffect, useState } from 'react'
import { Box, Span } from '../platform/host'
import './skeleton.scss'

/** The shape of what is coming, shown only when it takes longer than 200 ms. */
export function Skeleton({ cards = 3, label = '正在加载' }: { cards?: number; label?: string }) {
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 200)
    return () => clearTimeout(timer)
  }, [])
  return <Box className='skeleton' role='status' aria-busy>
    {late && <>
      <Span className='sr'>{label}</Span>
      {Array.from({ length: cards }, (_, at) => <Box key={at} className='skeleton-card' aria-hidden>
        <Box className='skeleton-line skeleton-line--head' />
        <Box className='skeleton-line' />
        <Box className='skeleton-line skeleton-line--short' />
      </Box>)}
    </>}
  </Box>
}
