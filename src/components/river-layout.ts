import type { Stroke } from '../platform/drawing-markup'

export const riverWidth = 375

const firstX = 40
const lastX = 322
const swing = 7

interface RiverShape {
  /** Where each stage lies: x on a width of 375, y in px. */
  points: { x: number; y: number }[]
  /** The line of the river through all of them. */
  path: string
  height: number
}

/**
 * A river that winds down the page: the first row runs to the right, the next back to the left, and so on.
 * It comes in at the left edge, passes every stage in order and leaves in the direction it runs last.
 */
export function layoutRiver(count: number, perRow: number, rowHeight: number): RiverShape {
  const step = perRow > 1 ? (lastX - firstX) / (perRow - 1) : 0
  const points = Array.from({ length: count }, (_, at) => {
    const row = Math.floor(at / perRow)
    const column = at % perRow
    const x = row % 2 === 0 ? firstX + column * step : lastX - column * step
    return { x, y: row * rowHeight + 34 + (column % 2 === 0 ? -swing : swing) }
  })
  return { points, path: riverPath(points), height: Math.max(1, Math.ceil(count / perRow)) * rowHeight }
}

function riverPath(points: RiverShape['points']): string {
  const first = points[0]
  if (!first) return ''
  let path = `M-20 ${first.y + 12}C-4 ${first.y + 12} 12 ${first.y} ${first.x} ${first.y}`
  let rightward = true
  points.slice(1).forEach((point, at) => {
    const from = points[at] ?? first
    const turning = Math.abs(point.x - from.x) < 1 || Math.abs(point.y - from.y) > 2 * swing
    if (turning) {
      const out = rightward ? 58 : -58
      path += `C${from.x + out} ${from.y} ${point.x + out} ${point.y} ${point.x} ${point.y}`
      rightward = !rightward
    } else {
      const middle = (from.x + point.x) / 2
      path += `C${middle} ${from.y} ${middle} ${point.y} ${point.x} ${point.y}`
    }
  })
  const last = points[points.length - 1] ?? first
  const edge = rightward ? riverWidth + 20 : -20
  const middle = (last.x + edge) / 2
  return `${path}C${middle} ${last.y} ${middle} ${last.y + 16} ${edge} ${last.y + 16}`
}

/** The river drawn: pale water, a lighter current, the bank line. */
export function riverStrokes(path: string): Stroke[] {
  return [
    { d: path, stroke: 'water-2', width: 24 },
    { d: path, stroke: 'water-1', width: 12 },
    { d: path, stroke: 'water-5', width: 2 },
  ]
}
