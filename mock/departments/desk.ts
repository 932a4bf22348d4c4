import { randomUUID } from 'node:crypto'
import { setMaxListeners } from 'node:events'
import path from 'node:path'
import { setTimeout as setTimeoutPromise } from 'node:timers/promises'
import type { CaseMessage, DepartmentCallback, DispatchCase } from '../../contract/gateways/departments'
import type { MockConfig } from '../config'
import type { PrivateJwk } from '../keys'
import { Ledger } from '../ledger'
import type { LicenceLibrary } from '../licence-library/library'
import { readPopulation } from '../population/read'
import { nextStep, queueHead } from './case-file'
import type { CaseFile, EventType } from './case-file'
import { finishes, listedProcedure, nextFor } from './control'
import type { Control, EventDetails } from './control'
import { Courier, retryDelay } from './courier'
import { DepartmentRecords } from './records'
import type { DepartmentLine } from './records'
import { documentNumber, makeLicence } from './results'

const names = readPopulation<Record<string, string>>('departments.yml')
export const departmentName = (id: string): string => names[id] ?? id

const fileTries = 5

/** 部门审批系统的替身：收件、按脚本或控制台往下办、把每一步签名送回去。账在前，动作在后，重启接着办。 */
export class Desk {
  private readonly turns = new Map<string, Promise<unknown>>()
  private readonly timers = new Map<string, NodeJS.Timeout>()
  private readonly delivering = new Set<string>()
  private readonly stopping = new AbortController()

  private constructor(
    private readonly config: MockConfig, private readonly now: () => number, private readonly courier: Courier,
    private readonly library: LicenceLibrary, readonly ledger: Ledger<DepartmentLine>, readonly records: DepartmentRecords
  ) {
    setMaxListeners(0, this.stopping.signal)
  }

  static async open(config: MockConfig, now: () => number, key: PrivateJwk, library: LicenceLibrary): Promise<Desk> {
    const ledger = await Ledger.open<DepartmentLine>(path.join(config.dataDir, 'departments.jsonl'))
    const records = new DepartmentRecords(config.script)
    for (const line of ledger.lines) records.apply(line)
    return new Desk(config, now, new Courier(key), library, ledger, records)
  }

  /** 重启后接着办没办完的。 */
  resume(): void {
    for (const file of this.records.files.values()) {
      void this.fetchFiles(file)
      this.wake(file)
    }
  }

  /** 收件；同一 messageId 再来只认一次。「conflict」：这个办件号已由另一条消息派过。 */
  receiveCase(message: DispatchCase): Promise<'received' | 'conflict'> {
    return this.inTurn(message.caseNo, async () => {
      if (this.records.messageIds.has(message.messageId)) return 'received'
      if (this.records.files.has(message.caseNo)) return 'conflict'
      await this.record({ kind: 'case', at: this.instant(), message })
      this.afterwards(message.caseNo, file => { void this.fetchFiles(file) })
      return 'received'
    })
  }

  /** 收补正、容缺补齐、撤回、异议；没有收过这件就是 unknown。 */
  receiveMessage(departmentId: string, message: CaseMessage): Promise<'received' | 'unknown'> {
    return this.inTurn(message.caseNo, async () => {
      if (this.records.messageIds.has(message.messageId)) return 'received'
      if (!this.records.files.has(message.caseNo)) return 'unknown'
      await this.record({ kind: 'message', at: this.instant(), departmentId, message })
      this.afterwards(message.caseNo)
      return 'received'
    })
  }

  /** 照一条指令办一件；此刻不许就原样不动。 */
  act(control: Control, caseNo: string): Promise<'done' | 'impossible' | 'unknown'> {
    return this.inTurn(caseNo, async () => {
      const file = this.records.files.get(caseNo)
      if (!file) return 'unknown'
      for (let arrived = false; !arrived;) {
        const step = nextFor(control, file)
        if (!step) return 'impossible'
        await this.emit(file, step.type, step.details)
        arrived = finishes(control, step)
      }
      // 人停的表由人来恢复：脚本不得一个间隔之后就把它结束掉。
      if (control.action === 'stopClock' || control.action === 'resumeClock') await this.setScript(caseNo, control.action === 'resumeClock')
      this.afterwards(caseNo)
      return 'done'
    })
  }

  async setScript(caseNo: string | null, on: boolean): Promise<void> {
    await this.record({ kind: 'script', at: this.instant(), caseNo, on })
    this.wakeAll()
  }

  async setDown(departmentId: string | null, down: boolean): Promise<void> {
    await this.record({ kind: 'down', at: this.instant(), departmentId, down })
    this.wakeAll()
  }

  async close(): Promise<void> {
    this.stopping.abort()
    for (const timer of this.timers.values()) clearTimeout(timer)
    await Promise.allSettled(this.turns.values())
    await this.ledger.close()
  }

  private wakeAll(): void {
    for (const file of this.records.files.values()) this.wake(file)
  }

