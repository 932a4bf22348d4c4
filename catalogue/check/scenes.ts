import type { Scene, SceneField } from '../../domain/code/scene'
import { fieldKey, fitsOffline, objectionIntake } from '../../domain/code/scene'
import type { FaceField, LicenceType, Sensitivity } from '../../domain/licence/types'
import type { Content } from '../content'
import type { Fault, Path } from '../faults'
import type { Source } from '../source'
import { danglingFaults, missingFaults, type Lookup } from './lookup'

/** 场景里的一格，连同它所在的场景与路径。 */
interface Place {
  source: Source
  scene: Scene
  path: Path
}

/** 核码端：登记的场景都要真有，每个场景都要有核码端读得了；不能占了投诉受理的名字。 */
export function readerFaults(content: Content): Fault[] {
  const source = content.tables['readers.yml']
  const scenes = content.tables['scenes.yml']
  if (!source || !scenes) return []
  const known = scenes.value.scenes.map(({ id }) => id)
  const read = new Set(source.value.readers.flatMap(reader => reader.scenes))
  const unread = scenes.value.scenes.flatMap(({ id, name }, at) =>
    read.has(id) ? [] : [scenes.fault(['scenes', at, 'id'], `「${name}」没有核码端读得了`, '在 readers.yml 里登记一个读它的，或删去这个场景')]
  )
  const faults = source.value.readers.flatMap((reader, at) => [
    ...reader.scenes.flatMap((scene, index) => missingFaults(source, ['readers', at, 'scenes', index], scene, known, '亮码场景')),
    ...(reader.id === objectionIntake ? [source.fault(['readers', at, 'id'], '「complaints」留给个人信息保护投诉受理', '换一个短名')] : [])
  ])
  return [...faults, ...unread]
}

/** 身份里各格的敏感级，同 licences.md §2：姓名一般，证件号与手机号敏感。 */
const identitySensitivity = { name: 1, idCode: 2, phone: 2 } as const

/** 亮码场景：引用都在、分的组不空；敏感的要亮码人点同意；离线只证明身份；各类码都读得到点什么。 */
export function sceneFaults(content: Content, lookup: Lookup): Fault[] {
  const source = content.tables['scenes.yml']
  if (!source) return []
  const { groups, scenes } = source.value
  const known = groups.map(({ id }) => id)
  const empty = groups.flatMap(({ id, name }, at) =>
    scenes.some(({ group }) => group === id) ? [] : [source.fault(['groups', at], `「${name}」这一组里没有场景`, '删去这一组，或把场景归进来')]
  )
  const faults = scenes.flatMap((scene, at) => {
    const path: Path = ['scenes', at]
    return [
      ...missingFaults(source, [...path, 'group'], scene.group, known, '场景分组'),
      ...scene.fields.flatMap((field, index) => fieldFaults({ source, scene, path: [...path, 'fields', index] }, field, lookup)),
      ...groundFaults({ source, scene, path }),
      ...offlineFaults({ source, scene, path }),
      ...inPersonFaults({ source, scene, path }),
      ...holderFaults({ source, scene, path }, lookup)
    ]
  })
  return [...empty, ...faults]
}

function fieldFaults(place: Place, field: SceneField, lookup: Lookup): Fault[] {
  const { source, scene, path } = place
  const repeated = scene.fields.some((other, at) => at < Number(path.at(-1)) && fieldKey(other) === fieldKey(field))
  const twice = repeated ? [source.fault(path, '同一格写了两遍', '删去其中一个：一格只能有一种给法')] : []
  switch (field.kind) {
    case 'age':
      return twice
    case 'identity':
      return [...twice, ...showFaults(place, field, identitySensitivity[field.field], field.field !== 'name')]
    case 'record':
      return [...twice, ...recordFaults(place, field, lookup)]
    default:
      return [...twice, ...licenceFaults(place, field, lookup)]
  }
}

function licenceFaults(place: Place, field: Extract<SceneField, { licence: string }>, lookup: Lookup): Fault[] {
  const { source, scene, path } = place
  const type = lookup.licences.get(field.licence)
  if (!type) return danglingFaults(source, [...path, 'licence'], field.licence, 'licences', lookup)
  const stray = !servesHolder(type, scene.holder)
    ? [source.fault([...path, 'licence'], `${scene.holder === 'person' ? '个人' : '企业'}没有${type.name}`, '换一种证照，或改场景的 holder')]
    : []
  const telling = tellingFaults(place, type)
  if (field.kind === 'holds') return [...stray, ...telling]
  const face = type.face.find(({ name }) => name === field.face)
  if (!face) {
    const known = type.face.map(({ name }) => name)
    return [...stray, ...missingFaults(source, [...path, 'face'], field.face, known, `${type.name}的照面字段`)]
  }
  const shown = [...showFaults(place, field, face.sensitivity, isNumber(face)), ...pictureFaults(place, field.show, face)]
  return [...stray, ...(shown.length > 0 ? shown : telling), ...keepingFaults(place, face)]
}

