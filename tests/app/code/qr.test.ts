import { readFileSync } from 'node:fs'
import path from 'node:path'
import jsQR from 'jsqr'
import { encode } from 'uqr'
import { longestName } from '../../../domain/code/format'
import { qrDrawing } from '../../../src/components/qr-layout'

/** 画法只有横向的一段一段：照着涂成像素，交给不相干的解码器。 */
function pixels(drawing: ReturnType<typeof qrDrawing>, scale: number): { data: Uint8ClampedArray; size: number } {
  const size = drawing.width * scale
  const data = new Uint8ClampedArray(size * size * 4).fill(255)
  const runs = drawing.strokes[1]?.d ?? ''
  for (const [, x, y, length] of runs.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row += 1) {
      const [from, to] = [row * size + Number(x) * scale, row * size + (Number(x) + Number(length)) * scale]
      for (let at = from; at < to; at += 1) data.set([0, 0, 0], at * 4)
    }
  }
  return { data, size }
}

const decoded = (text: string, scale = 3) => {
  const { data, size } = pixels(qrDrawing(text), scale)
  return jsQR(data, size, size)
}
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'
const long = (length: number) => Array.from({ length }, (_, at) => alphabet[(at * 7) % alphabet.length]).join('')

test('编码器对我们的字符用字母数字模式：最长的离线码 364 个字符在版本 11、纠错 M 之内', () => {
  const longest = 10 + Math.ceil(((196 + longestName) * 3) / 2)
  expect(longest).toBe(364)
  expect(encode(`SFM320281:${long(longest - 10)}`, { ecc: 'M' }).version).toBeLessThanOrEqual(11)
  expect(encode(long(366), { ecc: 'M' }).version).toBe(11)
  expect(encode(long(367), { ecc: 'M' }).version).toBe(12)
  expect(encode(long(39), { ecc: 'M' }).version).toBe(3)
})

test('画出来的，不相干的解码器读得回来，一个字符不差', () => {
  for (const text of [`SFM320281:${long(29)}`, `SFM320281:${long(354)}`, `SFM320281:${alphabet}`]) expect(decoded(text)?.data).toBe(text)
})

test('公布的测试向量每一条都画得出、读得回', () => {
  const vectors = JSON.parse(readFileSync(path.join(__dirname, '../../../docs/code/vectors.json'), 'utf8')) as Record<string, unknown>
  const texts = [...JSON.stringify(vectors).matchAll(/"(SFM\d{6}:[^"\\]{20,})"/g)].map((found) => String(found[1])).filter((text) => /^[A-Z0-9 $%*+./:-]+$/.test(text))
  expect(texts.length).toBeGreaterThan(3)
  for (const text of texts) expect(decoded(text)?.data).toBe(text)
})

test('四周留四格白；黑白两条路径，没有别的颜色', () => {
  const { strokes, width } = qrDrawing(`SFM320281:${long(29)}`)
  expect(width).toBe(29 + 8)
  expect(strokes.map(({ fill }) => fill)).toEqual(['white', 'black'])
  const runs = [...(strokes[1]?.d ?? '').matchAll(/M(\d+) (\d+)h(\d+)/g)].map(([, ...numbers]) => numbers.map(Number))
  for (const [x = 0, y = 0, length = 0] of runs) {
    expect(Math.min(x, y)).toBeGreaterThanOrEqual(4)
    expect(Math.max(x + length, y + 1)).toBeLessThanOrEqual(width - 4)
  }
})
