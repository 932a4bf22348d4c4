import http from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request as it comes by; with the status once its reply has. */
export interface Passage {
  method: string
  path: string
  status: number | null
}

/** Waits for one passage, then strikes: what it caught goes no further. */
interface Trap {
  /** `request`: before it is passed on. `reply`: after it was carried out, before whoever asked hears of it. */
  at: 'request' | 'reply'
  matches: (passage: Passage) => boolean
  strike: () => void
}

/** Stands between two programs, passes all on, and does harm at exactly the moment asked for. */
export class Gate {
  #trap: Trap | null = null

  private constructor(
    private readonly server: http.Server,
    private readonly targetPort: number
  ) {}

  static async open(targetPort: number): Promise<Gate> {
    const server = http.createServer()
    const gate = new Gate(server, targetPort)
    server.on('request', (request, reply) => gate.#pass(request, reply))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return gate
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  /** Sets the one trap; resolves when it has struck. */
  trap(at: Trap['at'], matches: Trap['matches'], strike: () => void): Promise<void> {
    return new Promise((resolve) => {
      this.#trap = {
        at,
        matches,
        strike: () => {
          strike()
          resolve()
        }
      }
    })
  }

  async close(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((resolve) => this.server.close(resolve))
  }

  #pass(request: http.IncomingMessage, reply: http.ServerResponse): void {
    const { method = 'GET', url: path = '/', headers } = request
    const cutOff = () => void request.socket.destroy()
    if (this.#isCaught('request', { method, path, status: null })) return cutOff()
    const onward = http.request({ host: '127.0.0.1', port: this.targetPort, method, path, headers, agent: false })
    onward.on('error', cutOff)
    onward.on('response', (answer) => {
      if (this.#isCaught('reply', { method, path, status: answer.statusCode ?? 0 })) return cutOff()
      reply.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
      answer.on('error', cutOff).pipe(reply)
    })
    request.on('error', () => onward.destroy()).pipe(onward)
  }

  #isCaught(at: Trap['at'], passage: Passage): boolean {
    const trap = this.#trap
    if (trap?.at !== at || !trap.matches(passage)) return false
    this.#trap = null
    trap.strike()
    return true
  }
}
