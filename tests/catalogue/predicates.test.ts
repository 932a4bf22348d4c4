import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { at, only, set } from './expect'
import { faultsAfter, type Files } from './small'

const file = 'licences/card.yml'
const adult = { key: 'adult', label: '已满 18 周岁', field: '生日', atLeast: 18 }
/** 给小目录里的身份证添一格生日与这几句。 */
const withPredicates = (...predicates: object[]) => (files: Files) => {
  at(files, file).face?.push({ name: '生日', type: 'd', sensitivity: 2 } as never)
  set(at(files, file), { predicates })
}

test('写着发证机关的一格，照面上要有', () => {
  only(faultsAfter((files) => set(at(files, file), { issuerField: '签发机关' })), file, 'issuerField', /没有照面字段/)
  assert.deepEqual(faultsAfter((files) => set(at(files, file), { issuerField: '姓名' })), [])
})

describe('证照只答是否的几句', () => {
  test('要从照面上有的一格答', () => {
    only(faultsAfter(withPredicates({ ...adult, field: '出生日期' })), file, 'predicates.0.field', /没有照面字段/)
  })
  test('那一格得是日期', () => {
    only(faultsAfter(withPredicates({ ...adult, field: '姓名' })), file, 'predicates.0.field', /不是日期/)
  })
  test('键、周岁不重复', () => {
    only(faultsAfter(withPredicates(adult, { ...adult, atLeast: 60 })), file, 'predicates.1', /重复/)
    only(faultsAfter(withPredicates(adult, { ...adult, key: 'grown' })), file, 'predicates.1', /重复/)
  })
})
