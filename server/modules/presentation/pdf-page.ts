import PDFDocument from 'pdfkit'
import { encode } from 'uqr'
import { dayOf, timeOf } from '../../../domain/time'
import type { LicenceLook, LicenceType } from '../../../domain/licence/types'
import { heightOf, layOut, type FaceRow } from './pdf-sheets'
import { PdfText } from './pdf-text'

/** What stands on the page. */
export interface LicencePage {
  type: Pick<LicenceType, 'name' | 'face' | 'look'>
  cityName: string
  issuer: string
  fields: { name: string; text: string }[]
  purpose: string
  issuedAt: number
  /** The code in groups, and the address in the QR code. */
  code: string
  address: string
  /** Whether it must not pass for the real thing. */
  demo: boolean
}

const page = { width: 595.28, height: 841.89, margin: 48 }
/** Of the face: its upper edge, what stands above and below its rows, and least height where it is on one page. */
const frame = { top: 70, left: page.margin, width: page.width - 2 * page.margin, above: 76, below: 112, least: 320 }
const names = { left: frame.left + 26, width: 110 }
const photoWidth = 110
const qrSize = 116
const gap = 28
/** Where a page that is not the last says so. */
const numberTop = page.height - page.margin
const ink = '#1f2937'
const faint = '#6b7280'
const sealRed = '#c0262d'
/** Ground and edge of each tint, light enough for print. */
const tints: Record<LicenceLook['tint'], [ground: string, edge: string]> = {
  blue: ['#eaf2fd', '#2f6fc4'],
  teal: ['#e6f5f4', '#1d8a84'],
  green: ['#e9f6ec', '#2f8f4e'],
  olive: ['#f3f5e4', '#7c8a2b'],
  amber: ['#fdf4e2', '#b9791b'],
  red: ['#fdecec', '#c0393b'],
  wine: ['#f8ebf0', '#8f2f52'],
  violet: ['#f1edfb', '#6a4bb0'],
  slate: ['#eef1f4', '#54626f']
}

/**
 * Draws it on A4: the face and the seal as we draw them, the watermark, and how anybody verifies it. One page; only a face that is too long
 * for that, as of a company with many lines of business, goes on on the next. Not signed yet.
 */
export async function drawLicence(content: LicencePage): Promise<Buffer> {
  const doc = new PDFDocument({
    size: 'A4',
    margin: 0,
    lang: 'zh-CN',
    displayTitle: true,
    autoFirstPage: false,
    info: { Title: `${content.type.name}（电子证照）`, Creator: '掌上办', Producer: '掌上办', CreationDate: new Date(content.issuedAt) }
  })
  const bytes = collect(doc)
  const text = new PdfText(doc)
  const images = new Set(content.type.face.filter(({ type }) => type === 'img').map(({ name }) => name))
  const photo = content.fields.some(({ name }) => images.has(name))
  const { size, sheets } = layOut(
    text,
    content.fields.filter(({ name }) => !images.has(name)),
    {
      width: frame.width - 52 - names.width - 6 - (photo ? photoWidth : 0),
      last: page.height - page.margin - verificationHeight(text, content) - gap - frame.below - frame.above - frame.top,
      other: numberTop - 24 - frame.above - frame.top
    }
  )
  sheets.forEach((rows, at) => {
    const last = at === sheets.length - 1
    doc.addPage()
    if (content.demo) watermark(doc, text)
    text.write(`${content.cityName}　掌上办　电子证照${content.demo ? '（演示）' : ''}`, { x: page.margin, y: 44, size: 11, colour: faint })
    const number = `第 ${at + 1} 页，共 ${sheets.length} 页${last ? '' : '；核验码在最后一页'}`
    if (sheets.length > 1) text.write(number, { x: page.margin, y: numberTop, size: 9, colour: faint })
    const bottom = face(doc, text, content, { rows, size, photo: photo && at === 0, first: at === 0, last })
    if (last) verification(doc, text, content, bottom + gap)
  })
  doc.end()
  return bytes
}

function collect(doc: PDFKit.PDFDocument): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    doc.on('data', (part: Buffer) => parts.push(part))
    doc.on('end', () => resolve(Buffer.concat(parts)))
    doc.on('error', reject)
  })
}

interface Sheet {
  rows: FaceRow[]
  size: number
  photo: boolean
  first: boolean
  last: boolean
}

