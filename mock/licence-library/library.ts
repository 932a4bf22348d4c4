import { randomUUID } from 'node:crypto'
import path from 'node:path'
import type { IssuedLicence } from '../../contract/gateways/departments'
import type { LibraryChange, LibraryLicence } from '../../contract/gateways/licence-library'
import { Ledger } from '../ledger'
import { beijingDay } from '../population/read'
import { carryOut } from './actions'
import type { LibraryControl, Standing } from './actions'
import { holders, populate } from './population'
import type { Entry, Holder } from './population'

export type PushOutcome = 'delivered' | 'refused'
type ChangeLine = { kind: 'change'; action: LibraryControl['action']; event: LibraryChange; representative: string | null }
type Line =
  | { kind: 'opened'; on: string }
  | ({ kind: 'licence' } & IssuedEntry)
  | ChangeLine
  | { kind: 'pushed'; eventId: string; outcome: PushOutcome }

/** 部门签发的一张，记着是哪一件发的。 */
interface IssuedEntry extends Entry {
  caseNo: string
}

/** 电子证照库的替身：演示证照来自数据文件；部门签发的、库里变更的只增不改地记在账上。 */
export class LicenceLibrary {
  private constructor(
    private readonly ledger: Ledger<Line>, private readonly now: () => number, readonly start: string, private readonly population: Entry[]
  ) {}

  /** `start` 是第一次打开的日子：演示数据里的相对日期都从它算起。 */
  static async open(dataDir: string, now: () => number): Promise<LicenceLibrary> {
    const ledger = await Ledger.open<Line>(path.join(dataDir, 'licence-library.jsonl'))
    if (ledger.lines.length === 0) await ledger.append({ kind: 'opened', on: beijingDay(now()) })
    const opened = ledger.lines.find(line => line.kind === 'opened')
    const start = opened?.on ?? beijingDay(now())
    return new LicenceLibrary(ledger, now, start, populate(start))
  }

  /** 一个主体名下的证照，每张只给最新一版；类型为空表示全部。 */
  query(holderIdCode: string, types: string[]): LibraryLicence[] {
    return this.standing()
      .filter(({ licence, representative }) => licence.holderIdCode === holderIdCode || representative === holderIdCode)
      .filter(({ licence }) => types.length === 0 || types.includes(licence.type))
      .map(({ licence, status }) => ({ ...licence, status }))
  }

  /** 同一持证人同一类证的最新一版：换发时版本加一。 */
  latest(type: string, holderIdCode: string): IssuedLicence | null {
    return this.find(type, holderIdCode)?.licence ?? null
  }

  /** 入库：一件只发一张。 */
  async add(entry: IssuedEntry): Promise<void> {
    await this.ledger.append({ kind: 'licence', ...entry })
  }

  /** 这一件已经发过的证；发证途中重启，接着用同一张。 */
  issuedFor(caseNo: string): IssuedLicence | null {
    return this.issued().find(entry => entry.caseNo === caseNo)?.licence ?? null
  }

  /** 企业的法定代表人：按营业执照找；不是企业就没有。 */
  representativeOf(holderIdCode: string | null): string | null {
    return (holderIdCode === null ? undefined : this.find('biz-licence', holderIdCode))?.representative ?? null
  }

  /** 已经发出去的每一张，演示数据不算。 */
  issued(): IssuedEntry[] {
    return this.ledger.lines.filter(line => line.kind === 'licence')
  }

  /** 照一条指令改库里的一本，记在账上等着推送；`unknown`：没有这个主体。 */
  async change(control: LibraryControl): Promise<{ outcome: 'done'; eventId: string } | { outcome: 'impossible' | 'unknown' }> {
    const { action, holderIdCode, type, reason } = control
    const held = this.find(type, holderIdCode)
    const holder = holders.find(({ idCode }) => idCode === holderIdCode)
    if (!held && !holder) return { outcome: 'unknown' }
    const serial = `DEMO9${String(this.changes().length + 1).padStart(6, '0')}`
    const licence = carryOut(control, held, holder, { today: beijingDay(this.now()), start: this.start, serial })
    if (!licence) return { outcome: 'impossible' }
    const eventId = randomUUID()
    const event = { eventId, at: new Date(this.now()).toISOString(), licence, reason: reason || null }
    const representative = held?.representative ?? holder?.representative?.idNumber ?? null
    await this.ledger.append({ kind: 'change', action, event, representative })
    return { outcome: 'done', eventId }
  }

  /** 库里改过的每一笔，与推送的结果；还没推到的没有结果。 */
  changes(): { action: LibraryControl['action']; event: LibraryChange; outcome: PushOutcome | null }[] {
    const outcomes = new Map(this.ledger.lines.flatMap(line => line.kind === 'pushed' ? [[line.eventId, line.outcome] as const] : []))
    return this.ledger.lines.flatMap(line =>
      line.kind === 'change' ? [{ action: line.action, event: line.event, outcome: outcomes.get(line.event.eventId) ?? null }] : [])
  }

  async notePushed(eventId: string, outcome: PushOutcome): Promise<void> {
    await this.ledger.append({ kind: 'pushed', eventId, outcome })
  }

  /** 库里有证的每个主体：演示的人和企业在前，办出来的新生儿、新企业在后。 */
  holders(): Holder[] {
    const others = this.standing().flatMap(({ licence: { holderName: name, holderIdCode: idCode } }) =>
      idCode !== null && !holders.some(known => known.idCode === idCode) ? [{ name, idCode, representative: null }] : [])
    return [...holders, ...new Map(others.map(holder => [holder.idCode, holder])).values()]
  }

  /** 标识是这个的一本，是谁的；库里没有这一版了就没有。 */
  holderOf(identifier: string): string | null {
    return this.standing().find(({ licence }) => licence.identifier === identifier)?.licence.holderIdCode ?? null
  }

  heldBy(idCode: string): Standing[] {
    return this.standing().filter(({ licence }) => licence.holderIdCode === idCode)
  }

  close(): Promise<void> {
    return this.ledger.close()
  }

  private find(type: string, holderIdCode: string): Standing | undefined {
    return this.standing().find(({ licence }) => licence.type === type && licence.holderIdCode === holderIdCode)
  }

  private standing(): Standing[] {
    const newest = new Map<string, Standing>()
    const put = (entry: Standing) =>
      newest.set(`${entry.licence.type} ${entry.licence.holderIdCode ?? entry.licence.identifier}`, entry)
    for (const entry of this.population) put({ ...entry, status: 'valid', reason: null })
    for (const line of this.ledger.lines) {
      if (line.kind === 'licence') put({ licence: line.licence, representative: line.representative, status: 'valid', reason: null })
      if (line.kind === 'change') put(standingAfter(line))
    }
    return [...newest.values()]
  }
}

function standingAfter({ event: { licence: { status, ...licence }, reason }, representative }: ChangeLine): Standing {
  return { licence, representative, status, reason }
}
