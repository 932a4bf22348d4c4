import type { CaseMessage, DepartmentCallback, DispatchCase } from '../../contract/gateways/departments'
import { applyEvent, applyMessage, newCaseFile } from './case-file'
import type { CaseFile } from './case-file'

/** 部门审批系统的账：收到的、发出的、送到的、控制台动过的，只增不改。 */
export type DepartmentLine =
  | { kind: 'case'; at: string; message: DispatchCase }
  | { kind: 'message'; at: string; departmentId: string; message: CaseMessage }
  | { kind: 'event'; at: string; event: DepartmentCallback }
  | { kind: 'delivered'; at: string; caseNo: string; eventId: string }
  | { kind: 'file'; at: string; caseNo: string; fileId: string; intact: boolean }
  | { kind: 'script'; at: string; caseNo: string | null; on: boolean }
  | { kind: 'down'; at: string; departmentId: string | null; down: boolean }

/** 从账折叠出来的现状；重启时重折一遍，行为照旧。 */
export class DepartmentRecords {
  readonly files = new Map<string, CaseFile>()
  readonly messageIds = new Set<string>()
  /** 宕机的部门；「全部」单记。 */
  readonly down = new Set<string>()
  allDown = false

  constructor(public scriptOn: boolean) {}

  apply(line: DepartmentLine): void {
    switch (line.kind) {
      case 'case':
        this.messageIds.add(line.message.messageId)
        this.files.set(line.message.caseNo, newCaseFile(line.message, line.at, this.files.size + 1))
        return
      case 'message':
        this.messageIds.add(line.message.messageId)
        return applyMessage(this.file(line.message.caseNo), line.at, line.message)
      case 'event':
        return applyEvent(this.file(line.event.caseNo), line.event)
      case 'delivered':
        for (const sent of this.file(line.caseNo).events) if (sent.event.eventId === line.eventId) sent.state = 'delivered'
        return
      case 'file':
        this.file(line.caseNo).files.set(line.fileId, line.intact)
        return
      case 'script':
        if (line.caseNo === null) this.scriptOn = line.on
        else this.file(line.caseNo).scripted = line.on
        return
      case 'down':
        if (line.departmentId === null) this.allDown = line.down
        else if (line.down) this.down.add(line.departmentId)
        else this.down.delete(line.departmentId)
    }
  }

  isDown(departmentId: string): boolean {
    return this.allDown || this.down.has(departmentId)
  }

  /** @throws {Error} the ledger names a case that it never received: it is not ours or damaged */
  private file(caseNo: string): CaseFile {
    const file = this.files.get(caseNo)
    if (!file) throw new Error(`账里没有收过办件 ${caseNo}`)
    return file
  }
}
