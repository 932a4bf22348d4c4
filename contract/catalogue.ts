import type { Region } from '../domain/form/region'
import { Type, type Static } from 'typebox'
import type { ResolvedBundle } from '../domain/bundle/types'
import { Nullable, Slug } from './wire'

export const BundleCard = Type.Object(
  {
    id: Slug,
    name: Type.String(),
    fullName: Type.String(),
    audience: Type.Enum(['person', 'company']),
    stage: Slug,
    summary: Type.String(),
    who: Type.String(),
    matterCount: Type.Integer(),
    minutes: Type.Integer(),
    /** 与单办相比最多能省的，由目录算出；workdays：各部门承诺的工作日，一件接一件单办首尾相接，合办取关键路径。 */
    savings: Type.Object(
      { applications: Type.Integer(), materials: Type.Integer(), workdays: Type.Integer(), visits: Type.Integer() },
      { additionalProperties: false }
    )
  },
  { additionalProperties: false }
)
export type BundleCard = Static<typeof BundleCard>

export const StageCard = Type.Object(
  {
    id: Slug,
    name: Type.String(),
    audience: Type.Enum(['person', 'company']),
    /** 图标名；应用没画过的换成方盒。 */
    icon: Nullable(Slug),
    bundles: Type.Array(Slug),
    elsewhere: Nullable(Type.String())
  },
  { additionalProperties: false }
)
export type StageCard = Static<typeof StageCard>

/** 目录首页一份：城市、阶段、一件事卡片。带 ETag，设备缓存。 */
export const CatalogueIndex = Type.Object(
  {
    revision: Type.String(),
    city: Type.Object(
      { name: Type.String(), appName: Type.String(), divisionCode: Type.String(), hotline: Type.String() },
      { additionalProperties: false }
    ),
    demo: Type.Boolean(),
    stages: Type.Array(StageCard),
    bundles: Type.Array(BundleCard)
  },
  { additionalProperties: false }
)
export type CatalogueIndex = Static<typeof CatalogueIndex>

/** 展开后的一件事（内容由目录 schema 校验过，见 catalogue/schema.ts）。 */
export const BundleDetail = Type.Object(
  { revision: Type.String(), bundle: Type.Unsafe<ResolvedBundle>(Type.Object({}, { additionalProperties: true })) },
  { additionalProperties: false }
)
export type BundleDetail = Static<typeof BundleDetail>

export const SearchQuery = Type.Object({ q: Type.String({ minLength: 1, maxLength: 50 }) }, { additionalProperties: false })
export const SearchHit = Type.Object(
  {
    kind: Type.Enum(['bundle', 'matter', 'stage']),
    id: Slug,
    name: Type.String(),
    note: Type.String(),
    /** 能在哪件「一件事」里办；matter 用。 */
    bundleId: Nullable(Slug)
  },
  { additionalProperties: false }
)
export type SearchHit = Static<typeof SearchHit>
export const SearchReply = Type.Object(
  { hits: Type.Array(SearchHit), suggestions: Type.Array(Type.String()) },
  { additionalProperties: false }
)
export type SearchReply = Static<typeof SearchReply>

/** 行政区划树：省 → 市 → 区县 → 镇街 → 村社区，叶子 children 为空。 */
export const Regions = Type.Object(
  {
    regions: Type.Array(
      Type.Unsafe<Region>(Type.Object({ code: Type.String(), name: Type.String(), children: Type.Array(Type.Unknown()) }))
    )
  },
  { additionalProperties: false }
)
export type Regions = Static<typeof Regions>
