import { inflateSync } from 'node:zlib'
import jsQR from 'jsqr'

/**
 * 从 PDF 里读出每一页的文字（在哪里）与二维码，照 ISO 32000-1 写，只认本平台画页用到的那几样：FlateDecode 的内容流、Identity-H 字体与 ToUnicode、
 * 矩形填充。不用画页的库。
 */
export function readPdf(pdf: Buffer): { pages: Placed[][]; rects: Rect[]; fonts: string[] } {
  const objects = objectsOf(pdf)
  const contents = objects.flatMap(({ stream }) => (stream?.includes(' Tf') ? stream : []))
  const names = new Map([...allText(objects).matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = '', id = '']) => [name, Number(id)]))
  const maps = new Map([...names].map(([name, id]) => [name, toUnicode(objects, id)]))
  const fonts = objects.flatMap(({ head }) => /\/BaseFont \/([\w+-]+)/.exec(head)?.[1] ?? [])
  return { pages: contents.map((content) => textsOf(content, maps)), rects: contents.flatMap(rectsOf), fonts }
}

/** 一段文字，它的左端与基线（从纸的左下角量起）、字号：都是点。 */
export interface Placed {
  text: string
  x: number
  y: number
  size: number
}

/** 一页上的文字，连成一串。 */
export const textOf = (placed: Placed[]): string => placed.map(({ text }) => text).join('')

type Rect = [x: number, y: number, width: number, height: number]
interface PdfObject {
  id: number
  head: string
  stream: string | null
}

function objectsOf(pdf: Buffer): PdfObject[] {
  const raw = pdf.toString('latin1')
  return [...raw.matchAll(/(?:^|\n)(\d+) 0 obj\n([^]*?)\nendobj/g)].map(([, id, body = '']) => {
    const at = body.indexOf('stream\n')
    if (at < 0) return { id: Number(id), head: body, stream: null }
    const head = body.slice(0, at)
    const bytes = Buffer.from(body.slice(at + 7, body.lastIndexOf('\nendstream')), 'latin1')
    return { id: Number(id), head, stream: (head.includes('FlateDecode') ? inflateSync(bytes) : bytes).toString('latin1') }
  })
}

const allText = (objects: PdfObject[]): string => objects.map(({ head }) => head).join('\n')

/** 字体的字形号 → 文字。 */
function toUnicode(objects: PdfObject[], fontId: number): Map<number, string> {
  const font = objects.find(({ id }) => id === fontId)?.head ?? ''
  const cmap = objects.find(({ id }) => id === Number(/\/ToUnicode (\d+) 0 R/.exec(font)?.[1]))?.stream ?? ''
  const map = new Map<number, string>()
  for (const [, from = '', to = '', list = ''] of cmap.matchAll(/<([0-9a-f]{4})> <([0-9a-f]{4})> \[([^\]]*)\]/gi)) {
    const texts = [...list.matchAll(/<([0-9a-f ]+)>/gi)].map(([, hex = '']) => utf16(hex.replaceAll(' ', '')))
    for (let glyph = parseInt(from, 16); glyph <= parseInt(to, 16); glyph += 1) map.set(glyph, texts[glyph - parseInt(from, 16)] ?? '')
  }
  return map
}

const utf16 = (hex: string): string => Buffer.from(hex, 'hex').swap16().toString('utf16le')

/** 内容流里的文字，按画的次序；同一行换了字体的也各是一段。 */
function textsOf(stream: string, maps: Map<string, Map<number, string>>): Placed[] {
  let map: Map<number, string> | undefined
  let [x, y, size] = [0, 0, 0]
  const texts: Placed[] = []
  for (const [whole, left, base, font, points, array] of stream.matchAll(
    /1 0 0 1 ([\d.-]+) ([\d.-]+) Tm|\/(F\d+) ([\d.]+) Tf|\[([^\]]*)\] TJ/g
  )) {
    if (left) [x, y] = [Number(left), Number(base)]
    else if (font) [map, size] = [maps.get(font), Number(points)]
    else {
      const glyphs = [...(array ?? whole).matchAll(/<([0-9a-f]+)>/gi)].flatMap(([, hex = '']) => hex.match(/.{4}/g) ?? [])
      texts.push({ text: glyphs.map((glyph) => map?.get(parseInt(glyph, 16)) ?? '?').join(''), x, y, size })
    }
  }
  return texts
}

const rectsOf = (stream: string): Rect[] =>
  [...stream.matchAll(/([\d.-]+) ([\d.-]+) ([\d.]+) ([\d.]+) re/g)].map(([, ...numbers]) => numbers.map(Number) as Rect)

/** 二维码里的核验码。 */
export const pdfCode = (pdf: Buffer): string => new URL(readQr(readPdf(pdf).rects) ?? '').hash.slice(1)

/** 把小方块画成像素，让独立的解码器去认。 */
export function readQr(rects: Rect[]): string | null {
  const modules = rects.filter(([, , width, height]) => width < 6 && Math.abs(width - height) < 0.01)
  const step = Math.min(...modules.map(([, , width]) => width))
  const [left, top] = [Math.min(...modules.map(([x]) => x)), Math.min(...modules.map(([, y]) => y))]
  const size = Math.round((Math.max(...modules.map(([x]) => x)) - left) / step) + 1
  const [scale, quiet] = [4, 4]
  const side = (size + 2 * quiet) * scale
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255)
  for (const [x, y] of modules) {
    const [column, row] = [Math.round((x - left) / step) + quiet, Math.round((y - top) / step) + quiet]
    for (let dy = 0; dy < scale; dy += 1) {
      for (let dx = 0; dx < scale; dx += 1)
        pixels.fill(0, ((row * scale + dy) * side + column * scale + dx) * 4, ((row * scale + dy) * side + column * scale + dx) * 4 + 3)
    }
  }
  return jsQR(pixels, side, side)?.data ?? null
}
