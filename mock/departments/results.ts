import type { DispatchCase, IssuedLicence } from '../../contract/gateways/departments'
import type { LicenceLibrary } from '../licence-library/library'
import { demoCreditCode, demoIdNumber, licenceIdentifier } from '../numbers'
import { addMonths, beijingDay, readPopulation } from '../population/read'

/** 来源写法见 mock/population/results.yml。 */
type Sources = string[]

interface ResultRule {
  issuer: string
  holderName?: Sources
  holderIdCode?: Sources
  validMonths?: number
  face: Record<string, Sources>
}

interface Issuing {
  dispatch: DispatchCase
  sequence: number
  library: LicenceLibrary
  issuedOn: string
  validTo: string | null
  holderName: string | null
  holderIdCode: string | null
}

const { defaults, ...rules } = readPopulation<Record<string, ResultRule> & { defaults: Record<string, Sources> }>('results.yml')
const plainRule: ResultRule = { issuer: '江阴市政务服务部门（演示）', face: {} }
const nothingToFill = '（演示）未登记'

/** 按规则表填照面，编出一张证；派件没有写明的持证人与证件号在这里产生（落户的新生儿、新设立的企业）。 */
export function makeLicence(dispatch: DispatchCase, sequence: number, library: LicenceLibrary, now: number): IssuedLicence {
  if (dispatch.result.kind !== 'licence') throw new Error(`${dispatch.matterName} 的结果不是证照`)
  const { licenceType: type, face: fieldNames, holderName, holderIdCode } = dispatch.result
  const rule = rules[type] as ResultRule | undefined ?? plainRule
  const issuedOn = beijingDay(now)
  const validTo = rule.validMonths ? addMonths(issuedOn, rule.validMonths) : null
  const issuing: Issuing = { dispatch, sequence, library, issuedOn, validTo, holderName, holderIdCode }
  issuing.holderName ??= firstOf(rule.holderName, issuing) ?? dispatch.applicant.name
  issuing.holderIdCode ??= firstOf(rule.holderIdCode, issuing)
  const former = issuing.holderIdCode === null ? null : library.latest(type, issuing.holderIdCode)
  const version = (former?.version ?? 0) + 1
  return {
    identifier: licenceIdentifier(type, former?.identifier.split('.').at(-3) ?? serialOf(issuing), version),
    type, version, holderName: issuing.holderName, holderIdCode: issuing.holderIdCode, issuer: rule.issuer, issuedOn, validTo,
    face: Object.fromEntries(fieldNames.map(name => [name, firstOf(rule.face[name] ?? defaults[name], issuing) ?? nothingToFill]))
  }
}

/** 文书编号：演〔年份〕种类字第几号。 */
export function documentNumber(kind: string, sequence: number, now: number): string {
  return `演〔${beijingDay(now).slice(0, 4)}〕${kind}字第${String(sequence).padStart(6, '0')}号`
}

const serialOf = ({ issuedOn, sequence }: Issuing) => issuedOn.replaceAll('-', '') + String(sequence).padStart(6, '0')

function firstOf(sources: Sources | undefined, issuing: Issuing): string | null {
  for (const source of sources ?? []) {
    const value = read(source, issuing)
    if (value) return value
  }
  return null
}

function read(source: string, issuing: Issuing): string | null {
  const [kind, rest] = [source.slice(0, source.indexOf(':')), source.slice(source.indexOf(':') + 1)]
  const { dispatch } = issuing
  switch (kind) {
    case 'text': return rest
    case 'if': {
      const [, field = '', wanted, then = ''] = /^(\w+)=([^?]+)\?(.+)$/.exec(rest) ?? []
      return plain(dispatch.values[field]) === wanted ? read(then, issuing) : null
    }
    case 'money': {
      const fen = dispatch.values[rest]
      return typeof fen === 'number' ? `${fen / 1_000_000} 万元` : null
    }
    case 'value': return plain(dispatch.values[rest])
    case 'holder': return rest === 'name' ? issuing.holderName : issuing.holderIdCode
    case 'applicant': return rest === 'name' ? dispatch.applicant.name : dispatch.applicant.idCode
    case 'day': return rest === 'validTo' ? issuing.validTo : issuing.issuedOn
    case 'number': return rest + serialOf(issuing)
    case 'material': return materialFace(dispatch, rest)
    case 'newborn': return newbornIdNumber(issuing)
    case 'company': return newCreditCode(issuing.library)
    default: throw new Error(`results.yml 里不认识的来源 ${source}`)
  }
}

function materialFace(dispatch: DispatchCase, rest: string): string | null {
  const [type, field = ''] = rest.split('.')
  return dispatch.materials.find(material => material.licence?.type === type)?.licence?.face[field] ?? null
}

/** 表单值的文字写法：地址等结构按顺序连起来，列表用顿号。 */
function plain(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null
  if (Array.isArray(value)) return value.map(plain).filter(Boolean).join('、') || null
  if (typeof value === 'object') return Object.values(value).map(plain).filter(Boolean).join('') || null
  return String(value)
}

/** 新生儿的证件号：出生日期取自出生医学证明或表单，性别决定顺序码奇偶，顺序码接着已发的往后排。 */
function newbornIdNumber({ dispatch, library }: Issuing): string | null {
  const birth = (materialFace(dispatch, 'birth-cert.出生时间') ?? plain(dispatch.values.birthDate))?.slice(0, 10)
  if (!birth || !/^\d{4}-\d\d-\d\d$/.test(birth)) return null
  const parity = plain(dispatch.values.childSex) === '男' ? 1 : 2
  const day = birth.replaceAll('-', '')
  const used = library.issued().map(({ licence }) => licence.holderIdCode ?? '')
    .filter(code => code.length === 18 && code.slice(6, 14) === day).map(code => Number(code.slice(14, 17)))
  let serial = parity
  while (used.includes(serial)) serial += 2
  return demoIdNumber(birth, serial)
}

function newCreditCode(library: LicenceLibrary): string {
  const companies = library.issued().filter(({ licence }) => licence.type === 'biz-licence').map(({ licence }) => licence.holderIdCode)
  return demoCreditCode(new Set(companies).size + 2)
}
