import sharp from 'sharp'
import type { OfferedMedia } from './device'
import type { Runtime } from './runtime'
import { WxFail, type WxOptions } from './types'

/** Photos, files and their sizes: real bytes, really measured and really compressed. */
export function installMedia(runtime: Runtime) {
  const { device } = runtime
  const read = (filePath: unknown) => {
    const bytes = device.readFile(String(filePath))
    if (!bytes) throw new WxFail(`fail no such file or directory, open '${String(filePath)}'`)
    return bytes
  }
  const measure = async (bytes: Uint8Array) => {
    const { width = 0, height = 0, format = 'unknown', orientation } = await sharp(bytes).metadata()
    return { width, height, type: format, orientation: orientation && orientation > 1 ? `exif-${orientation}` : 'up' }
  }
  const place = ({ name, bytes, type = 'image' }: OfferedMedia) => ({
    tempFilePath: device.addFile(name, bytes),
    size: bytes.length,
    fileType: type
  })
  const pick = (options: WxOptions) => {
    const offered = device.answers.media.shift()
    if (!offered?.length) throw new WxFail('fail cancel')
    return offered.slice(0, Number(options.count ?? 9)).map(place)
  }

  runtime.define('chooseMedia', (options) => {
    const tempFiles = pick(options)
    return { tempFiles, type: tempFiles.some(({ fileType }) => fileType === 'video') ? 'mix' : 'image' }
  })
  runtime.define('chooseImage', (options) => {
    const files = pick(options)
    return {
      tempFilePaths: files.map(({ tempFilePath }) => tempFilePath),
      tempFiles: files.map(({ tempFilePath, size }) => ({ path: tempFilePath, size }))
    }
  })
  runtime.define('chooseMessageFile', (options) => ({
    tempFiles: pick(options).map(({ tempFilePath, size }) => ({
      path: tempFilePath,
      size,
      name: tempFilePath.replace(/^.*\//, ''),
      type: 'file'
    }))
  }))
  runtime.define('getImageInfo', async (options) => ({ path: options.src, ...(await measure(read(options.src)).catch(unreadable)) }))
  runtime.define('compressImage', async (options) => {
    const { compressedWidth, compressedHeight } = options as { compressedWidth?: number; compressedHeight?: number }
    const image = sharp(read(options.src)).rotate()
    if (compressedWidth || compressedHeight) image.resize({ width: compressedWidth, height: compressedHeight, fit: 'inside' })
    const bytes = await image
      .jpeg({ quality: Number(options.quality ?? 80) })
      .toBuffer()
      .catch(unreadable)
    return { tempFilePath: device.addFile('compressed.jpg', bytes) }
  })
}

function unreadable(): never {
  throw new WxFail('fail image decode fail')
}
