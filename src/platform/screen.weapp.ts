import Taro from '@tarojs/taro'
import type * as H from './screen'

export const lightUp: typeof H.lightUp = () => {
  const ignore = () => undefined
  const before = Taro.getScreenBrightness().then(({ value }) => value, () => null)
  const lit = before.then(() => Taro.setScreenBrightness({ value: 1 })).catch(ignore)
  void Taro.setKeepScreenOn({ keepScreenOn: true }).catch(ignore)
  return () => {
    void lit.then(() => before).then((value) => (value === null ? undefined : Taro.setScreenBrightness({ value }))).catch(ignore)
    void Taro.setKeepScreenOn({ keepScreenOn: false }).catch(ignore)
  }
}
