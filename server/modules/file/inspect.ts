import { fileTypeFromBuffer } from 'file-type'
import sharp from 'sharp'
import { pdfFault } from './pdf'

/** What may be uploaded, by what the bytes say and never by the name. HEIC is refused: sharp's builds cannot decode it. */
const imageTypes = ['image/jpeg', 'image/png', 'image/webp'] as const
type ImageType = (typeof imageTypes)[number]
const isImage = (mime: string): mime is ImageType => imageTypes.some((type) => type === mime)

/** Decompression bombs stop here: about twice the largest phone camera (100 MP sensors deliver 12–50 MP photos). */
const maximumPixels = 120_000_000
/** Longest side kept: an A4 page at 350 dpi. */
const longestSide = 4096
export type Inspection =
  { ok: true; mime: string; bytes: Buffer } | { ok: false; code: 'file_type_refused' | 'file_damaged'; detail: string }

/**
 * Looks at the bytes of an upload and returns what may be kept: images are decoded and encoded anew, which proves them whole and
 * drops EXIF (place, device) and anything appended; PDFs must be complete and carry nothing that runs.
 *
 * @param name only for saying which file it was
 */
export async function inspect(content: Buffer, name: string): Promise<Inspection> {
  if (content.length === 0) return damaged(`「${name}」是空的，请重新选择`)
  const type = await fileTypeFromBuffer(content)
  if (type?.mime === 'application/pdf') return inspectPdf(content, name)
  if (type && isImage(type.mime)) return inspectImage(content, type.mime, name)
  if (type?.mime === 'image/heic' || type?.mime === 'image/heif') {
    return refused(`「${name}」是 HEIC 照片，请在手机相机设置里选「兼容性最佳」后重拍，或转成 JPG 再传`)
  }
  return refused(`「${name}」不是照片也不是 PDF，请上传 JPG、PNG、WebP 照片或 PDF`)
}

async function inspectImage(content: Buffer, mime: ImageType, name: string): Promise<Inspection> {
  try {
    const image = sharp(content, { failOn: 'truncated', limitInputPixels: maximumPixels })
      .rotate()
      .resize({ width: longestSide, height: longestSide, fit: 'inside', withoutEnlargement: true })
    const encoded = mime === 'image/png' ? image.png() : mime === 'image/webp' ? image.webp({ quality: 90 }) : image.jpeg({ quality: 88 })
    return { ok: true, mime, bytes: await encoded.toBuffer() }
  } catch {
    return damaged(`「${name}」打不开，可能没有传完整，请重新拍摄或选择`)
  }
}

function inspectPdf(content: Buffer, name: string): Inspection {
  const fault = pdfFault(content)
  if (fault === null) return { ok: true, mime: 'application/pdf', bytes: content }
  if (fault === 'incomplete') return damaged(`「${name}」不完整，请重新导出 PDF 后再传`)
  if (fault === 'locked') return refused(`「${name}」设了密码或限制，部门打不开，请去掉密码，或用「打印为 PDF」重新导出`)
  return refused(`「${name}」里带有脚本或附件，或无法检查有没有，出于安全不能接收，请用「打印为 PDF」重新导出`)
}

const refused = (detail: string): Inspection => ({ ok: false, code: 'file_type_refused', detail })
const damaged = (detail: string): Inspection => ({ ok: false, code: 'file_damaged', detail })
