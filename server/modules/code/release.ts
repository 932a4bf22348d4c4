import type { ReadCode, ShownBy } from '../../../contract/gateways/readers'
import { fieldKey, type SceneField, type Showing } from '../../../domain/code/scene'
import { checkIdNumber } from '../../../domain/identifier/id-number'
import { maskIdNumber, maskPhone } from '../../../domain/identifier/mask'
import { hasTurned } from '../../../domain/licence/predicate'
import { dayOf, type IsoDay } from '../../../domain/time'
import type { Acting, Deps } from '../../deps'
import { readReachability, shownName, type SubjectRecord } from '../identity/subjects'
import { maskedText } from '../licence/face'
import { holdingsOf, shareOf, type Holdings } from '../licence/service'
import { isUsable } from '../licence/status'
import { fieldLabel, fieldsOf } from './labels'
import type { Post } from './refusal'
import type { PresentedCode } from './repository'
import { kindOf } from './rights'

type Released = ReadCode['fields'][number]
/** What each shared-data system says, by item. */
type Records = Map<string, Record<string, string>>

interface Holder {
  subject: SubjectRecord
  accountId: string
  role: Acting['role'] | null
}

/** A code that a reader may read, with who shows it. */
export interface Readable {
  code: PresentedCode
  subject: SubjectRecord
  post: Post
  shownBy: ShownBy
}

/** What the reader is given of it: the fields that it asked for, and by whom the code is shown. */
export async function readingFor(deps: Deps, { code, subject, post: { scene }, shownBy }: Readable): Promise<ReadCode> {
  const holder = { subject, accountId: code.accountId, role: code.role }
  return {
    at: new Date(deps.now()).toISOString(),
    scene: scene.id,
    holder: kindOf(subject),
    shownBy,
    fields: await release(deps, holder, fieldsOf(scene, code.fields), scene.purpose),
    retentionDays: scene.retentionDays
  }
}

/** The values of the fields, each shown as its scene says. What is not there, or can't be learnt now, is null. */
async function release(deps: Deps, holder: Holder, fields: SceneField[], purpose: string): Promise<Released[]> {
  const types = [...new Set(fields.flatMap((field) => ('licence' in field ? [field.licence] : [])))]
  const holdings = types.length > 0 ? await holdingsOf(deps, { subjectId: holder.subject.id, types, purpose }) : null
  // A system is asked once, however many of its items are wanted.
  const systems = new Set(fields.flatMap((field) => (field.kind === 'record' ? [field.system] : [])))
  const records: Records = new Map()
  for (const system of systems) {
    const reply = await shareOf(deps, { subjectId: holder.subject.id, system, purpose })
    records.set(system, reply?.data ?? {})
  }
  return Promise.all(fields.map((field) => releaseOne(deps, holder, field, { holdings, records })))
}

async function releaseOne(
  deps: Deps,
  holder: Holder,
  field: SceneField,
  { holdings, records }: { holdings: Holdings | null; records: Records }
): Promise<Released> {
  const named = { key: fieldKey(field), name: fieldLabel(deps, field, kindOf(holder.subject)) }
  switch (field.kind) {
    case 'identity':
      return { ...named, text: await identityText(deps, holder, field), yes: null }
    case 'age':
      return { ...named, text: null, yes: isOldEnough(holder.subject, field.atLeast, dayOf(deps.now())) }
    case 'record':
      return { ...named, text: records.get(field.system)?.[field.item] ?? null, yes: null }
    default: {
      const licence = holdings?.licences.find(({ type, status }) => type === field.licence && isUsable(status))
      if (field.kind === 'face') return { ...named, text: licence ? faceText(deps, field, licence.face) : null, yes: null }
      return { ...named, text: null, yes: licence ? true : holdings?.unknownTypes.includes(field.licence) ? null : false }
    }
  }
}

async function identityText(
  deps: Deps,
  { subject, accountId, role }: Holder,
  { field, show }: Extract<SceneField, { kind: 'identity' }>
): Promise<string | null> {
  if (field === 'name') return show === 'whole' ? subject.name : shownName(subject)
  if (field === 'idCode') return subject.idCode && shownNumber(subject.idCode, show, maskIdNumber)
  const { phone } = role === 'self' ? await readReachability(deps.pool, deps, accountId) : { phone: null }
  return phone && shownNumber(phone, show, maskPhone)
}

function faceText(
  deps: Deps,
  { licence, face, show }: Extract<SceneField, { kind: 'face' }>,
  values: Record<string, string>
): string | null {
  const text = values[face]
  const known = deps.catalogue.current().catalogue.licenceTypes[licence]?.face.find(({ name }) => name === face)
  if (text === undefined || !known) return null
  return shownNumber(text, show, () => maskedText(known, text))
}

const shownNumber = (text: string, show: Showing, mask: (text: string) => string): string =>
  show === 'whole' ? text : show === 'lastFour' ? text.slice(-4) : mask(text)

/** By the birthday in the ID number; null for a number that tells none. */
function isOldEnough({ idCode }: SubjectRecord, years: number, today: IsoDay): boolean | null {
  const checked = checkIdNumber(idCode ?? '', today)
  if (!checked.ok) return null
  return hasTurned(checked.birthDate, years, today)
}
