/**
 * Whether the bytes of a JPEG, PNG or WebP go on to the end of the picture. A browser draws what is there of a photo that was cut off
 * and calls it loaded: without this half a certificate would be sent as a whole one. Other formats count as whole.
 */
export function isWholePicture(bytes: Uint8Array): boolean {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return jpegEnds(bytes)
  if (startsWith(bytes, 0, [0x89, 0x50, 0x4e, 0x47])) return pngEnds(bytes)
  const isWebp = startsWith(bytes, 0, ascii('RIFF')) && startsWith(bytes, 8, ascii('WEBP'))
  return !isWebp || bytes.length >= 8 + viewOf(bytes).getUint32(4, true)
}

const startOfScan = 0xda
const endOfImage = 0xd9

/** ISO/IEC 10918-1 annex B: segments with their lengths, scans that run to the next marker, until EOI. Phones append more after it. */
function jpegEnds(bytes: Uint8Array): boolean {
  let at = 2
  while (at + 3 < bytes.length + 2) {
    if (bytes[at] !== 0xff) return false
    const marker = bytes[at + 1] ?? 0
    if (marker === endOfImage) return true
    if (marker === 0xff) at += 1
    else {
      at += 2 + ((bytes[at + 2] ?? 0) << 8 | (bytes[at + 3] ?? 0))
      if (marker === startOfScan) at = nextMarker(bytes, at)
    }
  }
  return false
}

/** In a scan FF 00 is a byte of data and FF D0–D7 restarts it. */
function nextMarker(bytes: Uint8Array, from: number): number {
  let at = bytes.indexOf(0xff, from)
  while (at >= 0) {
    const next = bytes[at + 1] ?? 0
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at
    at = bytes.indexOf(0xff, at + 1)
  }
  return bytes.length
}

/** ISO/IEC 15948 clause 5: chunks of length, type, data and checksum, until IEND. */
function pngEnds(bytes: Uint8Array): boolean {
  const view = viewOf(bytes)
  let at = 8
  while (at + 12 <= bytes.length) {
    if (startsWith(bytes, at + 4, ascii('IEND'))) return true
    at += 12 + view.getUint32(at)
  }
  return false
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
const ascii = (text: string) => [...text].map((character) => character.charCodeAt(0))
const startsWith = (bytes: Uint8Array, at: number, wanted: number[]) => wanted.every((byte, index) => bytes[at + index] === byte)
