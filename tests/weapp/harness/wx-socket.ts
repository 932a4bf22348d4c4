import { WebSocket } from 'ws'
import { Listeners } from './listeners'
import type { Runtime } from './runtime'
import { WxFail, type WxOptions } from './types'
import { DISCONNECTED } from './wx-network'

type SocketEvent = 'open' | 'message' | 'close' | 'error'

/** wx.connectSocket over a real WebSocket; text frames only. */
export function installSocket(runtime: Runtime) {
  const { realm } = runtime
  realm.wx.connectSocket = (options: WxOptions) => {
    runtime.calls.push(['connectSocket', options])
    const [open, message, close, error] = [new Listeners(realm), new Listeners(realm), new Listeners(realm), new Listeners(realm)] as const
    const events = { open, message, close, error }
    const fire = (event: SocketEvent, detail: unknown) => events[event].fire(detail)
    const fail = (message: string) => {
      realm.clock.setTimeout(() => {
        fire('error', { errMsg: message })
        fire('close', { code: 1006, reason: 'abnormal closure' })
      }, 0)
      return undefined
    }
    const socket = connect(runtime, options, fire, fail)
    const answer = (name: string, given: WxOptions, problem?: Error) =>
      runtime.answer(
        name,
        { success: () => {}, ...given },
        problem ? Promise.reject(new WxFail(`fail ${problem.message}`)) : Promise.resolve()
      )
    answer('connectSocket', options)
    return {
      onOpen: open.add,
      onMessage: message.add,
      onClose: close.add,
      onError: error.add,
      send: (given: WxOptions) => {
        if (socket?.readyState !== WebSocket.OPEN) return answer('sendSocketMessage', given, new Error('SocketTask.readyState is not OPEN'))
        socket.send(String(given.data), (problem) => answer('sendSocketMessage', given, problem ?? undefined))
      },
      close: (given: WxOptions = {}) => {
        socket?.close(Number(given.code ?? 1000), given.reason === undefined ? undefined : String(given.reason))
        answer('closeSocket', given)
      },
      get readyState() {
        return socket?.readyState ?? WebSocket.CLOSED
      },
      CONNECTING: WebSocket.CONNECTING,
      OPEN: WebSocket.OPEN,
      CLOSING: WebSocket.CLOSING,
      CLOSED: WebSocket.CLOSED
    }
  }
}

function connect(
  runtime: Runtime,
  options: WxOptions,
  fire: (event: SocketEvent, detail: unknown) => void,
  fail: (message: string) => undefined
) {
  const { online, socketsPass } = runtime.device
  if (!online || !socketsPass) return fail(DISCONNECTED)
  try {
    const headers = (options.header ?? {}) as Record<string, string>
    const socket = new WebSocket(runtime.route(String(options.url)), (options.protocols ?? []) as string[], { headers })
    const forget = runtime.hold(() => socket.terminate())
    socket.on('open', () => fire('open', { header: {} }))
    socket.on('message', (data, binary) => binary || fire('message', { data: String(data) }))
    socket.on('error', (error) => fire('error', { errMsg: error.message }))
    socket.on('close', (code, reason) => {
      forget()
      fire('close', { code, reason: String(reason) })
    })
    return socket
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error))
  }
}
