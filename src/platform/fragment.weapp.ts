import Taro from '@tarojs/taro'
import type * as H from './fragment'

/** A mini-program opened by scanning an ordinary address gets that address, encoded, as the parameter `q`. */
export const fragmentNow: typeof H.fragmentNow = () => {
  const address = decodeURIComponent(Taro.getCurrentInstance().router?.params.q ?? '')
  const at = address.indexOf('#')
  return at < 0 ? '' : address.slice(at + 1)
}

export const forgetFragment: typeof H.forgetFragment = () => undefined

export const onFragmentChange: typeof H.onFragmentChange = () => () => undefined
