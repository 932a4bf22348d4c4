import assert from 'node:assert/strict'
import jsQR from 'jsqr'
import sharp from 'sharp'
import { until } from './until'

/** What an independent decoder reads in a picture, for example a screenshot; undefined where there is nothing to read. */
export async function seekQr(picture: Buffer): Promise<string | undefined> {
  const { data, info } = await sharp(picture).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  return jsQR(new Uint8ClampedArray(data), info.width, info.height)?.data
}

/** What it reads in a picture that stands still. Fails where there is nothing to read. */
export async function decodeQr(picture: Buffer): Promise<string> {
  return (await seekQr(picture)) ?? assert.fail('no code can be read in the picture')
}

/** What the decoder reads as soon as it reads anything, and anything else than `before`: a code may just be on its way to the screen. */
export async function readQr(look: () => Promise<Buffer>, before?: string): Promise<string> {
  let text: string | undefined
  await until(`${before === undefined ? 'a' : 'another'} code on the screen`, async () => {
    text = await seekQr(await look())
    return text !== undefined && text !== before
  })
  return text ?? ''
}
