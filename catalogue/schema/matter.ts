import { Type } from 'typebox'
import type { Matter as DomainMatter } from '../../domain/bundle/types'
import { Condition } from './condition'
import { closed, describes, HolderRole, provenance, Slug, Text } from './shape'

const Unit = Type.Enum(['workday', 'natural'])
const Days = Type.Union([Type.Integer({ minimum: 0 }), Type.Null()])

/** 时限：工作日，0 = 当场办结；natural = 自然日；null = 无法定时限或无法事先定。 */
const TimeLimit = Type.Object({ statutory: Days, promised: Days, unit: Unit }, closed)

/** 特别程序（processes.md §1）：停表，不计入承诺时限，但计入「全部办完」的预计日。when 引用所在一件事的题目。 */
const SpecialProcedure = Type.Object(
  {
    kind: Type.Enum(['siteInspection', 'hearing', 'expertReview', 'appraisal', 'test', 'publicNotice', 'coolingOff']),
    name: Text,
    days: Type.Integer({ minimum: 1 }),
    unit: Unit,
    when: Type.Optional(Condition)
  },
  closed
)

/** 事项要的一份材料：existing = 只认旧版本；deferDays = 可容缺，几个工作日内补；promise = 可用告知承诺替代。 */
const MatterMaterial = Type.Object(
  {
    id: Slug,
    existing: Type.Optional(Type.Boolean()),
    deferDays: Type.Optional(Type.Integer({ minimum: 1 })),
    promise: Type.Optional(Type.Boolean()),
    why: Text
  },
  closed
)

const MatterResult = Type.Union([
  Type.Object({ kind: Type.Literal('licence'), licenceType: Slug, holder: HolderRole }, closed),
  Type.Object({ kind: Type.Literal('document'), name: Text }, closed)
])

/** 收费：分；null = 标准待核，只显示说明。没有 fee 就是不收费。 */
const Fee = Type.Object({ amount: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]), note: Text }, closed)

/** 政务服务事项，最小可办单元（matters.md §1、§3）。一个文件一项，id 与文件名一致。 */
export const Matter = describes<DomainMatter>()(
  Type.Object(
    {
      id: Slug,
      name: Text,
      plainName: Type.Optional(Text),
      alias: Type.Array(Text, { default: [] }),
      department: Slug,
      partners: Type.Optional(Type.Array(Slug, { minItems: 1 })),
      limit: TimeLimit,
      handlingType: Type.Enum(['instant', 'promised']),
      specialProcedures: Type.Array(SpecialProcedure, { default: [] }),
      materials: Type.Array(MatterMaterial, { default: [] }),
      result: MatterResult,
      fee: Type.Optional(Fee),
      visitReason: Type.Optional(Text),
      separateVisits: Type.Integer({ minimum: 0 }),
      acceptOnReceipt: Type.Optional(Type.Boolean()),
      note: Type.Optional(Text),
      ...provenance
    },
    closed
  )
)
