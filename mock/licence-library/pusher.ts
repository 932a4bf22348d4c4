import type { MockConfig } from '../config'
import { retryDelay } from '../departments/courier'
import type { PrivateJwk } from '../keys'
import { signRequest } from '../signature'
import type { LicenceLibrary } from './library'

/** 说了也不会再收的答复以外，都当作一时送不到：401 也是，对方可能还没取到我们的新公钥。 */
const notNow = [401, 408, 425, 429]

/** 把库里的变化按先后逐条签名推给平台，送到为止；重启接着送。 */
export class Pusher {
  private timer: NodeJS.Timeout | null = null
  private running: Promise<void> = Promise.resolve()
  private attempt = 0
  private stopped = false

  constructor(
    private readonly config: Pick<MockConfig, 'serverOrigin' | 'paceMs'>, private readonly library: LicenceLibrary,
    private readonly key: PrivateJwk
  ) {}

  /** 有新的，或刚打开：马上试。 */
  wake(): void {
    if (this.stopped) return
    if (this.timer) clearTimeout(this.timer)
    this.timer = null
    this.running = this.running.then(() => this.pushAll())
  }

  async stop(): Promise<void> {
    this.stopped = true
    if (this.timer) clearTimeout(this.timer)
    await this.running
  }

  private async pushAll(): Promise<void> {
    for (const { event, outcome } of this.library.changes()) {
      if (this.stopped) return
      if (outcome !== null) continue
      const answer = await this.push(event)
      if (answer === 'again') {
        this.timer = setTimeout(() => this.wake(), retryDelay(this.attempt++, this.config.paceMs))
        return
      }
      this.attempt = 0
      await this.library.notePushed(event.eventId, answer)
    }
  }

  private async push(event: object): Promise<'delivered' | 'refused' | 'again'> {
    const target = `${this.config.serverOrigin}/api/v1/licences/changes`
    const { method, url, headers, body } = await signRequest(this.key, 'POST', target, event)
    try {
      const response = await fetch(url, { method, headers, body, signal: AbortSignal.timeout(10_000) })
      await response.arrayBuffer()
      if (response.ok) return 'delivered'
      return response.status >= 400 && response.status < 500 && !notNow.includes(response.status) ? 'refused' : 'again'
    } catch {
      return 'again'
    }
  }
}
