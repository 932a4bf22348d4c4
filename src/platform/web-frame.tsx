import { useEffect } from 'react'

export interface WebFrameProps {
  src: string
  /** Messages that the page inside posted, delivered when it is left (mini-program only). */
  onMessage?: (data: unknown[]) => void
}

/** A web page inside a page of ours: fills the page in the mini-program; on H5 the browser goes there instead. */
export function WebFrame({ src }: WebFrameProps) {
  useEffect(() => location.replace(src), [src])
  return null
}
