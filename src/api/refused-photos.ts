import type { PickResult, RefusedPhoto } from '../platform/upload-types'

/** Most photos of one material; the server takes no more. */
export const mostPhotos = 9

const reasons: Record<RefusedPhoto, string> = {
  too_large: '超过 20 MB，没有收下。请压缩后再传，或改用拍照',
  not_a_photo: '打不开，不是照片，没有收下。请换一张照片，或当场拍照',
  cut_off: '不完整，只有一部分，没有收下。请重新拍一张，或换一份'
}

/** Which of the picked photos were not taken, why, and the mend; empty when all were. */
export const refusedText = (refused: PickResult['refused']): string =>
  refused.map(({ name, reason }) => `「${name}」${reasons[reason]}。`).join('')