/** What of the face is on one page. @returns where it ends */
function face(doc: PDFKit.PDFDocument, text: PdfText, { type, issuer }: LicencePage, { rows, size, photo, first, last }: Sheet): number {
  const [ground, edge] = tints[type.look.tint]
  const { top, left, width } = frame
  const height = Math.max(frame.above + heightOf(rows) + (last ? frame.below : 0), first ? frame.least : 0)
  doc.roundedRect(left, top, width, height, 10).fillAndStroke(ground, edge)
  text.write(first ? type.name : `${type.name}（续）`, { x: names.left, y: top + 24, size: 22, colour: edge })
  doc
    .moveTo(names.left, top + 60)
    .lineTo(left + width - 26, top + 60)
    .lineWidth(0.7)
    .stroke(edge)
  let y = top + frame.above
  for (const row of rows) {
    text.write(row.name, { x: names.left, y, size, colour: faint, width: names.width })
    text.write(row.text, { x: names.left + names.width + 6, y, size, colour: ink })
    y += row.height
  }
  if (photo) picture(doc, text, left + width - 116, top + 78, edge)
  if (last) {
    text.write(`签发：${issuer}`, { x: names.left, y: top + height - 34, size: 11, colour: ink, width: width - 200 })
    seal(doc, text, { x: left + width - 74, y: top + height - 66 }, type.look.seal)
  }
  return top + height
}

/** The library gives no pictures: where one would be, it says so. */
function picture(doc: PDFKit.PDFDocument, text: PdfText, x: number, y: number, edge: string): void {
  doc.rect(x, y, 90, 112).dash(3, { space: 2 }).lineWidth(0.7).stroke(edge).undash()
  text.write('照片', { x: x + 33, y: y + 40, size: 12, colour: faint })
  text.write('（演示，不含人像）', { x: x + 4, y: y + 60, size: 9, colour: faint })
}

/** A round seal of our own drawing, which is none that any office has. */
function seal(doc: PDFKit.PDFDocument, text: PdfText, centre: { x: number; y: number }, words: string): void {
  doc.save().opacity(0.78)
  doc.circle(centre.x, centre.y, 46).lineWidth(2).stroke(sealRed)
  doc.circle(centre.x, centre.y, 41).lineWidth(0.6).stroke(sealRed)
  const lines = words.match(/.{1,5}/gu) ?? []
  lines.slice(0, 3).forEach((line, at) => {
    const y = centre.y - 8 - (lines.length * 15) / 2 + at * 15
    text.write(line, { x: centre.x - text.width(line, 13) / 2, y, size: 13, colour: sealRed })
  })
  const note = '电子签章·演示'
  text.write(note, { x: centre.x - text.width(note, 8) / 2, y: centre.y + 16, size: 8, colour: sealRed })
  doc.restore()
}

const verificationLeft = page.margin + qrSize + 22
const verificationWidth = page.width - page.margin - verificationLeft

function verification(doc: PDFKit.PDFDocument, text: PdfText, content: LicencePage, top: number): void {
  qr(doc, content.address, page.margin, top, qrSize)
  let y = top
  for (const [line, size, colour] of verificationLines(content)) {
    text.write(line, { x: verificationLeft, y, size, colour, width: verificationWidth })
    y += text.height(line, size, verificationWidth) + 6
  }
}

const verificationHeight = (text: PdfText, content: LicencePage): number =>
  Math.max(
    qrSize,
    verificationLines(content).reduce((sum, [line, size]) => sum + text.height(line, size, verificationWidth) + 6, 0)
  )

function verificationLines({ code, issuedAt, purpose }: LicencePage): [line: string, size: number, colour: string][] {
  return [
    [`核验码 ${code}`, 14, ink],
    [`出具时间 ${dayOf(issuedAt)} ${timeOf(issuedAt)}（北京时间）`, 11, ink],
    [`用途 ${purpose}，用于别处无效`, 11, ink],
    ['核验：扫左边的码；或在掌上办「核验证照」里输入核验码，或上传这个文件。核到的才算数，纸面与截图不算。', 10, faint],
    ['文件带数字签名：改动一个字节、添加一页，核验都会说不是原件。证照注销、吊销、换发以后，这份文件随之失效。', 10, faint]
  ]
}

/** Four modules of quiet zone, as the code's standard asks for (ISO/IEC 18004). */
function qr(doc: PDFKit.PDFDocument, address: string, left: number, top: number, size: number): void {
  const { data } = encode(address, { ecc: 'M', border: 4 })
  const step = size / data.length
  doc.rect(left, top, size, size).fill('#ffffff')
  data.forEach((row, y) => row.forEach((dark, x) => dark && doc.rect(left + x * step, top + y * step, step, step)))
  doc.fill('#000000')
}

function watermark(doc: PDFKit.PDFDocument, text: PdfText): void {
  for (let row = 0; row < 5; row += 1) {
    for (let column = 0; column < 3; column += 1) {
      const x = 70 + column * 190
      const y = 120 + row * 150
      doc.save().rotate(-28, { origin: [x, y] })
      text.write('演示', { x, y, size: 46, colour: '#eceff3' })
      doc.restore()
    }
  }
}
