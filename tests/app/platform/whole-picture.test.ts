import sharp from 'sharp'
import { isWholePicture } from '../../../src/platform/whole-picture'

const noise = () => sharp({
  create: { width: 160, height: 120, channels: 3, background: '#888', noise: { type: 'gaussian', mean: 128, sigma: 60 } }
})

test.each([
  ['JPEG', noise().jpeg()],
  ['逐行的 JPEG', noise().jpeg({ progressive: true })],
  ['PNG', noise().png()],
  ['WebP', noise().webp()]
])('%s 完整的认得出，少了尾巴、少了一半的也认得出', async (_, picture) => {
  const bytes = new Uint8Array(await picture.toBuffer())
  expect(isWholePicture(bytes)).toBe(true)
  for (const left of [bytes.length - 2, bytes.length >> 1, 40]) expect(isWholePicture(bytes.slice(0, left))).toBe(false)
})

test('手机在照片后面附的东西不碍事；缩略图的结尾不算照片的结尾', async () => {
  const bytes = new Uint8Array(await noise().jpeg().toBuffer())
  expect(isWholePicture(new Uint8Array([...bytes, ...Buffer.from('SEFT trailer')]))).toBe(true)
  const thumbnail = [0xff, 0xe1, 0, 6, 0xff, 0xd8, 0xff, 0xd9]
  const cut = new Uint8Array([...bytes.slice(0, 2), ...thumbnail, ...bytes.slice(2, bytes.length >> 1)])
  expect(isWholePicture(cut)).toBe(false)
})
