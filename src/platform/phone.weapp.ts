import Taro from '@tarojs/taro'
import type * as H from './phone'

export const dial: typeof H.dial = (number) => void Taro.makePhoneCall({ phoneNumber: number }).catch(() => undefined)