/** 有没有这张证，本身就说明了照面上最敏感的那类事（如残疾）；读到它的哪一格，都等于说了有。 */
function tellingFaults({ source, scene, path }: Place, type: LicenceType): Fault[] {
  const telling = type.face.some(({ sensitivity }) => sensitivity === 3)
  return telling && !scene.confirm
    ? [source.fault(path, `有没有${type.name}属特别敏感，却不要亮码人同意`, '把 confirm 改成 true，或去掉这一格')]
    : []
}

/** 特别敏感的不得落盘（licences.md §2）：核完即删。 */
const keepingFaults = ({ source, scene, path }: Place, { name, sensitivity }: FaceField): Fault[] =>
  sensitivity === 3 && scene.retentionDays > 0
    ? [source.fault(path, `「${name}」特别敏感，核码端不得留存`, '把 retentionDays 改成 0，或去掉这一格')]
    : []

/** 共享数据没有分级，一律当敏感的；从哪个系统取，要是材料里用着的。 */
function recordFaults({ source, scene, path }: Place, { system }: { system: string }, { materials }: Lookup): Fault[] {
  const systems = materials.known?.flatMap(id => {
    const from = materials.get(id)?.source
    return from?.kind === 'share' ? [from.system] : []
  })
  return [
    ...(systems ? missingFaults(source, [...path, 'system'], system, systems, '共享数据的系统') : []),
    ...(scene.confirm ? [] : [source.fault(path, '共享数据原样给出，却不要亮码人同意', '把 confirm 改成 true，或去掉这一格')])
  ]
}

/** 凭亮码人同意才能读的，就得问他。 */
const groundFaults = ({ source, scene, path }: Place): Fault[] =>
  /同意|第二十九条/.test(scene.legalBasis) && !scene.confirm
    ? [source.fault([...path, 'confirm'], '依据是亮码人单独同意，却不问他', '把 confirm 改成 true，或写明别的依据')]
    : []

function showFaults({ source, scene, path }: Place, { show }: { show: string }, sensitivity: Sensitivity, number: boolean): Fault[] {
  const asks = sensitivity === 3 || (sensitivity === 2 && show === 'whole')
  return [
    ...(asks && !scene.confirm
      ? [source.fault(path, `敏感级 ${sensitivity} 的字段${show === 'whole' ? '原样给出' : ''}，却不要亮码人同意`, '把 confirm 改成 true，或换成打码')]
      : []),
    ...(show === 'lastFour' && !number ? [source.fault([...path, 'show'], '只有号码才有末四位', '改成 masked 或 whole')] : [])
  ]
}

const pictureFaults = ({ source, path }: Place, show: string, face: FaceField): Fault[] =>
  show !== 'whole' && (face.type === 'img' || face.type === 'list')
    ? [source.fault([...path, 'show'], `「${face.name}」打不了码`, '原样给出（要亮码人同意），或去掉这一格')]
    : []

function offlineFaults({ source, scene, path }: Place): Fault[] {
  if (!scene.offline) return []
  return [
    ...(scene.confirm ? [source.fault([...path, 'offline'], '离线时没法请亮码人同意', 'confirm 与 offline 只能有一个是 true')] : []),
    ...scene.fields.flatMap((field, at) =>
      fitsOffline(field) ? [] : [source.fault([...path, 'fields', at], '离线码只证明身份，给不了这一格', '去掉这一格，或把 offline 改成 false')]
    )
  ]
}

/** 企业自己到不了场，它的码总由人代亮：要本人到场的场景只能收个人码。 */
const inPersonFaults = ({ source, scene, path }: Place): Fault[] =>
  scene.inPerson && scene.holder !== 'person'
    ? [source.fault([...path, 'inPerson'], '企业的码总由人代亮，没有本人可以到场', '把 inPerson 改成 false，或把 holder 改成 person')]
    : []

/** 个人码、企业码都收的场景，两种码都得读得到点什么。 */
function holderFaults({ source, scene, path }: Place, lookup: Lookup): Fault[] {
  const kinds = scene.holder === 'both' ? (['person', 'company'] as const) : [scene.holder]
  return kinds.flatMap(kind =>
    scene.fields.some(field => appliesTo(field, kind, lookup))
      ? []
      : [source.fault([...path, 'holder'], `${kind === 'person' ? '个人码' : '企业码'}在这里什么也读不到`, '补上能读的一格，或改 holder')]
  )
}

function appliesTo(field: SceneField, kind: 'person' | 'company', lookup: Lookup): boolean {
  if (field.kind === 'age') return kind === 'person'
  if (field.kind === 'identity') return kind === 'person' || field.field !== 'phone'
  if (field.kind === 'record') return true
  const type = lookup.licences.get(field.licence)
  return type === undefined || servesHolder(type, kind)
}

const servesHolder = (type: LicenceType, holder: Scene['holder']): boolean =>
  holder === 'both' || type.holder === 'both' || type.holder === holder

const isNumber = ({ type }: FaceField): boolean => type === 'id' || type === 'code'
