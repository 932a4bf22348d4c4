/** The colours of look.md for drawings, which can't read CSS when they travel as an image; a test compares them with tokens.scss. */
export const inks = {
  ink: '#14212B',
  'ink-2': '#4A5B68',
  'ink-3': '#5F707C',
  'water-7': '#0B5A8A',
  'water-5': '#1B7FBD',
  'water-2': '#C6E1F0',
  'water-1': '#E3F1F8',
  'water-0': '#F3F8FB',
  green: '#1F7A55',
  amber: '#8A5A00',
  red: '#B3261E',
  line: '#DBE5EB',
  edge: '#6F808C',
  white: '#FFFFFF',
} as const

export type Ink = keyof typeof inks

/** One path of a drawing. Round caps and joins everywhere: that is the hand of our icons. */
export interface Stroke {
  d: string
  stroke?: Ink
  fill?: Ink
  width?: number
  dash?: string
}

export interface DrawingSpec {
  width: number
  height: number
  strokes: Stroke[]
}

/** A circle as path data. */
export function circle(cx: number, cy: number, r: number): string {
  return `M${Number((cx - r).toFixed(2))} ${cy}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`
}

/** The drawing as an SVG document. */
export function svgMarkup({ width, height, strokes }: DrawingSpec): string {
  const paths = strokes.map(({ d, stroke, fill, width: weight, dash }) => [
    `<path d="${d}" fill="${fill ? inks[fill] : 'none'}"`,
    stroke && ` stroke="${inks[stroke]}" stroke-width="${weight ?? 1.8}" stroke-linecap="round" stroke-linejoin="round"`,
    dash && ` stroke-dasharray="${dash}"`,
    '/>',
  ].filter(Boolean).join('')).join('')
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${paths}</svg>`
}
