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

/** The phone's own viewer shows the file; its menu sends it on or keeps it. */
export const saveFileFrom: typeof H.saveFileFrom = async ({ url, headers, name }) => {
  const filePath = `${Taro.env.USER_DATA_PATH}/${name}`
  const { statusCode } = await Taro.downloadFile({ url, header: headers, filePath })
  const files = Taro.getFileSystemManager()
  if (statusCode < 200 || statusCode > 299) return { status: statusCode, text: files.readFileSync(filePath, 'utf8') as string }
  await Taro.openDocument({ filePath, fileType: 'pdf', showMenu: true })
  return { status: statusCode, text: '' }
}
