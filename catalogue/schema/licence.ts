import { Type } from 'typebox'
import type { LicenceType as DomainLicenceType } from '../../domain/licence/types'
import { closed, describes, provenance, Slug, Text } from './shape'

/** 照面字段：类型 s 文本、d 日期、n 数值、e 枚举、img 照片、id 证件号、code 代码、list 明细；敏感级 0–3（licences.md §2）。 */
const FaceField = Type.Object(
  {
    name: Text,
    type: Type.Enum(['s', 'd', 'n', 'e', 'img', 'id', 'code', 'list']),
    sensitivity: Type.Enum([0, 1, 2, 3])
  },
  closed
)

/** 亮证时只答是否的一句话：field 是照面上的日期，满 atLeast 周岁为是（domain/licence/predicate.ts）。 */
const Predicate = Type.Object({ key: Slug, label: Text, field: Text, atLeast: Type.Integer({ minimum: 1, maximum: 120 }) }, closed)

/** 照面的画法：底色九种，版式四种（卡片、单页证书、本子、清单），章上写谁。 */
const Look = Type.Object(
  {
    tint: Type.Enum(['blue', 'teal', 'green', 'olive', 'amber', 'red', 'wine', 'violet', 'slate']),
    layout: Type.Enum(['card', 'certificate', 'booklet', 'list']),
    seal: Text
  },
  closed
)

/**
 * 电子证照类型（GB/T 36901–36906；licences.md §3）。一个文件一种，id 与文件名一致。
 * issuerField 是照面上写着发证机关的那一格：亮证时选了它，才给看是谁发的。
 * typeCode 是国家证照类型代码，没有核到就写 null；validMonths 只在有效期可机算时写月数，否则 null。
 */
export const LicenceType = describes<DomainLicenceType>()(
  Type.Object(
    {
      id: Slug,
      name: Text,
      issuer: Text,
      holder: Type.Enum(['person', 'company', 'both']),
      face: Type.Array(FaceField, { minItems: 1 }),
      issuerField: Type.Optional(Text),
      predicates: Type.Optional(Type.Array(Predicate, { minItems: 1 })),
      look: Look,
      validity: Text,
      validMonths: Type.Union([Type.Integer({ minimum: 1 }), Type.Null()]),
      uses: Type.Array(Text, { minItems: 1 }),
      /** 可以下载加盖电子签章的 PDF；缺省不可以。 */
      pdf: Type.Optional(Type.Boolean()),
      typeCode: Type.Union([Text, Type.Null()]),
      ...provenance
    },
    closed
  )
)
