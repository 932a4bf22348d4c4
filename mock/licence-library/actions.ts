import type { IssuedLicence } from '../../contract/gateways/departments'
import type { LibraryLicence } from '../../contract/gateways/licence-library'
import { licenceIdentifier } from '../numbers'
import { addDays } from '../population/read'
import { likeness } from './population'
import type { Entry, Holder } from './population'

type Status = LibraryLicence['status']

/** 控制台与测试共用的一条指令。 */
export interface LibraryControl {
  action: 'renew' | 'amend' | 'suspend' | 'resume' | 'cancel' | 'revoke' | 'annul' | 'issue'
  holderIdCode: string
  type: string
  /** 注销、吊销、撤销、暂扣的原因类别；换发、变更也可以写。 */
  reason?: string
  /** amend：改照面上的哪一项，改成什么。 */
  field?: string
  value?: string
}

export const actionNames: Record<LibraryControl['action'], string> = {
  renew: '换发', amend: '变更', suspend: '暂扣', resume: '恢复', cancel: '注销', revoke: '吊销', annul: '撤销', issue: '签发一本新的'
}

/** 每种动作从哪些状态可以做；签发要还没有，或原来的已经作废。 */
export const allowedFrom: Record<Exclude<LibraryControl['action'], 'issue'>, readonly Status[]> = {
  renew: ['valid'], amend: ['valid'], suspend: ['valid'], resume: ['suspended'], cancel: ['valid', 'suspended'],
  revoke: ['valid', 'suspended'], annul: ['valid', 'suspended']
}

const after = { suspend: 'suspended', resume: 'valid', cancel: 'cancelled', revoke: 'revoked', annul: 'annulled' } as const
const ended: readonly Status[] = ['cancelled', 'revoked', 'annulled']

export interface Standing extends Entry {
  status: Status
  /** 最近一次变化的原因。 */
  reason: string | null
}

/** 照一条指令该变成什么样；null 表示此刻不许。 */
export function carryOut(
  control: LibraryControl, held: Standing | undefined, holder: Holder | undefined, about: { today: string; start: string; serial: string }
): LibraryLicence | null {
  const { action, type } = control
  if (action === 'issue') {
    const made = !held || ended.includes(held.status) ? holder && likeness(type, holder, about.start) : null
    if (!made || !holder) return null
    return {
      ...made, identifier: licenceIdentifier(type, about.serial, 1), type, version: 1, holderName: holder.name,
      holderIdCode: holder.idCode, issuedOn: about.today, status: 'valid'
    }
  }
  if (!held || !allowedFrom[action].includes(held.status)) return null
  if (action === 'renew') return { ...nextVersion(renewed(held.licence, about.today)), status: 'valid' }
  if (action !== 'amend') return { ...held.licence, status: after[action] }
  const { field = '', value = '' } = control
  if (!(field in held.licence.face) || !value) return null
  return { ...nextVersion({ ...held.licence, face: { ...held.licence.face, [field]: value } }), status: 'valid' }
}

/** 换发：从今天起，再给原来那么长的有效期；照面上写着到期日的一并改。 */
function renewed(licence: IssuedLicence, today: string): IssuedLicence {
  const { issuedOn, validTo, face } = licence
  if (validTo === null) return { ...licence, issuedOn: today }
  const days = Math.max(1, Math.round((Date.parse(validTo) - Date.parse(issuedOn)) / 86_400_000))
  const until = addDays(today, days)
  const restate = (text: string) => text.replaceAll(validTo, until).replaceAll(issuedOn, today)
  const dated = Object.entries(face).map(([name, text]) => [name, /有效期/.test(name) ? restate(text) : text])
  return { ...licence, issuedOn: today, validTo: until, face: Object.fromEntries(dated) as Record<string, string> }
}

function nextVersion(licence: IssuedLicence): IssuedLicence {
  const version = licence.version + 1
  return { ...licence, version, identifier: licenceIdentifier(licence.type, licence.identifier.split('.').at(-3) ?? '', version) }
}
