interface Stored {
  payload: { uid?: string; grantId?: string; consumed?: number } & Record<string, unknown>
  expiresAt: number
}

/** 每个 provider 各有一份的内存存储（oidc-provider 的 Adapter 接口）：登录中途重启只需重新登录，不影响已建立的会话。 */
export function memoryAdapter(): new (model: string) => MemoryAdapter {
  const stored = new Map<string, Stored>()
  return class extends MemoryAdapter {
    constructor(model: string) {
      super(model, stored)
    }
  }
}

class MemoryAdapter {
  constructor(private readonly model: string, private readonly stored: Map<string, Stored>) {}

  async upsert(id: string, payload: Stored['payload'], secondsToLive: number): Promise<void> {
    this.sweep()
    this.stored.set(this.key(id), { payload, expiresAt: Date.now() + secondsToLive * 1000 })
  }

  async find(id: string): Promise<Stored['payload'] | undefined> {
    const entry = this.stored.get(this.key(id))
    return entry && entry.expiresAt > Date.now() ? entry.payload : undefined
  }

  async findByUid(uid: string): Promise<Stored['payload'] | undefined> {
    for (const [key, { payload }] of this.stored) {
      if (key.startsWith(`${this.model}:`) && payload.uid === uid) return payload
    }
    return undefined
  }

  async consume(id: string): Promise<void> {
    const entry = this.stored.get(this.key(id))
    if (entry) entry.payload.consumed = Math.floor(Date.now() / 1000)
  }

  async destroy(id: string): Promise<void> {
    this.stored.delete(this.key(id))
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    for (const [key, { payload }] of this.stored) if (payload.grantId === grantId) this.stored.delete(key)
  }

  private key(id: string): string {
    return `${this.model}:${id}`
  }

  private sweep(): void {
    const now = Date.now()
    for (const [key, { expiresAt }] of this.stored) if (expiresAt <= now) this.stored.delete(key)
  }
}
