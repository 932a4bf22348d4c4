import { Image } from '@tarojs/components'
import type { DrawingProps } from './drawing'
import { svgMarkup } from './drawing-markup'

export function Drawing({ label, className, stretch, ...spec }: DrawingProps) {
  return <Image
    className={className} mode={stretch ? 'scaleToFill' : 'aspectFit'}
    src={`data:image/svg+xml,${encodeURIComponent(svgMarkup(spec, stretch))}`}
    {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
  />
}
