import { Type, type Static } from 'typebox'
import { Day, Id, Instant, Nullable, Slug } from './wire'

const closed = { additionalProperties: false }
export const LicenceStatus = Type.Enum(['valid', 'expiring', 'expired', 'suspended', 'changed', 'cancelled', 'revoked'])
export const LicenceCard = Type.Object(
  {
    id: Id,
    type: Slug,
    name: Type.String(),
    issuer: Type.String(),
    subjectId: Id,
    maskedHolderName: Type.String(),
    status: LicenceStatus,
    statusText: Type.String(),
    issuedOn: Day,
    validTo: Nullable(Day),
    isNew: Type.Boolean()
  },
  closed
)
export type LicenceCard = Static<typeof LicenceCard>
/** withheld：证照库给了、但没有收下的证照，与不收的理由。 */
export const LicenceList = Type.Object(
  {
    licences: Type.Array(LicenceCard),
    withheld: Type.Array(Type.Object({ subjectId: Id, type: Slug, name: Type.String(), reason: Type.String() }, closed)),
    fetchedAt: Instant,
    libraryReachable: Type.Boolean()
  },
  closed
)
export type LicenceList = Static<typeof LicenceList>
/** 敏感级 2、3 的字段缺省打码；reveal=1 时返回原值并留痕。 */
export const LicenceQuery = Type.Object({ reveal: Type.Optional(Type.Enum(['1'])) }, closed)
export const Licence = Type.Object(
  {
    ...LicenceCard.properties,
    identifier: Nullable(Type.String()),
    version: Type.Integer(),
    face: Type.Array(
      Type.Object(
        { name: Type.String(), text: Type.String(), sensitivity: Type.Integer({ minimum: 0, maximum: 3 }), masked: Type.Boolean() },
        closed
      )
    ),
    fromCase: Nullable(Type.Object({ caseId: Id, matterName: Type.String() }, closed))
  },
  closed
)
export type Licence = Static<typeof Licence>
