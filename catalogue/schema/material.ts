import { Type, type Static } from 'typebox'
import type { Material as DomainMaterial } from '../../domain/bundle/types'
import { closed, describes, HolderRole, provenance, Slug, Text } from './shape'

/** 给出照面上的哪几格，名称与证照照面一致。 */
const FaceFields = Type.Array(Text, { minItems: 1, uniqueItems: true })

/** 材料从哪来：电子证照、数据共享核验（前两种免提交）、表单内填报、上传、系统生成（bundles.md §0）。 */
const MaterialSource = Type.Union([
  Type.Object({ kind: Type.Literal('licence'), licenceType: Slug, fields: Type.Optional(FaceFields) }, closed),
  Type.Object({ kind: Type.Literal('share'), system: Text, note: Type.Optional(Text) }, closed),
  Type.Object({ kind: Type.Literal('form') }, closed),
  Type.Object({ kind: Type.Literal('upload') }, closed),
  Type.Object({ kind: Type.Literal('generated') }, closed)
])

const Way = Type.Object({ way: Type.Enum(['upload', 'window', 'waive']), say: Text }, closed)

/** 持有人同意：放出哪些字段、为了什么、多久有效，以及拒绝、逾期未答、联系不上、已故四种情形的出路。 */
const HolderConsentRule = Type.Object(
  {
    fields: FaceFields,
    purpose: Text,
    validDays: Type.Integer({ minimum: 1 }),
    ways: Type.Object({ declined: Way, unanswered: Way, unreachable: Way, deceased: Way }, closed)
  },
  closed
)

const Material = describes<DomainMaterial>()(
  Type.Object(
    {
      id: Slug,
      name: Text,
      source: MaterialSource,
      holder: HolderRole,
      consent: Type.Optional(HolderConsentRule),
      note: Type.Optional(Text),
      sample: Type.Optional(Text)
    },
    closed
  )
)

/** materials.yml：材料字典（bundles.md §1），各事项只引用编码。 */
export const MaterialList = Type.Object({ ...provenance, materials: Type.Array(Material, { minItems: 1 }) }, closed)
export type MaterialList = Static<typeof MaterialList>
