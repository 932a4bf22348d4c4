import assert from 'node:assert/strict'
import jsQR from 'jsqr'
import sharp from 'sharp'

/** What an independent decoder reads in a picture, for example a screenshot. Fails where there is nothing to read. */
export async function decodeQr(picture: Buffer): Promise<string> {
  const { data, info } = await sharp(picture).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  const found = jsQR(new Uint8ClampedArray(data), info.width, info.height)
  assert.ok(found, 'no code can be read in the picture')
  return found.data
}
