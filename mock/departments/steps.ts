import { randomUUID } from 'node:crypto'
import type { DepartmentCallback, DispatchCase, IssuedLicence } from '../../contract/gateways/departments'
import type { LicenceLibrary } from '../licence-library/library'
import { readPopulation } from '../population/read'
import type { CaseFile, EventType } from './case-file'
import { listedProcedure } from './control'
import type { EventDetails } from './control'
import type { Register } from './register'
import { documentNumber, makeLicence } from './results'

const names = readPopulation<Record<string, string>>('departments.yml')
export const departmentIds = Object.keys(names)
export const departmentName = (id: string): string => names[id] ?? id

/** 部门走一步：编好文书号、证照，记进账里等着送。 */
export class Steps {
  constructor(private readonly register: Register, private readonly library: LicenceLibrary) {}

  async take(file: CaseFile, type: EventType, details: EventDetails): Promise<void> {
    const { caseNo, departmentId } = file.dispatch
    const event: DepartmentCallback = {
      eventId: randomUUID(), caseNo, departmentId, at: this.register.instant(), type,
      by: `${departmentName(departmentId)}（模拟经办）`, ...await this.detailsOf(file, type), ...details
    }
    await this.register.record({ kind: 'event', at: event.at, event })
  }

  private async detailsOf(file: CaseFile, type: EventType): Promise<EventDetails> {
    const { dispatch, sequence } = file
    const number = (kind: string) => documentNumber(kind, sequence, this.register.now())
    switch (type) {
      case 'preReviewPassed':
      case 'accepted': return { documentNo: number('受') }
      case 'rejected': return { documentNo: number('不受') }
      case 'specialProcedureStarted': return { procedure: listedProcedure(file) ?? undefined }
      case 'decided': return { outcome: 'approve', documentNo: number('决') }
      case 'issued': return { licence: await this.issue(dispatch, sequence) }
      case 'resultReady': {
        const { result } = dispatch
        return { document: { name: result.kind === 'document' ? result.name : result.licenceName, number: number('办') } }
      }
      default: return {}
    }
  }

  /** 发证即入库；途中断过就用已入库的那张。 */
  private async issue(dispatch: DispatchCase, sequence: number): Promise<IssuedLicence> {
    const earlier = this.library.issuedFor(dispatch.caseNo)
    if (earlier) return earlier
    const licence = makeLicence(dispatch, sequence, this.library, this.register.now())
    const representative = licence.type === 'biz-licence' ? dispatch.applicant.idCode : this.library.representativeOf(licence.holderIdCode)
    await this.library.add({ licence, caseNo: dispatch.caseNo, representative })
    return licence
  }
}
