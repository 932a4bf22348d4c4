import type { Subject } from '../../contract/identity'

/** 是我的谁，一个词：同姓的打了码就一样，光写姓名分不出是谁的。 */
export const relationWords: Record<Subject['role'], string> = {
  self: '本人',
  guardian: '孩子',
  proxy: '亲友',
  legalRepresentative: '企业',
  operator: '企业'
}
