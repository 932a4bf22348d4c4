import Taro from '@tarojs/taro'
import type * as H from './secrets'
import { storageKey } from './storage.weapp'

/** Taro's types don't know `encrypt`, WeChat since 2.21.3 does; before that it is kept in clear. */
const placeOf = (key: string) => ({ key: storageKey(key), encrypt: true })

export const writeSecret: typeof H.writeSecret = (key, value) =>
  Taro.setStorage({ ...placeOf(key), data: JSON.stringify(value) }).then(() => true, () => false)

export const readSecret: typeof H.readSecret = async <T>(key: string) => {
  try {
    const { data } = await Taro.getStorage<string>(placeOf(key))
    return JSON.parse(data) as T
  } catch {
    return undefined
  }
}
