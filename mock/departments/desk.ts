import type { CaseMessage, DispatchCase } from '../../contract/gateways/departments'
import type { MockConfig } from '../config'
import type { MockKeys } from '../keys'
import type { LicenceLibrary } from '../licence-library/library'
import { Clockwork } from './clockwork'
import { finishes, nextFor } from './control'
import type { Control } from './control'
import { Courier } from './courier'
import type { DepartmentLine, DepartmentRecords } from './records'
import { Register } from './register'
import { Steps } from './steps'

/** 部门审批系统的替身：收件、按脚本或控制台往下办、把每一步签名送回去；重启接着办。 */
export class Desk {
  private constructor(private readonly register: Register, private readonly steps: Steps, private readonly clockwork: Clockwork) {}

  static async open(config: MockConfig, now: () => number, byDepartment: MockKeys['byDepartment'], library: LicenceLibrary): Promise<Desk> {
    const register = await Register.open(config.dataDir, config.script, now)
    const steps = new Steps(register, library)
    return new Desk(register, steps, new Clockwork(register, steps, new Courier(byDepartment), config.paceMs))
  }

  get records(): DepartmentRecords {
    return this.register.records
  }

  get lines(): readonly DepartmentLine[] {
    return this.register.lines
  }

  /** 重启后接着办没办完的。 */
  resume(): void {
    for (const file of this.records.files.values()) void this.clockwork.fetchFiles(file)
    this.clockwork.wakeAll()
  }

  /** 收件；同一 messageId 再来只认一次。「conflict」：这个办件号已由另一条消息派过。 */
  receiveCase(message: DispatchCase): Promise<'received' | 'conflict'> {
    return this.register.inTurn(message.caseNo, async () => {
      if (this.records.messageIds.has(message.messageId)) return 'received'
      if (this.records.files.has(message.caseNo)) return 'conflict'
      await this.register.record({ kind: 'case', at: this.register.instant(), message })
      const file = this.records.files.get(message.caseNo)
      if (file) void this.clockwork.fetchFiles(file)
      this.wake(message.caseNo)
      return 'received'
    })
  }

  /** 收补正、容缺补齐、撤回、异议；没有收过这件就是 unknown。 */
  receiveMessage(departmentId: string, message: CaseMessage): Promise<'received' | 'unknown'> {
    return this.register.inTurn(message.caseNo, async () => {
      if (this.records.messageIds.has(message.messageId)) return 'received'
      if (!this.records.files.has(message.caseNo)) return 'unknown'
      await this.register.record({ kind: 'message', at: this.register.instant(), departmentId, message })
      this.wake(message.caseNo)
      return 'received'
    })
  }

  /** 照一条指令办一件；此刻不许就原样不动。 */
  act(control: Control, caseNo: string): Promise<'done' | 'impossible' | 'unknown'> {
    return this.register.inTurn(caseNo, async () => {
      const file = this.records.files.get(caseNo)
      if (!file) return 'unknown'
      for (let arrived = false; !arrived;) {
        const step = nextFor(control, file)
        if (!step) return 'impossible'
        await this.steps.take(file, step.type, step.details)
        arrived = finishes(control, step)
      }
      // 人停的表由人来恢复：脚本不得一个间隔之后就把它结束掉。
      if (control.action === 'stopClock' || control.action === 'resumeClock') await this.setScript(caseNo, control.action === 'resumeClock')
      this.wake(caseNo)
      return 'done'
    })
  }

  /** @param caseNo null 表示全部 */
  async setScript(caseNo: string | null, on: boolean): Promise<void> {
    await this.register.record({ kind: 'script', at: this.register.instant(), caseNo, on })
    this.clockwork.wakeAll()
  }

  /** @param departmentId null 表示全部 */
  async setDown(departmentId: string | null, down: boolean): Promise<void> {
    await this.register.record({ kind: 'down', at: this.register.instant(), departmentId, down })
    this.clockwork.wakeAll()
  }

  close(): Promise<void> {
    this.clockwork.stop()
    return this.register.close()
  }

  private wake(caseNo: string): void {
    const file = this.records.files.get(caseNo)
    if (file) this.clockwork.wake(file)
  }
}
