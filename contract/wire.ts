import { Type } from 'typebox'

/** 线路上的基本形状。时刻是 ISO 8601 UTC；日子是北京时间的 YYYY-MM-DD；金额是整数分。 */
export const Id = Type.String({ format: 'uuid', description: '资源标识（UUID）' })
export const Instant = Type.String({ format: 'date-time', description: '时刻，ISO 8601 UTC' })
export const Day = Type.String({ format: 'date', description: '日子，北京时间' })
export const Slug = Type.String({ pattern: '^[a-z0-9-]{1,64}$' })
export const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()])
export const IdParams = Type.Object({ id: Id }, { additionalProperties: false })
export const Nothing = Type.Null({ description: '无内容' })
