import jsQR from 'jsqr'
import sharp from 'sharp'

/** 长边缩到这么多像素再找：手机照片太大，找得慢，也找不准。 */
const longestSide = 1600

/** 截屏或照片里的二维码；图里没有、或不是图，是 null。 */
export async function codeInPicture(picture: Buffer): Promise<string | null> {
  const upright = sharp(picture).rotate().resize(longestSide, longestSide, { fit: 'inside', withoutEnlargement: true }).ensureAlpha().raw()
  const pixels = await upright.toBuffer({ resolveWithObject: true }).catch(() => null)
  return pixels && (jsQR(new Uint8ClampedArray(pixels.data), pixels.info.width, pixels.info.height)?.data ?? null)
}
