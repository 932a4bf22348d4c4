/** 身份里的一格：姓名（企业为名称）、证件号（个人公民身份号码、企业统一社会信用代码）、手机号（只有个人有）。 */
export type IdentityField = 'name' | 'idCode' | 'phone'

/** 给出去的样子：原样、按打码规则、只给末四位。 */
export type Showing = 'whole' | 'masked' | 'lastFour'

/** 场景能读的一格。record 是数据共享平台一个系统里的一项；holds 与 age 只答是或否：有没有一张在有效期内的证、满没满几周岁。 */
export type SceneField =
  | { kind: 'identity'; field: IdentityField; show: Showing }
  | { kind: 'face'; licence: string; face: string; show: Showing }
  | { kind: 'holds'; licence: string }
  | { kind: 'record'; system: string; item: string }
  | { kind: 'age'; atLeast: number }

/** 个人码、企业码，还是都行。 */
export type CodeHolder = 'person' | 'company' | 'both'

/** 按去的地方分的一组场景：授权给别人时一组一组地选。 */
export interface SceneGroup {
  id: string
  name: string
}

/** 亮码场景（processes.md §6）：核码端在这里能读什么、凭什么、留多久。 */
export interface Scene {
  id: string
  name: string
  /** 归哪一组（SceneGroup 的 id）。 */
  group: string
  /** 写给亮码人看的用途，接在「用于：」之后。 */
  purpose: string
  legalBasis: string
  holder: CodeHolder
  fields: SceneField[]
  /** 亮码人要先在手机上点同意。 */
  confirm: boolean
  /** 收不收离线码：离线证书只证明身份，金额与隐私类场景不收。 */
  offline: boolean
  /** 要本人到场，不能请人代为亮码（人脸到场类事项不可代）：代办人、经办人的码在这里不收；监护人不是代办人，不受它管。 */
  inPerson: boolean
  /** 核码端最多留几个自然日；0 是核完即删。 */
  retentionDays: number
  source: string
  reviewedOn: string
  pending?: string[]
}

/** 登记了的核码端：哪家的、装在哪里、许它读哪些场景。 */
export interface Reader {
  id: string
  organisation: string
  place: string
  scenes: string[]
}

/** 个人信息保护投诉受理在核码端接入平台里的名字：它不是核码端，核码端也不能叫这个名字。 */
export const objectionIntake = 'complaints'

/** 离线码里证得了的：姓名与证件号的打码、末四位，别的都要联网。 */
export const fitsOffline = (field: SceneField): boolean => field.kind === 'identity' && field.field !== 'phone' && field.show !== 'whole'

/** 一格的名字：核码端点名要哪几格、足迹里写了哪几格，都用它。 */
export function fieldKey(field: SceneField): string {
  switch (field.kind) {
    case 'identity':
      return `identity.${field.field}`
    case 'face':
      return `${field.licence}.${field.face}`
    case 'holds':
      return `holds.${field.licence}`
    case 'record':
      return `${field.system}.${field.item}`
    case 'age':
      return `age.${field.atLeast}`
  }
}
