import fs from 'node:fs'
import path from 'node:path'
import { inflateSync } from 'node:zlib'

/**
 * Noto Sans SC (SIL Open Font License 1.1) as it is packed for the web: about a hundred slices by unicode range. A page takes the slices of
 * its signs; of each, pdfkit embeds those signs alone.
 */
const folder = path.dirname(require.resolve('@fontsource/noto-sans-sc/package.json'))

let ranges: { slice: string; from: number; to: number }[] | undefined
const decoded = new Map<string, Buffer>()

/** The slice that has a sign; null when no slice has it. */
export function sliceOf(sign: string): string | null {
  ranges ??= readRanges()
  const point = sign.codePointAt(0) ?? 0
  return ranges.find(({ from, to }) => point >= from && point <= to)?.slice ?? null
}

/** A slice as a plain TrueType font. */
export function fontOf(slice: string): Buffer {
  const known = decoded.get(slice)
  if (known) return known
  const font = toSfnt(fs.readFileSync(path.join(folder, 'files', `noto-sans-sc-${slice}-400-normal.woff`)))
  decoded.set(slice, font)
  return font
}

function readRanges(): NonNullable<typeof ranges> {
  const slices = JSON.parse(fs.readFileSync(path.join(folder, 'unicode.json'), 'utf8')) as Record<string, string>
  return Object.entries(slices).flatMap(([key, text]) =>
    text.split(',').map((range) => {
      const [from = '', to = from] = range.trim().replace('U+', '').split('-')
      return { slice: key.replace(/[[\]]/g, ''), from: parseInt(from, 16), to: parseInt(to, 16) }
    })
  )
}

/**
 * Unpacks WOFF 1.0 (W3C): the same tables, each compressed by itself, under a longer directory. Left packed, the font library unpacks a
 * table anew at every look.
 */
function toSfnt(woff: Buffer): Buffer {
  const count = woff.readUInt16BE(12)
  const entries = Array.from({ length: count }, (_, at) => {
    const entry = 44 + at * 20
    const offset = woff.readUInt32BE(entry + 4)
    const packed = woff.subarray(offset, offset + woff.readUInt32BE(entry + 8))
    const length = woff.readUInt32BE(entry + 12)
    return { tag: woff.subarray(entry, entry + 4), checksum: woff.readUInt32BE(entry + 16), length, packed }
  })
  const header = Buffer.alloc(12 + count * 16)
  woff.copy(header, 0, 4, 8)
  const power = Math.floor(Math.log2(count))
  header.writeUInt16BE(count, 4)
  header.writeUInt16BE(16 * 2 ** power, 6)
  header.writeUInt16BE(power, 8)
  header.writeUInt16BE(16 * (count - 2 ** power), 10)
  let offset = header.length
  const tables = entries.map(({ tag, checksum, length, packed }, at) => {
    const entry = 12 + at * 16
    tag.copy(header, entry)
    header.writeUInt32BE(checksum, entry + 4)
    header.writeUInt32BE(offset, entry + 8)
    header.writeUInt32BE(length, entry + 12)
    const table = Buffer.alloc(Math.ceil(length / 4) * 4)
    ;(packed.length < length ? inflateSync(packed) : packed).copy(table)
    offset += table.length
    return table
  })
  return Buffer.concat([header, ...tables])
}
