import { Type } from 'typebox'
import type { Bundle as DomainBundle } from '../../domain/bundle/types'
import { Condition } from './condition'
import { FormGroup } from './form'
import { Audience, closed, describes, FieldId, provenance, Slug, Text } from './shape'

/** 情形引导的一问：`why` 是为什么问，`show` 是出现条件（只可引用前面的题）。 */
const Question = Type.Object(
  {
    id: Slug,
    text: Text,
    why: Type.Optional(Text),
    options: Type.Array(Type.Object({ value: Slug, label: Text }, closed), { minItems: 2 }),
    multiple: Type.Optional(Type.Boolean()),
    show: Type.Optional(Condition)
  },
  closed
)

/** 劝阻或分流；blocking 缺省为真，「仅提示」写 false。 */
const Stop = Type.Object({ when: Condition, say: Text, blocking: Type.Boolean({ default: true }) }, closed)

/** 节点：引用事项，写明何时适用、在谁之后。materialsWhen：材料码 → 条件，不满足则不收。 */
const BundleMatter = Type.Object(
  {
    key: Slug,
    matter: Slug,
    after: Type.Array(Slug, { default: [], uniqueItems: true }),
    when: Type.Optional(Condition),
    pick: Type.Optional(Type.Boolean()),
    materialsWhen: Type.Record(Type.String(), Condition, { default: {} })
  },
  closed
)

/** 在本件里成为家庭成员的被监护人（如新生儿）：姓名、性别、出生日期在哪一格，哪些节点产生他，证件号从哪来。 */
const Ward = Type.Object(
  {
    nameField: FieldId,
    sexField: FieldId,
    birthField: FieldId,
    createdBy: Type.Array(Slug, { minItems: 1 }),
    idNumberFrom: Type.Array(Slug, { minItems: 1 }),
    idNumberFace: Text
  },
  closed
)

const Company = Type.Object({ nameField: FieldId, createdBy: Type.Array(Slug, { minItems: 1 }), creditCodeFace: Text }, closed)
const PartyFields = Type.Object({ nameField: FieldId, idNumberField: FieldId }, closed)
const Parties = Type.Object({ spouse: Type.Optional(PartyFields), legalRepresentative: Type.Optional(PartyFields) }, closed)

/**
 * 「一件事」（江阴三年行动方案第 30、31、32 条）：一次告知、一张表单、一次送达。
 * 一个文件一件，id 与文件名一致；只引用事项，不重复事项的内容。
 */
export const Bundle = describes<DomainBundle>()(
  Type.Object(
    {
      id: Slug,
      name: Text,
      fullName: Text,
      audience: Audience,
      stage: Slug,
      lead: Slug,
      who: Text,
      trigger: Text,
      summary: Text,
      questions: Type.Array(Question, { default: [] }),
      stops: Type.Array(Stop, { default: [] }),
      matters: Type.Array(BundleMatter, { minItems: 1 }),
      form: Type.Array(FormGroup, { minItems: 1 }),
      ward: Type.Optional(Ward),
      company: Type.Optional(Company),
      parties: Type.Optional(Parties),
      failAll: Type.Optional(Type.Union([Type.Literal('any'), Type.Array(Slug, { minItems: 1 })])),
      minutes: Type.Integer({ minimum: 1 }),
      ...provenance
    },
    closed
  )
)
