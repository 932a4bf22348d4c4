/** The colours of look.md for drawings, which can't read CSS when they travel as an image; a test compares them with tokens.scss. */
export const inks = {
  'blue-deep': '#0b5a8a',
  'blue-line': '#a9cfe4',
  'teal-deep': '#0b6165',
  'teal-line': '#a3d0cf',
  'green-deep': '#1c6247',
  'green-line': '#a8d3bd',
  'olive-deep': '#565c1a',
  'olive-line': '#cdd196',
  'amber-deep': '#7d4e0a',
  'amber-line': '#e2c78f',
  'red-deep': '#9d2b22',
  'red-line': '#ebb4ab',
  'wine-deep': '#7f2853',
  'wine-line': '#dfafc6',
  'violet-deep': '#553f92',
  'violet-line': '#c5b8e3',
  'slate-deep': '#3f5160',
  'slate-line': '#bac7d1',
  ink: '#14212b',
  'ink-2': '#4a5b68',
  'ink-3': '#5f707c',
  'water-7': '#0b5a8a',
  'water-5': '#1b7fbd',
  'water-2': '#c6e1f0',
  'water-1': '#e3f1f8',
  'water-0': '#f3f8fb',
  green: '#1f7a55',
  amber: '#8a5a00',
  red: '#b3261e',
  line: '#dbe5eb',
  edge: '#6f808c',
  white: '#ffffff',
  black: '#000000',
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

/** The drawing as an SVG document; `stretch` lets it fill a box of any shape. */
export function svgMarkup({ width, height, strokes }: DrawingSpec, stretch = false): string {
  const paths = strokes.map(({ d, stroke, fill, width: weight, dash }) => [
    `<path d="${d}" fill="${fill ? inks[fill] : 'none'}"`,
    stroke && ` stroke="${inks[stroke]}" stroke-width="${weight ?? 1.8}" stroke-linecap="round" stroke-linejoin="round"`,
    dash && ` stroke-dasharray="${dash}"`,
    '/>',
  ].filter(Boolean).join('')).join('')
  const fitting = stretch ? ' preserveAspectRatio="none"' : ''
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"${fitting}>${paths}</svg>`
}
