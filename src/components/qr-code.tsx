// Not in index.ts: whatever that names is part of the first load, and the encoder is needed on few pages.
import { useMemo } from 'react'
import { Drawing } from '../platform/drawing'
import { qrDrawing } from './qr-layout'

interface QrCodeProps {
  text: string
  /** Spoken: what it is and what to do with it. */
  label: string
  className?: string
}

/** A QR code as a picture, black on white in every mode; its size is the class's. */
export function QrCode({ text, label, className }: QrCodeProps) {
  const drawing = useMemo(() => qrDrawing(text), [text])
  return <Drawing {...drawing} label={label} className={className} />
}
