import type { CodeIssuer, CodeScene, CodeSceneList } from '../../contract/codes'
import type { OfflineReport, OfflineReported } from '../../contract/gateways/readers'
import type { PrivateJwk } from '../keys'
import { Ledger } from '../ledger'
import { signRequest } from '../signature'
import { readOffline } from './offline-code'
import type { OfflineContent } from './offline-code'

/** 没有网络时读一个码的结果：验过了，看到的只有这几样；没验过，为什么。 */
export type OfflineReading =
  | { ok: true; holder: OfflineContent['holder']; name: string; idLastFour: string; at: string; retentionDays: number }
  | { ok: false; reason: string; at: string }

type Report = OfflineReport['readings'][number]

/** 账上的一笔：取来的；读过的一个码（replay 是重放名单里的叫法，seconds 是读时的钟）；最早的几条已经补报。 */
type Line =
  | { issuer: CodeIssuer; scenes: CodeScene[] }
  | { replay: string; seconds: number; reading: Report }
  | { reported: number }

/** 一次最多补报几条（OfflineReport）。 */
const mostAtOnce = 100
/** 同一张证书同一时刻的码，多久以内再读算重放，秒。 */
const replaySeconds = 180

/**
 * 一个核码端没有网络时的那一半：有网络时取来签发方的公钥、作废名单与场景，之后自己验码，记着刚读过的，等联网了补报。
 * 取来的、读过的、报过的都先落账再作答：重启不忘记读过的码，也不丢没补报的。
 */
export class OfflineReader {
  private issuer: CodeIssuer | null = null
  private scenes: CodeScene[] = []
  private readonly readAt = new Map<string, number>()
  private waiting: Report[] = []
  private reporting: Promise<OfflineReported['results']> | null = null

  private constructor(
    private readonly server: string,
    private readonly key: PrivateJwk,
    private readonly now: () => number,
    private readonly ledger: Ledger<Line>
  ) {
    for (const line of ledger.lines) this.note(line)
  }

  /** 接着上一次的账。@param file 这个核码端的账 */
  static async open(file: string, server: string, key: PrivateJwk, now: () => number): Promise<OfflineReader> {
    return new OfflineReader(server, key, now, await Ledger.open<Line>(file))
  }

  close(): Promise<void> {
    return this.ledger.close()
  }

  /** 什么时候取的公钥；没取过是 null。 */
  get updatedAt(): string | null {
    return this.issuer?.at ?? null
  }

  /** 还没补报的有几条。 */
  get unreported(): number {
    return this.waiting.length
  }

  /** 取签发方的公钥、作废名单与场景。 */
  async update(): Promise<CodeIssuer> {
    const { scenes } = await this.fetched<CodeSceneList>('scenes')
    const issuer = await this.fetched<CodeIssuer>('issuer')
    await this.keep({ issuer, scenes })
    return issuer
  }

  /** 不用网络读一个码。@param shiftSeconds 核码端的钟快几秒（负数是慢），试验用 */
  async read(code: string, sceneId: string, shiftSeconds: number): Promise<OfflineReading> {
    const clock = this.now() + shiftSeconds * 1000
    const at = new Date(clock).toISOString()
    const refused = (reason: string): OfflineReading => ({ ok: false, reason, at })
    if (!this.issuer) return refused('issuer_unknown')
    const { issuer, keys, revokedCertificates } = this.issuer
    const known = { [issuer]: Object.fromEntries(keys.map(({ number, publicKey }) => [number, publicKey])) }
    const scene = this.scenes.find(({ id }) => id === sceneId)
    if (!scene?.offline) return refused('scene_online_only')
    const seconds = Math.floor(clock / 1000)
    const answer = readOffline(code, known, seconds)
    if (!answer.ok) return refused(answer.reason)
    const { certificateId, holder, name, idLastFour, time } = answer.content
    if (revokedCertificates.includes(certificateId)) return refused('certificate_revoked')
    if (scene.holder !== 'both' && scene.holder !== holder) return refused('holder_kind')
    const replay = `${certificateId}@${time}`
    if (this.wasRead(replay, seconds)) return refused('replayed')
    await this.keep({ replay, seconds, reading: { code, scene: sceneId, at } })
    return { ok: true, holder, name, idLastFour, at, retentionDays: scene.retentionDays }
  }

  /** 联网补报，一次一趟；送到了的不再留着。送到了却没来得及记账的会再报一次，平台认得。 */
  report(): Promise<OfflineReported['results']> {
    this.reporting ??= this.send().finally(() => { this.reporting = null })
    return this.reporting
  }

  private async send(): Promise<OfflineReported['results']> {
    const results: OfflineReported['results'] = []
    while (this.waiting.length > 0) {
      const readings = this.waiting.slice(0, mostAtOnce)
      const message: OfflineReport = { readings }
      const { url, ...signed } = await signRequest(this.key, 'POST', `${this.server}/api/v1/codes/readings/offline`, message)
      const response = await fetch(url, signed)
      if (!response.ok) throw new Error(`补报没有收下：${response.status}`)
      results.push(...(await response.json() as OfflineReported).results)
      await this.keep({ reported: readings.length })
    }
    return results
  }

  private wasRead(replay: string, now: number): boolean {
    for (const [old, at] of this.readAt) if (Math.abs(now - at) > replaySeconds) this.readAt.delete(old)
    return this.readAt.has(replay)
  }

  /** 先记在心里，同时来的第二个就读不成；落到盘上才算完。 */
  private keep(line: Line): Promise<void> {
    this.note(line)
    return this.ledger.append(line)
  }

  private note(line: Line): void {
    if ('issuer' in line) {
      this.issuer = line.issuer
      this.scenes = line.scenes
    } else if ('reported' in line) this.waiting = this.waiting.slice(line.reported)
    else {
      this.readAt.set(line.replay, line.seconds)
      this.waiting.push(line.reading)
    }
  }

  private async fetched<Answer>(what: 'issuer' | 'scenes'): Promise<Answer> {
    const response = await fetch(`${this.server}/api/v1/codes/${what}`)
    if (!response.ok) throw new Error(`取不到 ${what}：${response.status}`)
    return await response.json() as Answer
  }
}
