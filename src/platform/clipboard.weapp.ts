import Taro from '@tarojs/taro'
import type * as H from './clipboard'

export const copyText: typeof H.copyText = (text) => Taro.setClipboardData({ data: text }).then(() => true, () => false)
