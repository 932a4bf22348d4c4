import { Type } from 'typebox'
import type { FormField as DomainField, FormGroup as DomainGroup } from '../../domain/form/types'
import { Condition } from './condition'
import { closed, describes, FieldId, HolderRole, Slug, Text } from './shape'

const FieldType = Type.Enum([
  'text',
  'multiline',
  'personName',
  'idNumber',
  'creditCode',
  'phone',
  'date',
  'time',
  'number',
  'money',
  'choice',
  'choices',
  'address',
  'bankAccount',
  'group'
])

/** 预填来源：实名身份、证照照面、共享数据、本次答案、账户。locked = 权威数据，只能「指出有误」。 */
const PrefillSource = Type.Object(
  {
    kind: Type.Enum(['identity', 'licence', 'share', 'answer', 'account']),
    from: Text,
    face: Type.Optional(Text),
    holder: Type.Optional(HolderRole),
    part: Type.Optional(Type.Literal('other')),
    locked: Type.Boolean()
  },
  closed
)

const Option = Type.Object({ value: Text, label: Text }, closed)

const fieldProperties = {
  id: FieldId,
  label: Text,
  type: FieldType,
  for: Type.Array(Slug, { minItems: 1, uniqueItems: true }),
  required: Type.Boolean(),
  when: Type.Optional(Condition),
  hint: Type.Optional(Text),
  why: Type.Optional(Text),
  options: Type.Optional(Type.Array(Option, { minItems: 1 })),
  min: Type.Optional(Type.Number()),
  max: Type.Optional(Type.Number()),
  maxLength: Type.Optional(Type.Integer({ minimum: 1 })),
  unit: Type.Optional(Text),
  dateRange: Type.Optional(Type.Enum(['past', 'future'])),
  prefill: Type.Optional(Type.Array(PrefillSource, { minItems: 1 })),
  sensitivity: Type.Enum([0, 1, 2, 3]),
  minItems: Type.Optional(Type.Integer({ minimum: 0 })),
  maxItems: Type.Optional(Type.Integer({ minimum: 1 }))
}

/** 同组里排在前面的一个选项选了 in 之一才问。 */
const AskedIf = Type.Object({ field: FieldId, in: Type.Array(Text, { minItems: 1, uniqueItems: true }) }, closed)

/** 重复组里的一格：形状同字段，只是不能再套一层组。 */
const SubField = Type.Unsafe<DomainField>(Type.Object(fieldProperties, closed))

/**
 * 表单里的一个数据项：只问一次，`for` 写明哪些节点要用。敏感级见 licences.md §2：
 * 0 公开、1 一般、2 敏感、3 特别敏感。money 的单位是分；min、max 对 money 也按分计。
 */
const FormField = describes<DomainField>()(
  Type.Object({ ...fieldProperties, askedIf: Type.Optional(AskedIf), fields: Type.Optional(Type.Array(SubField, { minItems: 1 })) }, closed)
)

/** 表单的一组，一屏一组。 */
export const FormGroup = describes<DomainGroup>()(
  Type.Object({ id: Slug, title: Text, fields: Type.Array(FormField, { minItems: 1 }) }, closed)
)
