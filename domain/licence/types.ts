/** 电子证照（glossary: eLicence）。revoked 是吊销（行政处罚），annulled 是撤销（发现以欺骗取得，processes.md §5）。字段敏感级与类型依 licences.md §2。 */
export type LicenceStatus = 'valid' | 'expiring' | 'expired' | 'suspended' | 'changed' | 'cancelled' | 'revoked' | 'annulled'
export type FaceType = 's' | 'd' | 'n' | 'e' | 'img' | 'id' | 'code' | 'list'
export type Sensitivity = 0 | 1 | 2 | 3

export interface FaceField {
  name: string
  type: FaceType
  sensitivity: Sensitivity
}

/** 只答是否、不亮原值的一句话（「已满 18 周岁」）：照面上 field 那一天起满了 atLeast 周岁没有。 */
export interface Predicate {
  key: string
  label: string
  field: string
  atLeast: number
}

/** 照面怎么画：底色、版式、章上的字。都是我们自己的画法，不仿实物。 */
export interface LicenceLook {
  tint: 'blue' | 'teal' | 'green' | 'olive' | 'amber' | 'red' | 'wine' | 'violet' | 'slate'
  /** 卡片、单页证书、本子、清单 */
  layout: 'card' | 'certificate' | 'booklet' | 'list'
  seal: string
}

export interface LicenceType {
  id: string
  name: string
  issuer: string
  holder: 'person' | 'company' | 'both'
  face: FaceField[]
  /** 照面上写着发证机关的那一格；没有这样一格就不写。 */
  issuerField?: string
  predicates?: Predicate[]
  look: LicenceLook
  validity: string
  /** 有效期可机算时给出；长期为 null。 */
  validMonths: number | null
  uses: string[]
  /** 可以下载加盖电子签章的 PDF。 */
  pdf?: boolean
  typeCode: string | null
  source: string
  reviewedOn: string
  pending?: string[]
}

/** 持证情况：plan() 只需要知道「谁有哪类证、哪一版、还有没有效」。 */
export interface Holding {
  licenceType: string
  holder: 'applicant' | 'spouse' | 'legalRepresentative' | 'ward' | 'company'
  status: LicenceStatus
  validTo: string | null
}
