import { Type, type Static } from 'typebox'
import type { Department as DomainDepartment, Stage as DomainStage } from '../../domain/bundle/types'
import type { ClockParameters as DomainClock } from '../../domain/clock/parameters'
import { Audience, closed, describes, provenance, Slug, Text } from './shape'

/** city.yml：这座城市。divisionCode 是 GB/T 2260 六位区划代码；demo 为真时全站标注「演示」。 */
export const City = Type.Object(
  {
    name: Text,
    appName: Text,
    divisionCode: Type.String({ pattern: '^\\d{6}$', description: '六位区划代码' }),
    hotline: Text,
    demo: Type.Boolean(),
    demoNote: Text,
    ...provenance
  },
  closed
)
export type City = Static<typeof City>

const Stage = describes<DomainStage>()(
  Type.Object(
    {
      id: Slug,
      name: Text,
      audience: Audience,
      order: Type.Integer({ minimum: 1 }),
      /** 首页上画哪个图标（src/components/icon-paths.ts）；不写或没画过的用方盒。 */
      icon: Type.Optional(Slug),
      bundles: Type.Array(Slug, { default: [], uniqueItems: true }),
      elsewhere: Type.Optional(Text)
    },
    closed
  )
)

/** stages.yml：个人十个阶段（第 30 条）、企业七个阶段（第 31 条）。没有内容的阶段必须写 elsewhere。 */
export const StageList = Type.Object({ ...provenance, stages: Type.Array(Stage, { minItems: 1 }) }, closed)
export type StageList = Static<typeof StageList>

const Department = describes<DomainDepartment>()(
  Type.Object({ id: Slug, name: Text, phone: Type.Optional(Text), address: Type.Optional(Text) }, closed)
)

/** departments.yml：部门与受托单位。 */
export const DepartmentList = Type.Object({ ...provenance, departments: Type.Array(Department, { minItems: 1 }) }, closed)
export type DepartmentList = Static<typeof DepartmentList>

const TagWords = Type.Array(Type.Object({ id: Slug, label: Text, topic: Text }, closed), { minItems: 1 })

/** ratings.yml：好差评五级与标签词表（processes.md §7）。bad = 差评，须选标签并写文字。期限均为演示值。 */
export const RatingTable = Type.Object(
  {
    grades: Type.Array(
      Type.Object(
        {
          grade: Type.Enum(['very_good', 'good', 'fair', 'poor', 'very_poor']),
          label: Text,
          bad: Type.Boolean(),
          words: Type.Enum(['good', 'middle', 'bad'])
        },
        closed
      ),
      { minItems: 5, maxItems: 5 }
    ),
    topics: Type.Array(Text, { minItems: 1 }),
    tags: Type.Object({ good: TagWords, middle: TagWords, bad: TagWords }, closed),
    minBadText: Type.Integer({ minimum: 0, description: '差评文字的最少字数' }),
    openWorkdays: Type.Integer({ minimum: 1, description: '办结后几个工作日内可评' }),
    changes: Type.Integer({ minimum: 0, description: '可修改次数' }),
    ...provenance
  },
  closed
)
export type RatingTable = Static<typeof RatingTable>

const clockTime = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$', description: '钟点，写作 17:00' })

const ClockParameters = describes<DomainClock>()(
  Type.Object(
    {
      closing: clockTime,
      instantLateFrom: clockTime,
      instantExtendedTo: clockTime,
      preReviewDays: Type.Integer({ minimum: 0 }),
      warningMinimumDays: Type.Integer({ minimum: 1 }),
      warningDivisor: Type.Integer({ minimum: 1 }),
      faultStopDays: Type.Integer({ minimum: 0 }),
      maximumExtensionDays: Type.Integer({ minimum: 0 })
    },
    closed
  )
)

/** 办件流程里不属于时钟的期限：草稿、补正、容缺、邀请、异议（processes.md §1，均为演示值）。 */
const CaseDeadlines = Type.Object(
  {
    draftKeepDays: Type.Integer({ minimum: 1, description: '草稿保留自然日' }),
    draftReminderDays: Type.Integer({ minimum: 1, description: '到期前几天提醒' }),
    correctionDays: Type.Integer({ minimum: 1, description: '补正期限自然日' }),
    deferDays: Type.Integer({ minimum: 1, description: '容缺补交期缺省工作日' }),
    invitationDays: Type.Integer({ minimum: 1, description: '同意邀请等几个自然日算逾期未答' }),
    objectionDays: Type.Integer({ minimum: 1, description: '对足迹的异议请对方几个工作日内说明' }),
    rectificationDays: Type.Integer({ minimum: 1, description: '证照「信息有误」请发证机关几个工作日内答复' })
  },
  closed
)

/** clock.yml：时限参数，单位见各键；标「演示」的写进 pending。 */
export const ClockTable = Type.Object({ clock: ClockParameters, deadlines: CaseDeadlines, ...provenance }, closed)
export type ClockTable = Static<typeof ClockTable>

const Town = Type.Object(
  {
    code: Text,
    name: Text,
    villages: Type.Array(Type.Object({ code: Text, name: Text }, closed), { default: [] })
  },
  closed
)
const sixDigits = Type.String({ pattern: '^\\d{6}$', description: '六位区划代码' })

/** regions.yml：省 → 市 → 区县 → 镇街 → 村社区。县级及以上是 GB/T 2260 代码，镇街与村是本目录的短名。 */
export const RegionTable = Type.Object(
  {
    province: Type.Object({ code: sixDigits, name: Text }, closed),
    cities: Type.Array(
      Type.Object(
        {
          code: sixDigits,
          name: Text,
          districts: Type.Array(Type.Object({ code: sixDigits, name: Text, towns: Type.Array(Town, { default: [] }) }, closed), {
            minItems: 1
          })
        },
        closed
      ),
      { minItems: 1 }
    ),
    ...provenance
  },
  closed
)
export type RegionTable = Static<typeof RegionTable>
