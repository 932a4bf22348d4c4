/** A photo over this is refused before anything is done with it. */
export const maxBytes = 20 * 1024 * 1024

const longestSide = 2000

/** JPEG quality of what is sent: print on an ID card stays readable. */
export const quality = 0.85

export type PickSource = 'camera' | 'album'

export interface Photo {
  name: string
  /** Bytes after compression. */
  size: number
  /** Something an image element can show. */
  preview: string
  /** H5: the bytes. The mini-program sends the file at `preview`. */
  body?: Blob
}

/** cut_off: only a part of the picture is there. */
export type RefusedPhoto = 'too_large' | 'not_a_photo' | 'cut_off'

export interface PickResult {
  photos: Photo[]
  refused: { name: string; reason: RefusedPhoto }[]
}

export interface UploadRequest {
  url: string
  photo: Photo
  /** Name of the file's part. */
  field: string
  headers?: Record<string, string>
  /** Other parts, sent before the file. */
  form?: Record<string, string>
  onProgress?: (percent: number) => void
}

export interface UploadJob {
  done: Promise<{ status: number; text: string }>
  abort: () => void
}

/** The size a photo is sent in: its own, or with the longer side cut to 2000 px. */
export function compressedSize(width: number, height: number): { width: number; height: number } {
  const scale = Math.min(1, longestSide / Math.max(width, height))
  return { width: Math.round(width * scale), height: Math.round(height * scale) }
}
