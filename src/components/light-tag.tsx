import { Tag, type Tone } from './tag'

const lights: Record<'green' | 'yellow' | 'red', { word: string; tone: Tone }> = {
  green: { word: '正常', tone: 'green' },
  yellow: { word: '快到期', tone: 'amber' },
  red: { word: '已超期', tone: 'red' }
}

/** The light of a deadline with its word; grey while the clock stands still. */
export function LightTag({ light, paused }: { light: 'green' | 'yellow' | 'red'; paused?: boolean }) {
  if (paused) return <Tag text="暂停计时" tone="grey" dot />
  const { word, tone } = lights[light]
  return <Tag text={word} tone={tone} dot />
}
