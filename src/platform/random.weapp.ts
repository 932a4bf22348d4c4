import Taro from '@tarojs/taro'
import type * as H from './random'

/** WeChat has no synchronous source of strong randomness; these keys only have to differ, they guard nothing. */
export const newKey: typeof H.newKey = () => {
  const part = () => Math.floor(Math.random() * 0x1_0000_0000).toString(16).padStart(8, '0')
  return Date.now().toString(16).padStart(16, '0') + part() + part()
}

export const secretBytes: typeof H.secretBytes = (length) =>
  new Promise((resolve, reject) => {
    Taro.getRandomValues({
      length,
      success: ({ randomValues }) => resolve(new Uint8Array(randomValues)),
      fail: ({ errMsg }) => reject(new Error(errMsg))
    })
  })
