import Taro from '@tarojs/taro'
import type * as H from './upload'
import { compressedSize, maxBytes, quality, type PickResult } from './upload-types'

export const pickPhotos: typeof H.pickPhotos = async (source, count) => {
  const result: PickResult = { photos: [], refused: [] }
  const chosen = await Taro.chooseMedia({ count, mediaType: ['image'], sourceType: [source], sizeType: ['original'] })
    .catch(() => undefined)
  for (const { tempFilePath, size } of chosen?.tempFiles ?? []) {
    const name = tempFilePath.slice(tempFilePath.lastIndexOf('/') + 1)
    if (size > maxBytes) result.refused.push({ name, reason: 'too_large' })
    else {
      const small = await compress(tempFilePath)
      if (small) result.photos.push({ name, size: small.size, preview: small.path })
      else result.refused.push({ name, reason: 'not_a_photo' })
    }
  }
  return result
}

async function compress(path: string): Promise<{ path: string; size: number } | undefined> {
  try {
    const { width, height } = await Taro.getImageInfo({ src: path })
    const size = compressedSize(width, height)
    const { tempFilePath } = await Taro.compressImage({
      src: path, quality: quality * 100, compressedWidth: size.width, compressedHeight: size.height,
    })
    const info = await fileSize(tempFilePath)
    return { path: tempFilePath, size: info }
  } catch {
    return undefined
  }
}

function fileSize(filePath: string): Promise<number> {
  return new Promise((resolve, reject) => {
    Taro.getFileSystemManager().getFileInfo({ filePath, success: ({ size }) => resolve(size), fail: reject })
  })
}

export const uploadPhoto: typeof H.uploadPhoto = ({ url, photo, field, headers, form, onProgress }) => {
  let abort = () => undefined as void
  const done = new Promise<{ status: number; text: string }>((resolve, reject) => {
    const task = Taro.uploadFile({
      url, filePath: photo.preview, name: field, fileName: photo.name, header: headers, formData: form,
      success: ({ statusCode, data }) => resolve({ status: statusCode, text: data }),
      fail: ({ errMsg }) => reject(new Error(/abort/.test(errMsg) ? 'aborted' : 'network')),
    })
    // Taro's promise fails too; the callback has told already.
    task.catch(() => undefined)
    task.progress(({ progress }) => onProgress?.(progress))
    abort = () => task.abort()
  })
  return { done, abort: () => abort() }
}
