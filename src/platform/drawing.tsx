// A drawing in the browser: an inline SVG. drawing.weapp.tsx sends the same paths as an image.
import { inks, type DrawingSpec } from './drawing-markup'

export interface DrawingProps extends DrawingSpec {
  /** What the drawing says; without it the drawing is decoration. */
  label?: string
  className?: string
  /** Fill the box, whatever its shape; line widths stay as they are on H5. */
  stretch?: boolean
}

export function Drawing({ width, height, strokes, label, className, stretch }: DrawingProps) {
  return <svg
    className={className} viewBox={`0 0 ${width} ${height}`} fill='none' strokeLinecap='round' strokeLinejoin='round' focusable='false'
    preserveAspectRatio={stretch ? 'none' : undefined}
    {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
  >
    {strokes.map(({ d, stroke, fill, width: weight = 1.8, dash }, at) => <path
      key={at} d={d} fill={fill ? inks[fill] : 'none'} strokeDasharray={dash} vectorEffect={stretch ? 'non-scaling-stroke' : undefined}
      {...(stroke ? { stroke: inks[stroke], strokeWidth: weight } : {})}
    />)}
  </svg>
}
