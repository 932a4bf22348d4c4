import Taro from '@tarojs/taro'
import type * as H from './paint'

/** A page that is closed before its data has arrived never says that it was painted. */
const PATIENCE_MS = 3000

export const afterPaint: typeof H.afterPaint = (run) => {
  const patience = setTimeout(run, PATIENCE_MS)
  Taro.nextTick(() => {
    clearTimeout(patience)
    setTimeout(run)
  })
}
