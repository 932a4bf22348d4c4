import path from 'node:path'
import type { IssuedLicence } from '../../contract/gateways/departments'
import type { LibraryLicence } from '../../contract/gateways/licence-library'
import { identities } from '../identities'
import { Ledger } from '../ledger'
import { licenceIdentifier } from '../numbers'
import { beijingDay, demoCompany, fill, readPopulation } from '../population/read'

/** 数据文件里的一张证：holder 是演示身份；company 为真时持证人是他的公司。 */
interface PopulationLicence {
  holder: string
  company?: boolean
  type: string
  issuer: string
  issuedOn: string
  validTo: string | null
  face: Record<string, string>
}

type Line = { kind: 'opened'; on: string } | ({ kind: 'licence' } & IssuedEntry)

interface Entry {
  licence: IssuedLicence
  /** 企业证照：法定代表人的证件号，按他也查得到。 */
  representative: string | null
}

/** 部门签发的一张，记着是哪一件发的。 */
interface IssuedEntry extends Entry {
  caseNo: string
}

/** 电子证照库的替身：演示证照来自数据文件，部门签发的只增不改地记在账上。 */
export class LicenceLibrary {
  private constructor(private readonly ledger: Ledger<Line>, readonly start: string, private readonly population: Entry[]) {}

  /** `start` 是第一次打开的日子：演示数据里的相对日期都从它算起。 */
  static async open(dataDir: string, now: () => number): Promise<LicenceLibrary> {
    const ledger = await Ledger.open<Line>(path.join(dataDir, 'licence-library.jsonl'))
    if (ledger.lines.length === 0) await ledger.append({ kind: 'opened', on: beijingDay(now()) })
    const opened = ledger.lines.find(line => line.kind === 'opened')
    const start = opened?.on ?? beijingDay(now())
    return new LicenceLibrary(ledger, start, populate(start))
  }

  /** 一个主体名下的证照，每张只给最新一版；类型为空表示全部。 */
  query(holderIdCode: string, types: string[]): LibraryLicence[] {
    return this.current()
      .filter(({ licence, representative }) => licence.holderIdCode === holderIdCode || representative === holderIdCode)
      .filter(({ licence }) => types.length === 0 || types.includes(licence.type))
      .map(({ licence }) => ({ ...licence, status: 'valid' }))
  }

  /** 同一持证人同一类证的最新一版：换发时版本加一。 */
  latest(type: string, holderIdCode: string): IssuedLicence | null {
    return this.current().find(({ licence }) => licence.type === type && licence.holderIdCode === holderIdCode)?.licence ?? null
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
    const holds = ({ licence }: Entry) => licence.type === 'biz-licence' && licence.holderIdCode === holderIdCode
    return this.current().find(holds)?.representative ?? null
  }

  /** 已经发出去的每一张，演示数据不算。 */
  issued(): IssuedEntry[] {
    return this.ledger.lines.filter(line => line.kind === 'licence')
  }

  close(): Promise<void> {
    return this.ledger.close()
  }

  private current(): Entry[] {
    const newest = new Map<string, Entry>()
    for (const entry of [...this.population, ...this.issued()]) {
      newest.set(`${entry.licence.type} ${entry.licence.holderIdCode ?? entry.licence.identifier}`, entry)
    }
    return [...newest.values()]
  }
}

function populate(start: string): Entry[] {
  return readPopulation<PopulationLicence[]>('licences.yml').map((entry, index) => {
    const person = identities.find(identity => identity.key === entry.holder)
    if (!person) throw new Error(`演示证照引用了不存在的身份 ${entry.holder}`)
    const holder = entry.company ? demoCompany : person
    const face = Object.fromEntries(Object.entries(entry.face).map(([name, value]) => [name, fill(value, start)]))
    return {
      licence: {
        identifier: licenceIdentifier(entry.type, `DEMO${String(index + 1).padStart(6, '0')}`, 1), type: entry.type, version: 1,
        holderName: holder.name, holderIdCode: holder.idNumber, issuer: entry.issuer, issuedOn: entry.issuedOn,
        validTo: entry.validTo && fill(entry.validTo, start), face
      },
      representative: entry.company ? person.idNumber : null
    }
  })
}
