import { Type } from 'typebox'
import type { Reader as DomainReader, Scene as DomainScene, SceneGroup as DomainGroup } from '../../domain/code/scene'
import { closed, describes, provenance, Slug, Text } from './shape'

const Showing = Type.Enum(['whole', 'masked', 'lastFour'])

const SceneField = Type.Union([
  Type.Object({ kind: Type.Literal('identity'), field: Type.Enum(['name', 'idCode', 'phone']), show: Showing }, closed),
  Type.Object({ kind: Type.Literal('face'), licence: Slug, face: Text, show: Showing }, closed),
  Type.Object({ kind: Type.Literal('holds'), licence: Slug }, closed),
  Type.Object({ kind: Type.Literal('record'), system: Text, item: Text }, closed),
  Type.Object({ kind: Type.Literal('age'), atLeast: Type.Integer({ minimum: 1, maximum: 120 }) }, closed)
])

/** 亮码场景：用途、依据、读哪几格、要不要亮码人点同意、收不收离线码、能不能请人代亮、核码端留几天（processes.md §6）。 */
const Scene = describes<DomainScene>()(
  Type.Object(
    {
      id: Slug,
      name: Text,
      group: Slug,
      purpose: Text,
      legalBasis: Text,
      holder: Type.Enum(['person', 'company', 'both']),
      fields: Type.Array(SceneField, { minItems: 1 }),
      confirm: Type.Boolean(),
      offline: Type.Boolean(),
      inPerson: Type.Boolean(),
      retentionDays: Type.Integer({ minimum: 0, maximum: 3650 }),
      ...provenance
    },
    closed
  )
)

const SceneGroup = describes<DomainGroup>()(Type.Object({ id: Slug, name: Text }, closed))

/** scenes.yml：场景分的组与全部亮码场景。出处、复核日期与待核的键，每个场景各写各的。 */
export const SceneList = Type.Object(
  { ...provenance, groups: Type.Array(SceneGroup, { minItems: 1 }), scenes: Type.Array(Scene, { minItems: 1 }) },
  closed
)

const Reader = describes<DomainReader>()(
  Type.Object({ id: Slug, organisation: Text, place: Text, scenes: Type.Array(Slug, { minItems: 1, uniqueItems: true }) }, closed)
)

/** readers.yml：登记了的核码端。它的公钥不在这里，在核码端接入平台的 JWKS 里，成员 reader 写着是哪一个。 */
export const ReaderList = Type.Object({ ...provenance, readers: Type.Array(Reader, { minItems: 1 }) }, closed)
