import Taro from '@tarojs/taro'
import type * as H from './storage'

const prefix = 'zsb.'

/** What a key of ours is called in WeChat's storage. */
export const storageKey = (key: string): string => prefix + key

export const readStored: typeof H.readStored = <T>(key: string) => {
  const text: unknown = Taro.getStorageSync(prefix + key)
  return typeof text === 'string' && text !== '' ? JSON.parse(text) as T : undefined
}

export const writeStored: typeof H.writeStored = (key, value) => {
  try {
    Taro.setStorageSync(prefix + key, JSON.stringify(value))
    return true
  } catch {
    return false
  }
}

export const removeStored: typeof H.removeStored = (key) => Taro.removeStorageSync(prefix + key)

/** WeChat keeps logs of its own in this folder; ours are the PDFs and receipts that the person had shown or sent on. */
export const removeFiles: typeof H.removeFiles = () => {
  const files = Taro.getFileSystemManager()
  const folder = String(Taro.env.USER_DATA_PATH)
  try {
    const ours = files.readdirSync(folder).filter((name) => /\.(pdf|json)$/.test(name))
    ours.forEach((name) => files.unlinkSync(`${folder}/${name}`))
  } catch {
    // What is being read at this moment can't be erased; the next signing out does.
  }
}

export const storedKeys: typeof H.storedKeys = (start = '') =>
  Taro.getStorageInfoSync().keys.filter((key) => key.startsWith(prefix + start)).map((key) => key.slice(prefix.length))

export const onChangedElsewhere: typeof H.onChangedElsewhere = () => () => undefined
