import Taro from '@tarojs/taro'
import type * as H from './scan'

export const canScan: typeof H.canScan = true

export const scan: typeof H.scan = () =>
  Taro.scanCode({ scanType: ['qrCode'] }).then(
    ({ result }) => result,
    () => null
  )
