import { Type, type Static, type TSchema } from 'typebox'

/** 目录里的对象一律不收没写进规格的键：写错一个字母就当场报出来。 */
export const closed = { additionalProperties: false } as const

/** 可选的都当必填，一层层往里：这样漏写一个可选字段也比得出来。 */
type Solid<T> = T extends object ? { [K in keyof T]-?: Solid<T[K]> } : T
type Fits<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false
type Same<A, B> = Fits<A, B> extends true ? (Fits<Solid<A>, Solid<B>> extends true ? unknown : never) : never

/**
 * 编译期核对：schema 推出的类型与 domain 里的类型 D 互相可赋值。
 * 少写一个字段（可选的也算）、多写一个字段、类型不一，都编译不过。
 */
export const describes =
  <D>() =>
  <S extends TSchema>(schema: S & Same<Static<S>, D>): S =>
    schema

/** 短名：小写字母、数字、连字符；文件名、题目键、节点键都用它。 */
export const Slug = Type.String({ pattern: '^[a-z][a-z0-9-]{0,63}$', description: '短名：小写英文字母开头，只用小写字母、数字和连字符' })

/** 表单字段名：小驼峰。 */
export const FieldId = Type.String({ pattern: '^[a-z][a-zA-Z0-9]{0,47}$', description: '字段名：小写字母开头的小驼峰，如 childName' })

/** 不能留空的文字。 */
export const Text = Type.String({ minLength: 1, description: '不能为空的文字' })

/** 一天。 */
export const Day = Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$', description: '日期，写作 2026-11-21' })

/** 出处与复核日期：每条内容都要有。`pending` 列出数字待核或属演示值的键，写到哪一格，如 limit.promised。 */
export const provenance = {
  source: Text,
  reviewedOn: Day,
  pending: Type.Optional(Type.Array(Text))
}

/** 谁持有：办事人、另一方（配偶或另一方父母）、法定代表人、被监护人（如新生儿）、企业。 */
export const HolderRole = Type.Enum(['applicant', 'spouse', 'legalRepresentative', 'ward', 'company'])

/** 办事人是个人还是企业。 */
export const Audience = Type.Enum(['person', 'company'])
