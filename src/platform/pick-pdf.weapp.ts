import Taro from '@tarojs/taro'
import { maxPdfBytes } from './file-limits'
import type * as H from './pick-pdf'

/** From a chat: that is where a PDF comes from on a phone with WeChat. */
export const pickPdf: typeof H.pickPdf = async () => {
  const chosen = await Taro.chooseMessageFile({ count: 1, type: 'file', extension: ['pdf'] }).catch(() => undefined)
  const file = chosen?.tempFiles[0]
  if (!file) return null
  if (file.size > maxPdfBytes) return 'too_large'
  return { name: file.name, bytes: Taro.getFileSystemManager().readFileSync(file.path) as ArrayBuffer }
}
