import type { Stroke } from '../platform/drawing-markup'

export const riverWidth = 375

const swing = 7

interface RiverSize {
  perRow: number
  rowHeight: number
  /** Room at the left edge; a little more is kept at the right, where the river turns. */
  side: number
  /** Centre of the first row. */
  top: number
}

export const riverSizes: Record<'normal' | 'elder', RiverSize> = {
  normal: { perRow: 5, rowHeight: 102, side: 40, top: 34 },
  elder: { perRow: 3, rowHeight: 142, side: 58, top: 42 },
}

interface RiverShape {
  /** Where each stage lies: x on a width of 375, y in px. */
  points: { x: number; y: number }[]
  /** The line of the river through all of them. */
  path: string
  /** The water's edge, a little below the line. */
  bank: string
  height: number
}

/**
 * A river that winds down the page: the first row runs to the right, the next back to the left, and so on.
 * It comes in at the left edge, passes every stage in order and leaves in the direction it runs last.
 */
export function layoutRiver(count: number, { perRow, rowHeight, side, top }: RiverSize): RiverShape {
  const firstX = side
  const lastX = riverWidth - side - 12
  const step = perRow > 1 ? (lastX - firstX) / (perRow - 1) : 0
  const points = Array.from({ length: count }, (_, at) => {
    const row = Math.floor(at / perRow)
    const column = at % perRow
    const x = row % 2 === 0 ? firstX + column * step : lastX - column * step
    return { x, y: row * rowHeight + top + (column % 2 === 0 ? -swing : swing) }
  })
  return {
    points,
    path: riverPath(points),
    bank: riverPath(points.map(({ x, y }) => ({ x, y: y + 5 }))),
    height: Math.max(1, Math.ceil(count / perRow)) * rowHeight,
  }
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
      const out = rightward ? (riverWidth - from.x) * 1.12 : -from.x * 1.12
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

/** The river drawn: the wet bank, pale water, its current. */
export function riverStrokes({ path, bank }: RiverShape): Stroke[] {
  return [
    { d: bank, stroke: 'water-1', width: 34 },
    { d: bank, stroke: 'water-2', width: 17 },
    { d: path, stroke: 'water-5', width: 2.4 },
  ]
}
