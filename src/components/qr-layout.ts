import { encode } from 'uqr'
import type { DrawingSpec } from '../platform/drawing-markup'

/** Modules of white around the code (ISO/IEC 18004 demands four). */
const quietZone = 4

/**
 * A QR code as one drawing: white paper and a single black path of horizontal runs, so that no seam shows between neighbours. At least
 * level M; more where the same size has room for it.
 */
export function qrDrawing(text: string): DrawingSpec {
  const { data, size } = encode(text, { ecc: 'M', boostEcc: true, border: quietZone })
  return {
    width: size,
    height: size,
    strokes: [
      { d: `M0 0h${size}v${size}h-${size}z`, fill: 'white' },
      { d: data.map(runsOf).join(''), fill: 'black' }
    ]
  }
}

function runsOf(row: boolean[], y: number): string {
  let runs = ''
  for (let x = 0; x < row.length; x += 1) {
    if (!row[x]) continue
    const from = x
    while (row[x + 1]) x += 1
    const length = x - from + 1
    runs += `M${from} ${y}h${length}v1h-${length}z`
  }
  return runs
}
