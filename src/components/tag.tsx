import { Box } from '../platform/host'
import './tag.scss'

export type Tone = 'water' | 'green' | 'amber' | 'red' | 'grey'

interface TagProps {
  /** The word: colour never speaks alone. */
  text: string
  tone?: Tone
  /** A dot before the word, for traffic lights. */
  dot?: boolean
}

/** A state in one word. */
export function Tag({ text, tone = 'water', dot }: TagProps) {
  return <Box className={`tag tag--${tone}`}>{dot && <Box className='tag-dot' aria-hidden />}{text}</Box>
}
