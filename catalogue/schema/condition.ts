import { Type } from 'typebox'
import type { Condition as DomainCondition } from '../../domain/condition/types'
import { closed, describes } from './shape'

const key = Type.String({ minLength: 1 })
const bound = Type.Number()
const condition = Type.Ref('Condition')

/**
 * 条件树，词汇封闭：全部成立、任一成立、不成立、等于、不等于、属于、多选包含、不小于、不大于、介于、持有证照。
 * 名字只有两种来源：本一件事的题目键、证照类型。不写表达式字符串（bundles.md §0、architecture.md）。
 */
export const Condition = describes<DomainCondition>()(
  Type.Cyclic(
    {
      Condition: Type.Union([
        Type.Object({ all: Type.Array(condition, { minItems: 1 }) }, closed),
        Type.Object({ any: Type.Array(condition, { minItems: 1 }) }, closed),
        Type.Object({ not: condition }, closed),
        Type.Object({ eq: Type.Tuple([key, Type.String()]) }, closed),
        Type.Object({ ne: Type.Tuple([key, Type.String()]) }, closed),
        Type.Object({ in: Type.Tuple([key, Type.Array(Type.String(), { minItems: 1 })]) }, closed),
        Type.Object({ includes: Type.Tuple([key, Type.String()]) }, closed),
        Type.Object({ gte: Type.Tuple([key, bound]) }, closed),
        Type.Object({ lte: Type.Tuple([key, bound]) }, closed),
        Type.Object({ between: Type.Tuple([key, bound, bound]) }, closed),
        Type.Object({ has_licence: key }, closed)
      ])
    },
    'Condition'
  )
)
