import type { LibraryLicence } from '../../contract/gateways/licence-library'
import { licenceIdentifier } from '../../mock/numbers'
import type { IdentityClaims } from '../../server/gateways/ports'
import { mother, START } from './world'

/** 另一方父母、创业者：与其他测试里的人互不相同。 */
export const father: IdentityClaims = {
  name: '陈演示',
  idNumber: '320281199302020010',
  phone: '16000000001',
  realNameLevel: 4,
  authenticatedAt: START
}

/** 一本证照；照面之外的都有合用的缺省。 */
export function paper(
  type: string,
  holder: IdentityClaims,
  face: Record<string, string>,
  rest: Partial<LibraryLicence> = {}
): LibraryLicence {
  return {
    identifier: licenceIdentifier(type, holder.idNumber.slice(-4), rest.version ?? 1),
    type,
    version: 1,
    holderName: holder.name,
    holderIdCode: holder.idNumber,
    issuer: '演示签发机关',
    issuedOn: '2021-03-01',
    validTo: null,
    status: 'valid',
    face,
    ...rest
  }
}

export const idCard = (holder: IdentityClaims, rest: Partial<LibraryLicence> = {}) =>
  paper(
    'id-card',
    holder,
    { 姓名: holder.name, 公民身份号码: holder.idNumber, 住址: '江苏省江阴市澄江街道演示路1号', 有效期: '2041-03-01' },
    {
      validTo: '2041-03-01',
      ...rest
    }
  )

export const hukou = (holder: IdentityClaims) =>
  paper('hukou', holder, { 户号: 'DEMO0001', 户主姓名: father.name, 住址: '江苏省江阴市澄江街道演示路1号' })

export const marriage = (holder: IdentityClaims) =>
  paper('marriage-cert', holder, { 双方姓名: `${father.name}、${mother.name}`, 双方身份证号: `${father.idNumber}、${mother.idNumber}` })
