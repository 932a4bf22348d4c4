import type { PdfText } from './pdf-text'

/** One line of a face: the field's name stands beside the first of its lines. */
export interface FaceRow {
  name: string
  text: string
  /** In points; below the last line of a field with the space to the next one. */
  height: number
}

/** The rows on their pages, and the size of their letters. */
export interface Sheets {
  size: number
  sheets: FaceRow[][]
}

/** The largest that leaves all on one page; when none does, the smallest, on as many pages as it takes. */
const sizes = [12, 11, 10, 9]

interface Space {
  /** Of a field's text. */
  width: number
  /** For rows on the last page, where the verification stands too, and on each other one. */
  last: number
  other: number
}

/** Lays the fields out on pages. All sizes in points. */
export function layOut(text: PdfText, fields: { name: string; text: string }[], { width, last, other }: Space): Sheets {
  const attempts = sizes.map((size) => {
    const rows = fields.flatMap((field) => rowsOf(field, text.lines(field.text, size, width), text.lineHeight(size)))
    return { size, sheets: dealt(rows, last, other) }
  })
  return attempts.find(({ sheets }) => sheets.length === 1) ?? attempts.at(-1) ?? { size: 0, sheets: [] }
}

/** In points. */
export const heightOf = (rows: FaceRow[]): number => rows.reduce((sum, { height }) => sum + height, 0)

const rowsOf = ({ name }: { name: string }, lines: string[], height: number): FaceRow[] =>
  lines.map((text, at) => ({ name: at === 0 ? name : '', text, height: at === lines.length - 1 ? height + 10 : height }))

/** Page by page, as many rows as there is room for; the last page always has one. */
function dealt(rows: FaceRow[], last: number, other: number): FaceRow[][] {
  if (rows.length < 2 || heightOf(rows) <= last) return [rows]
  const over = rows.findIndex((_, at) => heightOf(rows.slice(0, at + 1)) > other)
  const count = over < 0 ? rows.length - 1 : Math.max(1, over)
  return [rows.slice(0, count), ...dealt(rows.slice(count), last, other)]
}
