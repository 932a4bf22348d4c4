import type { IssuedLicence } from '../../contract/gateways/departments'
import { identities } from '../identities'
import { demoIdNumber, licenceIdentifier } from '../numbers'
import { companyOf, fill, readPopulation } from '../population/read'

/** 数据文件里的一张证：holder 是演示身份；company 为真时持证人是他的企业。 */
interface PopulationLicence {
  holder: string
  company?: boolean
  type: string
  issuer: string
  issuedOn: string
  validTo: string | null
  face: Record<string, string>
}

export interface Entry {
  licence: IssuedLicence
  /** 企业证照：法定代表人的证件号，按他也查得到。 */
  representative: string | null
}

/** 证照的主人：一个演示的人，或他的企业。 */
export interface Holder {
  name: string
  idCode: string
  representative: { name: string; idNumber: string } | null
}

/** 能有证照的演示主体：每个人，和店主、创业者的企业。 */
export const holders: readonly Holder[] = identities.flatMap(person => {
  const company = companyOf[person.key]
  return [
    { name: person.name, idCode: person.idNumber, representative: null },
    ...company ? [{ name: company.name, idCode: company.idNumber, representative: person }] : []
  ]
})

const nobody = { name: '另演示', idNumber: demoIdNumber('1990-01-01', 997) }

const records = readPopulation<PopulationLicence[]>('licences.yml')

const names = readPopulation<Record<string, string>>('kinds.yml')

/** 演示数据里的证照种类：名字，与样本的持证人是人还是企业。 */
export const kinds: ReadonlyMap<string, { name: string; company: boolean }> =
  new Map(records.map(({ type, company }) => [type, { name: names[type] ?? type, company: company ?? false }]))

/** @param start 相对日期从这一天算起 */
export function populate(start: string): Entry[] {
  return records.map((entry, index) => {
    const { person, holder } = holderOf(entry)
    return {
      licence: {
        identifier: licenceIdentifier(entry.type, `DEMO${String(index + 1).padStart(6, '0')}`, 1), type: entry.type, version: 1,
        holderName: holder.name, holderIdCode: holder.idNumber, issuer: entry.issuer, issuedOn: fill(entry.issuedOn, start),
        validTo: entry.validTo && fill(entry.validTo, start),
        face: Object.fromEntries(Object.entries(entry.face).map(([name, value]) => [name, fill(value, start)]))
      },
      representative: entry.company ? person.idNumber : null
    }
  })
}

/** 照演示数据里同一种的样子给另一个主体编一本：名字、证件号、法定代表人换成他的，旁人换成谁也不是的；没有这一种就是 null。 */
export function likeness(type: string, holder: Holder, start: string): Pick<IssuedLicence, 'issuer' | 'validTo' | 'face'> | null {
  const sample = records.find(record => record.type === type)
  if (!sample || (sample.company ?? false) !== (holder.representative !== null)) return null
  const { person, holder: shown } = holderOf(sample)
  const swaps = [
    ...identities.filter(other => other !== person).flatMap(other => [[other.name, nobody.name], [other.idNumber, nobody.idNumber]]),
    [shown.name, holder.name], [shown.idNumber, holder.idCode],
    ...holder.representative ? [[person.name, holder.representative.name], [person.idNumber, holder.representative.idNumber]] : []
  ]
  const swap = (text: string) => swaps.reduce((done, [from = '', to = '']) => done.replaceAll(from, to), fill(text, start))
  return {
    issuer: sample.issuer, validTo: sample.validTo && fill(sample.validTo, start),
    face: Object.fromEntries(Object.entries(sample.face).map(([name, value]) => [name, swap(value)]))
  }
}

function holderOf({ holder: key, company }: PopulationLicence) {
  const person = identities.find(identity => identity.key === key)
  const holder = company ? companyOf[key] : person
  if (!person || !holder) throw new Error(`演示证照引用了不存在的身份或企业 ${key}`)
  return { person, holder }
}
