import { Type, type Static } from 'typebox'
import { Id, Instant, Nullable } from './wire'

const closed = { additionalProperties: false }
/** 好差评（processes.md §7）：五级、无缺省；后两级为差评，须选标签并写 ≥10 字；可改一次。 */
export const Grade = Type.Enum(['very_good', 'good', 'fair', 'poor', 'very_poor'])
export type Grade = Static<typeof Grade>
export const GiveRating = Type.Object(
  {
    grade: Grade,
    tags: Type.Array(Type.String({ maxLength: 32 }), { uniqueItems: true, maxItems: 8 }),
    text: Type.String({ maxLength: 500 }),
    anonymous: Type.Boolean()
  },
  closed
)
export type GiveRating = Static<typeof GiveRating>
export const Rating = Type.Object(
  {
    caseId: Id,
    ...GiveRating.properties,
    ratedAt: Instant,
    changedAt: Nullable(Instant),
    canChange: Type.Boolean(),
    until: Nullable(Instant)
  },
  closed
)
export type Rating = Static<typeof Rating>
export const RatingForm = Type.Object(
  {
    caseId: Id,
    matterName: Type.String(),
    departmentName: Type.String(),
    open: Type.Boolean(),
    until: Nullable(Instant),
    rating: Nullable(Rating),
    grades: Type.Array(
      Type.Object(
        {
          grade: Grade,
          label: Type.String(),
          bad: Type.Boolean(),
          tags: Type.Array(Type.Object({ id: Type.String(), label: Type.String(), topic: Type.String() }, closed))
        },
        closed
      )
    ),
    minBadText: Type.Integer()
  },
  closed
)
export type RatingForm = Static<typeof RatingForm>
