import { readFileSync } from 'node:fs'
import path from 'node:path'
import { layoutRiver, riverSizes, riverWidth } from '../../../src/components/river-layout'
import { inks } from '../../../src/platform/drawing-markup'

const tokens = readFileSync(path.join(__dirname, '../../../src/tokens.scss'), 'utf8')
const values = Object.fromEntries([...tokens.slice(0, tokens.indexOf('.elder')).matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((found) => [found[1], found[2]]))

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255).map((part) =>
    part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

describe('颜色', () => {
  test.each(Object.entries(inks))('图画里的 %s 与样式里的相同', (name, value) => {
    expect(values[name]).toBe(value)
  })

  test.each([
    ['ink', 'white'], ['ink-2', 'water-0'], ['ink-3', 'white'], ['ink-3', 'water-0'], ['water-7', 'white'], ['water-7', 'water-1'],
    ['green', 'white'], ['amber', 'amber-tint'], ['red', 'red-tint'],
    ...['blue', 'teal', 'green', 'olive', 'amber', 'red', 'wine', 'violet', 'slate'].flatMap((tint) => [
      ['white', `${tint}-deep`], [`${tint}-deep`, `${tint}-paper`], ['ink-2', `${tint}-paper`],
    ] as [string, string][]),
  ])('%s 的字在 %s 上看得清（至少 4.5:1）', (text, ground) => {
    expect(contrast(values[text] ?? '', values[ground] ?? '')).toBeGreaterThanOrEqual(4.5)
  })
})

describe('人生河流', () => {
  test('十个阶段排两行，第二行往回流', () => {
    const { points, height, path: line } = layoutRiver(10, riverSizes.normal)
    expect(height).toBe(2 * riverSizes.normal.rowHeight)
    expect(points.slice(0, 5).map(({ x }) => x)).toEqual([...points.slice(0, 5).map(({ x }) => x)].sort((a, b) => a - b))
    expect(points[5]?.x).toBe(points[4]?.x)
    expect(points[9]?.x).toBe(points[0]?.x)
    for (const { x, y } of points.slice(1)) expect(line).toContain(` ${x} ${y}C`)
  })

  test('每个阶段都在画面之内，互不压住', () => {
    for (const size of [riverSizes.normal, riverSizes.elder]) for (const count of [1, 2, 7, 10]) {
      const { points, height } = layoutRiver(count, size)
      expect(points).toHaveLength(count)
      for (const { x, y } of points) {
        expect(x).toBeGreaterThan(24)
        expect(x).toBeLessThan(riverWidth - 24)
        expect(y).toBeLessThan(height - 40)
      }
      for (const [at, one] of points.entries()) for (const other of points.slice(at + 1)) {
        expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThan(56)
      }
    }
  })

  test('没有阶段就没有河', () => {
    expect(layoutRiver(0, riverSizes.normal).path).toBe('')
  })
})
