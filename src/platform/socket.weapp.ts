import Taro from '@tarojs/taro'
import { apiOrigin } from './origin'
import type * as H from './socket'

export const openSocket: typeof H.openSocket = (path, handlers) => {
  let over = false
  let task: Taro.SocketTask | undefined
  function end() {
    if (over) return
    over = true
    handlers.onClose()
  }
  Taro.connectSocket({ url: apiOrigin.replace(/^http/, 'ws') + path }).then((opened) => {
    task = opened
    if (over) return opened.close({})
    opened.onOpen(() => handlers.onOpen?.())
    opened.onMessage(({ data }: { data: unknown }) => handlers.onMessage(String(data)))
    opened.onClose(end)
    opened.onError(end)
  }).catch(end)
  return { close: () => {
    task?.close({})
    end()
  } }
}
