import Taro from '@tarojs/taro'
import type * as H from './scroll'

export const scrollToId: typeof H.scrollToId = (id) => {
  void Taro.pageScrollTo({ selector: `#${id}`, offsetTop: -80, duration: 200 }).catch(() => undefined)
}

export const focusId: typeof H.focusId = (id) => scrollToId(id)
