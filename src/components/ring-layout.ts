import { circle, type Ink, type Stroke } from '../platform/drawing-markup'

/** A ring in a square of 64: its whole course as a hairline, and a part of it (0 to 1) in ink, from the top, clockwise. */
export function ringStrokes(part: number, ink: Ink): Stroke[] {
  const whole: Stroke = { d: circle(32, 32, 27), stroke: 'line', width: 7 }
  return part > 0 ? [whole, { d: arc(part), stroke: ink, width: 7 }] : [whole]
}

/** An arc from the top, clockwise; a whole turn is two halves, because SVG can't draw an arc onto its own start. */
function arc(part: number): string {
  if (part >= 1) return circle(32, 32, 27)
  const angle = part * 2 * Math.PI
  const x = (32 + 27 * Math.sin(angle)).toFixed(2)
  const y = (32 - 27 * Math.cos(angle)).toFixed(2)
  return `M32 5A27 27 0 ${part > 0.5 ? 1 : 0} 1 ${x} ${y}`
}
