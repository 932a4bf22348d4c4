import { setMaxListeners } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { nextStep, queueHead } from './case-file'
import type { CaseFile } from './case-file'
import { retryDelay } from './courier'
import type { Courier } from './courier'
import type { Register } from './register'
import type { Steps } from './steps'

const fileTries = 5

/** 让办件自己动起来：先把没送到的按次序送到为止，送完了脚本隔一个演示间隔走下一步；宕机期间什么也不动。 */
export class Clockwork {
  private readonly timers = new Map<string, NodeJS.Timeout>()
  private readonly delivering = new Set<string>()
  private readonly stopping = new AbortController()

  constructor(
    private readonly register: Register, private readonly steps: Steps, private readonly courier: Courier, private readonly paceMs: number
  ) {
    setMaxListeners(0, this.stopping.signal)
  }

  wakeAll(): void {
    for (const file of this.register.records.files.values()) this.wake(file)
  }

  wake(file: CaseFile): void {
    if (this.stopped || this.register.records.isDown(file.dispatch.departmentId)) return
    const { caseNo } = file.dispatch
    if (queueHead(file)) return void this.deliverQueue(file)
    if (!this.scriptRuns(file) || this.timers.has(caseNo)) return
    this.timers.set(caseNo, setTimeout(() => {
      this.timers.delete(caseNo)
      void this.register.inTurn(caseNo, () => this.takeScriptedStep(file)).then(() => this.wake(file))
    }, this.paceMs))
  }

  /** 取随件送来的文件，核对大小与摘要；取不到就隔一会儿再取，几次不成就算了，控制台上看得到。 */
  async fetchFiles(file: CaseFile): Promise<void> {
    const { caseNo, materials } = file.dispatch
    for (const wanted of materials.flatMap(material => material.files)) {
      for (let attempt = 0; attempt < fileTries && !file.files.has(wanted.id); attempt++) {
        const intact = await this.courier.fetchFile(file.dispatch, wanted)
        if (this.stopped) return
        if (intact === null) await this.rest(retryDelay(attempt, this.paceMs))
        else await this.register.inTurn(caseNo, () => this.register.record(
          { kind: 'file', at: this.register.instant(), caseNo, fileId: wanted.id, intact }
        ))
      }
    }
  }

  stop(): void {
    this.stopping.abort()
    for (const timer of this.timers.values()) clearTimeout(timer)
  }

  private get stopped(): boolean {
    return this.stopping.signal.aborted
  }

  private scriptRuns(file: CaseFile): boolean {
    return this.register.records.scriptOn && file.scripted && nextStep(file) !== null
  }

  private async takeScriptedStep(file: CaseFile): Promise<void> {
    const held = this.stopped || this.register.records.isDown(file.dispatch.departmentId) || queueHead(file) !== null
    const type = held || !this.scriptRuns(file) ? null : nextStep(file)
    if (type) await this.steps.take(file, type, {})
  }

  private async deliverQueue(file: CaseFile): Promise<void> {
    const { caseNo, departmentId, callbackUrl } = file.dispatch
    if (this.delivering.has(caseNo)) return
    this.delivering.add(caseNo)
    let attempt = 0
    for (let head = queueHead(file); head && !this.register.records.isDown(departmentId); head = queueHead(file)) {
      const { eventId } = head
      const taken = await this.courier.deliver(callbackUrl, head)
      if (this.stopped) return
      if (taken) {
        attempt = 0
        await this.register.inTurn(caseNo, () => this.register.record(
          { kind: 'delivered', at: this.register.instant(), caseNo, eventId }
        ))
      } else {
        await this.rest(retryDelay(attempt++, this.paceMs))
      }
    }
    this.delivering.delete(caseNo)
    this.wake(file)
  }

  private async rest(milliseconds: number): Promise<void> {
    await pause(milliseconds, undefined, { signal: this.stopping.signal }).catch(() => undefined)
  }
}
