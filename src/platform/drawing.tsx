// A drawing in the browser: an inline SVG. drawing.weapp.tsx sends the same paths as an image.
import { inks, type DrawingSpec } from './drawing-markup'

export interface DrawingProps extends DrawingSpec {
  /** What the drawing says; without it the drawing is decoration. */
  label?: string
  className?: string
}

export function Drawing({ width, height, strokes, label, className }: DrawingProps) {
  return <svg
    className={className} viewBox={`0 0 ${width} ${height}`} fill='none' strokeLinecap='round' strokeLinejoin='round' focusable='false'
    {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
  >
    {strokes.map(({ d, stroke, fill, width: weight = 1.8, dash }, at) => <path
      key={at} d={d} fill={fill ? inks[fill] : 'none'} strokeDasharray={dash}
      {...(stroke ? { stroke: inks[stroke], strokeWidth: weight } : {})}
    />)}
  </svg>
}
