import assert from 'node:assert/strict'
import jsQR from 'jsqr'
import type { Locator } from 'playwright-core'
import sharp from 'sharp'

/** What an independent decoder reads in a screenshot of this part of the page. */
export async function readQr(part: Locator): Promise<string> {
  const { data, info } = await sharp(await part.screenshot()).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  const found = decode(new Uint8ClampedArray(data), info.width, info.height)
  assert.ok(found, 'no code can be read in the picture')
  return found.data
}

/** A CommonJS package: its one function may come wrapped once more. */
const decode = ((jsQR as unknown as { default?: typeof jsQR }).default ?? jsQR) as typeof jsQR
