import type { Answers } from '../../domain/condition/types'
import type { FormValues } from '../../domain/form/types'

/** 一份演示用的旧办件：谁、多少天以前、怎么答、怎么填；没写的字段取自身份、证照与共享数据。 */
export interface SeedCase {
  /** 演示身份。 */
  identity: string
  bundleId: string
  daysAgo: number
  answers: Answers
  values: FormValues
}

/**
 * 全是编的。只收结果为文书的事：证照要以电子证照库为准，库里没有的企业，登录时就不再归在名下。
 */
export const seedCases: readonly SeedCase[] = [
  {
    identity: 'elder',
    bundleId: 'retirement',
    daysAgo: 96,
    answers: { kind: 'res', pre: 'n', one: 'n', fund: 'n' },
    values: {
      applicantPhone: '16000000006',
      residence: { province: '320000', city: '320200', district: '320281', town: '320281-qingyang', detail: '演示弄 6 号' },
      retirementDate: '2008-04-04',
      payeeBank: '演示合作银行',
      payeeAccount: '6200000000000000006'
    }
  }
]
