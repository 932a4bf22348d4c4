import { compressedSize, maxBytes, quality, type PickResult, type PickSource, type UploadJob, type UploadRequest } from './upload-types'
import { isWholePicture } from './whole-picture'

/**
 * Lets the person take or choose photos and makes them small enough to send. The browser decides between camera and album
 * by `source`; cancelling gives no files. Photos over 20 MB or cut off, and files that aren't photos, are refused by name.
 */
export async function pickPhotos(source: PickSource, count: number): Promise<PickResult> {
  const chosen = await chooseFiles(source, count)
  const result: PickResult = { photos: [], refused: [] }
  for (const file of chosen) {
    if (file.size > maxBytes) result.refused.push({ name: file.name, reason: 'too_large' })
    else if (!isWholePicture(new Uint8Array(await file.arrayBuffer()))) result.refused.push({ name: file.name, reason: 'cut_off' })
    else {
      const small = await compress(file)
      if (small) result.photos.push({ name: file.name, size: small.size, preview: URL.createObjectURL(small), body: small })
      else result.refused.push({ name: file.name, reason: 'not_a_photo' })
    }
  }
  return result
}

function chooseFiles(source: PickSource, count: number): Promise<File[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input')
    input.type = 'file'
    input.accept = 'image/*'
    input.multiple = count > 1
    if (source === 'camera') input.setAttribute('capture', 'environment')
    input.className = 'sr'
    input.tabIndex = -1
    input.setAttribute('aria-hidden', 'true')
    const finish = (files: File[]) => {
      input.remove()
      resolve(files)
    }
    input.addEventListener('change', () => finish([...input.files ?? []].slice(0, count)))
    input.addEventListener('cancel', () => finish([]))
    document.body.append(input)
    input.click()
  })
}

/** The photo as a JPEG that is no longer than 2000 px, upright; undefined when it can't be read as a picture. */
async function compress(file: File): Promise<Blob | undefined> {
  const url = URL.createObjectURL(file)
  try {
    const image = await loadImage(url)
    const { width, height } = compressedSize(image.naturalWidth, image.naturalHeight)
    const canvas = document.createElement('canvas')
    canvas.width = width
    canvas.height = height
    canvas.getContext('2d')?.drawImage(image, 0, 0, width, height)
    return await new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? undefined), 'image/jpeg', quality))
  } catch {
    return undefined
  } finally {
    URL.revokeObjectURL(url)
  }
}

function loadImage(url: string): Promise<HTMLImageElement> {
  return new Promise((resolve, reject) => {
    const image = new Image()
    image.onload = () => resolve(image)
    image.onerror = () => reject(new Error('not a picture'))
    image.src = url
  })
}

/** Sends one photo as multipart/form-data. `done` gives the reply whatever its status, and rejects only without a reply. */
export function uploadPhoto({ url, photo, field, headers, form, onProgress }: UploadRequest): UploadJob {
  const request = new XMLHttpRequest()
  const done = new Promise<{ status: number; text: string }>((resolve, reject) => {
    request.upload.onprogress = ({ loaded, total }) => onProgress?.(total ? Math.round(loaded / total * 100) : 0)
    request.onload = () => resolve({ status: request.status, text: request.responseText })
    request.onerror = () => reject(new Error('network'))
    request.onabort = () => reject(new Error('aborted'))
  })
  const body = new FormData()
  for (const [name, value] of Object.entries(form ?? {})) body.append(name, value)
  if (photo.body) body.append(field, photo.body, photo.name)
  request.open('POST', url)
  request.withCredentials = true
  for (const [name, value] of Object.entries(headers ?? {})) request.setRequestHeader(name, value)
  request.send(body)
  return { done, abort: () => request.abort() }
}
