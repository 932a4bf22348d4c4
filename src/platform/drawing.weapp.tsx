import { Image } from '@tarojs/components'
import type { DrawingProps } from './drawing'
import { svgMarkup } from './drawing-markup'

export function Drawing({ label, className, stretch, ...spec }: DrawingProps) {
  return <Image
    className={className} src={`data:image/svg+xml,${encodeURIComponent(svgMarkup(spec))}`} mode={stretch ? 'scaleToFill' : 'aspectFit'}
    {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
  />
}
