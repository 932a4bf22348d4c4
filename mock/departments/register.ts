import path from 'node:path'
import { Ledger } from '../ledger'
import { DepartmentRecords } from './records'
import type { DepartmentLine } from './records'

/** 部门审批系统的登记簿：账与折出来的现状。先落盘、后生效，所以送出去的一定在账上；同一件的事一件一件来。 */
export class Register {
  private readonly turns = new Map<string, Promise<unknown>>()

  private constructor(private readonly ledger: Ledger<DepartmentLine>, readonly records: DepartmentRecords, readonly now: () => number) {}

  /** @param scriptOn whether cases go on by themselves until the console says otherwise */
  static async open(dataDir: string, scriptOn: boolean, now: () => number): Promise<Register> {
    const ledger = await Ledger.open<DepartmentLine>(path.join(dataDir, 'departments.jsonl'))
    const records = new DepartmentRecords(scriptOn)
    for (const line of ledger.lines) records.apply(line)
    return new Register(ledger, records, now)
  }

  get lines(): readonly DepartmentLine[] {
    return this.ledger.lines
  }

  async record(line: DepartmentLine): Promise<void> {
    await this.ledger.append(line)
    this.records.apply(line)
  }

  inTurn<T>(caseNo: string, work: () => Promise<T>): Promise<T> {
    const turn = (this.turns.get(caseNo) ?? Promise.resolve()).then(work, work)
    this.turns.set(caseNo, turn)
    return turn
  }

  instant(): string {
    return new Date(this.now()).toISOString()
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.turns.values())
    await this.ledger.close()
  }
}
