import { Drawing } from '../platform/drawing'
import type { Ink } from '../platform/drawing-markup'
import { classes } from './classes'
import { iconPaths, type IconName } from './icon-paths'
import './icon.scss'

interface IconProps {
  name: IconName
  ink?: Ink
  /** Only when the icon stands without a word; otherwise the word beside it speaks. */
  label?: string
  size?: 'small' | 'normal' | 'large'
}

/** One of our icons, 24 px on its own and larger in elder mode. */
export function Icon({ name, ink = 'ink-2', label, size = 'normal' }: IconProps) {
  const strokes = iconPaths[name].map((d) => ({ d, stroke: ink }))
  const className = classes('icon', size !== 'normal' && `icon--${size}`)
  return <Drawing className={className} width={24} height={24} strokes={strokes} label={label} />
}
