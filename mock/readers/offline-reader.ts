import type { CodeIssuer, CodeScene, CodeSceneList } from '../../contract/codes'
import type { OfflineReport, OfflineReported } from '../../contract/gateways/readers'
import type { PrivateJwk } from '../keys'
import { signRequest } from '../signature'
import { readOffline } from './offline-code'
import type { OfflineContent } from './offline-code'

/** 没有网络时读一个码的结果：验过了，看到的只有这几样；没验过，为什么。 */
type OfflineReading =
  | { ok: true; holder: OfflineContent['holder']; name: string; idLastFour: string; at: string; retentionDays: number }
  | { ok: false; reason: string; at: string }

type Report = OfflineReport['readings'][number]

/** 一次最多补报几条（OfflineReport）。 */
const mostAtOnce = 100
/** 同一张证书同一时刻的码，多久以内再读算重放，秒。 */
const replaySeconds = 180

/**
 * 一个核码端没有网络时的那一半：有网络时取来签发方的公钥、作废名单与场景，之后自己验码，记着刚读过的，等联网了补报。
 * 只在内存里：重启就忘。
 */
export class OfflineReader {
  private issuer: CodeIssuer | null = null
  private scenes: CodeScene[] = []
  private readonly readAt = new Map<string, number>()
  private waiting: Report[] = []

  constructor(
    private readonly server: string,
    private readonly key: PrivateJwk,
    private readonly now: () => number
  ) {}

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
    this.issuer = await this.fetched<CodeIssuer>('issuer')
    this.scenes = scenes
    return this.issuer
  }

  /** 不用网络读一个码。@param shiftSeconds 核码端的钟快几秒（负数是慢），试验用 */
  read(code: string, sceneId: string, shiftSeconds: number): OfflineReading {
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
    if (!this.admit(`${certificateId}@${time}`, seconds)) return refused('replayed')
    this.waiting.push({ code, scene: sceneId, at })
    return { ok: true, holder, name, idLastFour, at, retentionDays: scene.retentionDays }
  }

  /** 联网补报；送到了的不再留着。 */
  async report(): Promise<OfflineReported['results']> {
    const results: OfflineReported['results'] = []
    while (this.waiting.length > 0) {
      const readings = this.waiting.slice(0, mostAtOnce)
      const message: OfflineReport = { readings }
      const { url, ...signed } = await signRequest(this.key, 'POST', `${this.server}/api/v1/codes/readings/offline`, message)
      const response = await fetch(url, signed)
      if (!response.ok) throw new Error(`补报没有收下：${response.status}`)
      results.push(...(await response.json() as OfflineReported).results)
      this.waiting = this.waiting.slice(readings.length)
    }
    return results
  }

  private admit(key: string, now: number): boolean {
    for (const [old, at] of this.readAt) if (Math.abs(now - at) > replaySeconds) this.readAt.delete(old)
    if (this.readAt.has(key)) return false
    this.readAt.set(key, now)
    return true
  }

  private async fetched<Answer>(what: 'issuer' | 'scenes'): Promise<Answer> {
    const response = await fetch(`${this.server}/api/v1/codes/${what}`)
    if (!response.ok) throw new Error(`取不到 ${what}：${response.status}`)
    return await response.json() as Answer
  }
}
