import { inflateSync } from 'node:zlib'

/** What is wrong with a PDF: incomplete; locked by a password; running something when opened; packed so that nobody can tell. */
export type PdfFault = 'incomplete' | 'locked' | 'active' | 'opaque'

/**
 * Constructs by which a PDF runs or starts something, sends something away, or carries another file (ISO 32000-1 §7.11.4, §12.6): a
 * script's action always names itself /JavaScript. Words this long do not come up by chance in the bytes of a scan; nothing here
 * backtracks, whatever the bytes.
 */
const activeContent = /\/(JavaScript|Launch|EmbeddedFiles?|RichMedia|Rendition|ImportData|SubmitForm)\b/
/** How many bytes the packed objects of one file may unfold to, all together. */
const unfoldedBytes = 64 * 1024 * 1024

/** What is wrong with the PDF; null when it may be kept. Objects packed into streams (§7.5.7) are unpacked and looked at as well. */
export function pdfFault(content: Buffer): PdfFault | null {
  const text = content.toString('latin1')
  if (!text.startsWith('%PDF-') || !text.slice(-1024).includes('%%EOF')) return 'incomplete'
  const named = withPlainNames(text)
  if (/\/Encrypt\b/.test(named)) return 'locked'
  if (activeContent.test(named)) return 'active'
  return packedFault(content, text)
}

function packedFault(content: Buffer, text: string): PdfFault | null {
  let left = unfoldedBytes
  let before = 0
  for (const { index, 0: keyword } of text.matchAll(/(?<!end)stream\r?\n/g)) {
    const preamble = withPlainNames(text.slice(before, index))
    before = index + keyword.length
    if (!/\/ObjStm\b/.test(preamble)) continue
    // Without a filter the objects stand in the file as they are, and were looked at there.
    if (!/\/Filter\b/.test(preamble.slice(preamble.lastIndexOf(' obj')))) continue
    const objects = unpacked(content.subarray(before), left)
    if (objects === null) return 'opaque'
    if (activeContent.test(withPlainNames(objects))) return 'active'
    left -= objects.length
  }
  return null
}

/** The objects as text; null when they unfold to more than `limit`, or not to objects: their numbers and places come first. */
function unpacked(packed: Buffer, limit: number): string | null {
  try {
    const objects = inflateSync(packed, { maxOutputLength: Math.max(1, limit) }).toString('latin1')
    return /^\s*\d+\s+\d+\s/.test(objects) ? objects : null
  } catch {
    return null
  }
}

/** A name may be written with #xx escapes (§7.3.5): /J#61vaScript is /JavaScript. */
const withPlainNames = (text: string) => text.replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