  /** 有没送到的先送；送完了，脚本隔一个演示间隔走下一步。 */
  private wake(file: CaseFile): void {
    const { caseNo, departmentId } = file.dispatch
    if (this.stopping.signal.aborted || this.records.isDown(departmentId)) return
    if (queueHead(file)) return void this.deliverQueue(file)
    if (!this.scriptRuns(file) || this.timers.has(caseNo)) return
    this.timers.set(caseNo, setTimeout(() => {
      this.timers.delete(caseNo)
      void this.inTurn(caseNo, async () => {
        const type = this.scriptRuns(file) && !this.records.isDown(departmentId) && !queueHead(file) ? nextStep(file) : null
        if (type) await this.emit(file, type, {})
      }).then(() => this.wake(file))
    }, this.config.paceMs))
  }

  private scriptRuns(file: CaseFile): boolean {
    return this.records.scriptOn && file.scripted && nextStep(file) !== null
  }

  private async deliverQueue(file: CaseFile): Promise<void> {
    const { caseNo, departmentId, callbackUrl } = file.dispatch
    if (this.delivering.has(caseNo)) return
    this.delivering.add(caseNo)
    let attempt = 0
    for (let head = queueHead(file); head; head = queueHead(file)) {
      if (this.stopping.signal.aborted || this.records.isDown(departmentId)) break
      const { eventId } = head
      const taken = await this.courier.deliver(callbackUrl, head)
      if (this.stopping.signal.aborted) break
      if (taken) {
        attempt = 0
        await this.inTurn(caseNo, () => this.record({ kind: 'delivered', at: this.instant(), caseNo, eventId }))
      } else {
        await this.rest(retryDelay(attempt++, this.config.paceMs))
      }
    }
    this.delivering.delete(caseNo)
    this.wake(file)
  }

  private async fetchFiles(file: CaseFile): Promise<void> {
    const { caseNo, callbackUrl, materials } = file.dispatch
    for (const wanted of materials.flatMap(material => material.files)) {
      for (let attempt = 0; attempt < fileTries && !file.files.has(wanted.id) && !this.stopping.signal.aborted; attempt++) {
        const intact = await this.courier.fetchFile(callbackUrl, wanted)
        if (this.stopping.signal.aborted) return
        if (intact === null) await this.rest(retryDelay(attempt, this.config.paceMs))
        else await this.inTurn(caseNo, () => this.record({ kind: 'file', at: this.instant(), caseNo, fileId: wanted.id, intact }))
      }
    }
  }

  private async emit(file: CaseFile, type: EventType, details: EventDetails): Promise<void> {
    const { dispatch } = file
    const event: DepartmentCallback = {
      eventId: randomUUID(), caseNo: dispatch.caseNo, departmentId: dispatch.departmentId, at: this.instant(), type,
      by: `${departmentName(dispatch.departmentId)}（模拟经办）`, ...await this.detailsOf(file, type), ...details
    }
    await this.record({ kind: 'event', at: event.at, event })
  }

  private async detailsOf(file: CaseFile, type: EventType): Promise<EventDetails> {
    const { dispatch, sequence } = file
    switch (type) {
      case 'preReviewPassed':
      case 'accepted': return { documentNo: documentNumber('受', sequence, this.now()) }
      case 'rejected': return { documentNo: documentNumber('不受', sequence, this.now()) }
      case 'specialProcedureStarted': return { procedure: listedProcedure(file) ?? undefined }
      case 'decided': return { outcome: 'approve', documentNo: documentNumber('决', sequence, this.now()) }
      case 'issued': return { licence: await this.issue(dispatch, sequence) }
      case 'resultReady': {
        const name = dispatch.result.kind === 'document' ? dispatch.result.name : dispatch.result.licenceName
        return { document: { name, number: documentNumber('办', sequence, this.now()) } }
      }
      default: return {}
    }
  }

  /** 发证即入库；途中断过就用已入库的那张。 */
  private async issue(dispatch: DispatchCase, sequence: number) {
    const earlier = this.library.issuedFor(dispatch.caseNo)
    if (earlier) return earlier
    const licence = makeLicence(dispatch, sequence, this.library, this.now())
    const representative = licence.type === 'biz-licence' ? dispatch.applicant.idCode : this.library.representativeOf(licence.holderIdCode)
    await this.library.add({ licence, caseNo: dispatch.caseNo, representative })
    return licence
  }

  private record(line: DepartmentLine): Promise<void> {
    this.records.apply(line)
    return this.ledger.append(line)
  }

  /** 同一件的事一件一件来。 */
  private inTurn<T>(caseNo: string, work: () => Promise<T>): Promise<T> {
    const turn = (this.turns.get(caseNo) ?? Promise.resolve()).then(work, work)
    this.turns.set(caseNo, turn)
    return turn
  }

  private afterwards(caseNo: string, also?: (file: CaseFile) => void): void {
    const file = this.records.files.get(caseNo)
    if (!file) return
    also?.(file)
    this.wake(file)
  }

  private async rest(milliseconds: number): Promise<void> {
    await setTimeoutPromise(milliseconds, undefined, { signal: this.stopping.signal }).catch(() => undefined)
  }

  private instant(): string {
    return new Date(this.now()).toISOString()
  }
}
