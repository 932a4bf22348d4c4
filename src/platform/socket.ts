import { apiOrigin } from './origin'

interface SocketHandlers {
  onOpen?: () => void
  onMessage: (text: string) => void
  /** Closed by either side or lost; called once. */
  onClose: () => void
}

interface Socket {
  close: () => void
}

/** Opens a WebSocket to the API's origin; `path` starts with a slash. */
export function openSocket(path: string, handlers: SocketHandlers): Socket {
  const socket = new WebSocket((apiOrigin || location.origin).replace(/^http/, 'ws') + path)
  socket.onopen = () => handlers.onOpen?.()
  socket.onmessage = (event) => handlers.onMessage(String(event.data))
  socket.onclose = () => handlers.onClose()
  return { close: () => socket.close() }
}
