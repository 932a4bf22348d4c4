import { fontOf, sliceOf } from './pdf-font'

interface Place {
  x: number
  y: number
  size: number
  colour: string
  /** Breaks lines at this width; none: one line. */
  width?: number
}

const leading = 1.45

/**
 * Writes text of any signs: each run in the slice of the font that has them. A sign that the font does not have is written as its code
 * point (〔U+36C3〕), never left out or taken for another: it may be part of a name.
 */
export class PdfText {
  private readonly registered = new Set<string>()

  constructor(private readonly doc: PDFKit.PDFDocument) {}

  write(text: string, { x, y, size, colour, width = Infinity }: Place): void {
    this.lines(text, size, width).forEach((line, at) => {
      let left = x
      for (const run of runsOf(line)) {
        this.use(run.slice, size).fillColor(colour)
        this.doc.text(run.text, left, y + at * this.lineHeight(size), { lineBreak: false })
        left += this.doc.widthOfString(run.text)
      }
    })
  }

  width(text: string, size: number): number {
    return runsOf(text).reduce((sum, run) => sum + this.use(run.slice, size).widthOfString(run.text), 0)
  }

  height(text: string, size: number, width: number): number {
    return this.lines(text, size, width).length * this.lineHeight(size)
  }

  /** Breaks between any two signs, but not within a number or a Latin word that fits on a line, nor before what closes a phrase. */
  lines(text: string, size: number, width: number): string[] {
    const lines = ['']
    let used = 0
    for (const piece of writable(text).match(/([\x21-\x7e]{1,30}|[^])[，。、；：？！）」』】》”]{0,3}/gu) ?? []) {
      const breaks = used > 0 && used + this.width(piece, size) > width
      const kept = breaks ? piece.trimStart() : piece
      if (breaks) lines.push(kept)
      else lines[lines.length - 1] += kept
      used = (breaks ? 0 : used) + this.width(kept, size)
    }
    return lines
  }

  lineHeight(size: number): number {
    return size * leading
  }

  private use(slice: string, size: number): PDFKit.PDFDocument {
    if (!this.registered.has(slice)) this.doc.registerFont(slice, fontOf(slice))
    this.registered.add(slice)
    return this.doc.font(slice).fontSize(size)
  }
}

const writable = (text: string): string =>
  Array.from(text.normalize('NFC').replace(/\s+/g, ' '), (sign) =>
    sliceOf(sign) === null ? `〔U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase()}〕` : sign
  ).join('')

function runsOf(text: string): { slice: string; text: string }[] {
  const runs: { slice: string; text: string }[] = []
  for (const sign of writable(text)) {
    const slice = sliceOf(sign) ?? 'latin'
    const last = runs.at(-1)
    if (last?.slice === slice) last.text += sign
    else runs.push({ slice, text: sign })
  }
  return runs
}
