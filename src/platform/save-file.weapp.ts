import Taro from '@tarojs/taro'
import type * as H from './save-file'

export const opensFiles: typeof H.opensFiles = true

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

/** The phone's own viewer shows the file; its menu sends it on or keeps it. WeChat writes a refusal into the file too: that one goes. */
export const saveFileFrom: typeof H.saveFileFrom = async ({ url, headers, name }) => {
  const filePath = `${Taro.env.USER_DATA_PATH}/${name}`
  const { statusCode: status } = await Taro.downloadFile({ url, header: headers, filePath })
  const files = Taro.getFileSystemManager()
  if (status < 200 || status > 299) {
    const text = files.readFileSync(filePath, 'utf8') as string
    files.unlinkSync(filePath)
    return { status, text, given: false }
  }
  const given = await Taro.openDocument({ filePath, fileType: 'pdf', showMenu: true }).then(
    () => true,
    () => false
  )
  if (!given) files.unlinkSync(filePath)
  return { status, text: '', given }
}
