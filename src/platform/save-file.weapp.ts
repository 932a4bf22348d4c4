import Taro from '@tarojs/taro'
import type * as H from './save-file'

export const saveTextFile: typeof H.saveTextFile = async (name, text) => {
  const filePath = `${Taro.env.USER_DATA_PATH}/${name}`
  try {
    Taro.getFileSystemManager().writeFileSync(filePath, text, 'utf8')
    await Taro.shareFileMessage({ filePath, fileName: name })
    return true
  } catch {
    return false
  }
}
