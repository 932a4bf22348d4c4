import type { LicenceLook } from '../../../../domain/licence/types'
import { circle, type Ink, type Stroke } from '../../../platform/drawing-markup'

/** What is drawn on a licence in lines: our own waves and our own seal. No real document or seal looks like this, on purpose. */

const round = (value: number) => Number(value.toFixed(1))

/** Waves that run side by side and cross: the water of the app, as fine as the ground of a bank note. */
export function waves(stroke: Ink, width: number, height: number, count: number): Stroke[] {
  const period = width / 2
  return Array.from({ length: count }, (_, at) => {
    const middle = (height / (count + 1)) * (at + 1)
    const swing = (height / 4) * (at % 2 === 0 ? 1 : -1)
    const start = `M0 ${round(middle)}`
    const first = `q${round(period / 4)} ${round(-swing)} ${round(period / 2)} 0`
    return { d: `${start}${first}${`t${round(period / 2)} 0`.repeat(3)}`, stroke, width: 1 }
  })
}

const petals = 24
export const sealSize = 100

/** A seal: a rosette between two rings. Its words are text laid over it. */
export function sealStrokes(tint: LicenceLook['tint']): Stroke[] {
  const ink: Ink = `${tint}-deep`
  const middle = sealSize / 2
  const at = (turn: number, radius: number) => {
    const angle = (turn / petals) * 2 * Math.PI
    return `${round(middle + radius * Math.sin(angle))} ${round(middle - radius * Math.cos(angle))}`
  }
  const rosette = Array.from({ length: petals }, (_, petal) => `Q${at(petal + 0.5, 50)} ${at(petal + 1, 41)}`)
  return [
    { d: `M${at(0, 41)}${rosette.join('')}`, stroke: ink, width: 1.6 },
    { d: circle(middle, middle, 38), stroke: ink, width: 2.4 },
    { d: circle(middle, middle, 34), stroke: ink, width: 0.9 }
  ]
}

/** A person's outline where a photo would be, two for a photo of a couple. */
export function portrait(tint: LicenceLook['tint'], people: 1 | 2): Stroke[] {
  const ink: Ink = `${tint}-deep`
  const person = (x: number): Stroke[] => [
    { d: circle(x, 38, 15), stroke: ink, width: 2 },
    { d: `M${x - 26} 92c0-20 11-31 26-31s26 11 26 31`, stroke: ink, width: 2 }
  ]
  return people === 1 ? person(40) : [...person(40), ...person(100)]
}
