import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { bundleIdsInCode } from '../../scripts/gates/bundle-ids'
import { longFiles } from '../../scripts/gates/file-length'
import { emptyNames } from '../../scripts/gates/names'
import { unregisteredPages } from '../../scripts/gates/pages'
import { inventTree } from './tree'

describe('文件长度', () => {
  test('400 行可以，401 行不行，测试、样式与 SQL 也算', (t) => {
    const root = inventTree(t, {
      'domain/fits.ts': 'x\n'.repeat(400),
      'tests/domain/long.test.ts': 'x\n'.repeat(401),
      'src/app.scss': 'x\n'.repeat(500),
      'server/db/migrations/0001_a.sql': 'x\n'.repeat(401),
      'catalogue/jiangyin/long.yml': 'x\n'.repeat(900)
    })
    assert.deepEqual(
      longFiles(root).map((fault) => fault.split('：')[0]),
      ['src/app.scss', 'server/db/migrations/0001_a.sql', 'tests/domain/long.test.ts']
    )
  })
})

describe('名字', () => {
  test('utils、common、helpers、misc 作文件夹或文件名都不行，含这些字的完整词可以', (t) => {
    const root = inventTree(t, {
      'src/utils/a.ts': '',
      'src/utils/b.ts': '',
      'server/common.ts': '',
      'mock/helpers/x/y.ts': '',
      'domain/misc.test.ts': '',
      'domain/common-law.ts': ''
    })
    assert.deepEqual(
      emptyNames(root).map((fault) => fault.split('：')[0]),
      ['src/utils', 'domain/misc.test.ts', 'server/common.ts', 'mock/helpers']
    )
  })
})

describe('写死的一件事', () => {
  const bundle = { 'catalogue/jiangyin/bundles/newborn.yml': 'id: newborn' }

  test('字符串、模板、JSX 属性与路径里出现都被找到，并说出行号', (t) => {
    const root = inventTree(t, {
      ...bundle,
      'server/a.ts': "\nexport const a = 'newborn'",
      'domain/b.ts': 'export const b = (n: number) => `newborn/${n}`',
      'src/c.tsx': 'export const c = <A to="/bundles/newborn" />',
      'contract/d.ts': 'export const d = { "newborn": 1 }',
      'catalogue/e.ts': "if (id === 'newborn') throw 1"
    })
    assert.deepEqual(
      bundleIdsInCode(root).map((fault) => fault.split('：')[0]),
      ['src/c.tsx:1', 'domain/b.ts:1', 'contract/d.ts:1', 'server/a.ts:2', 'catalogue/e.ts:1']
    )
  })

  test('注释、较长的词、测试、模拟系统与演示数据里可以有', (t) => {
    const root = inventTree(t, {
      ...bundle,
      'server/a.ts': "// 'newborn'\nexport const a = 'newborns'",
      'server/db/seed.ts': "export const a = 'newborn'",
      'tests/a.test.ts': "export const a = 'newborn'",
      'mock/a.ts': "export const a = 'newborn'"
    })
    assert.deepEqual(bundleIdsInCode(root), [])
  })
})

describe('页面登记', () => {
  test('没登记的页面和登记了却没有的页面都被找到', async (t) => {
    const root = inventTree(t, {
      'src/app.config.ts': `export default defineAppConfig({
        pages: ['pages/home/index'],
        subPackages: [{ root: 'features/case', pages: ['detail/index', 'gone/index'] }]
      })`,
      'src/pages/home/index.tsx': '',
      'src/pages/home/index.config.ts': '',
      'src/features/case/detail/index.tsx': '',
      'src/features/case/detail/index.config.ts': '',
      'src/features/case/lost/index.tsx': '',
      'src/features/case/lost/index.config.ts': ''
    })
    assert.deepEqual(await unregisteredPages(root), [
      'src/features/case/lost/index.tsx：没有在 src/app.config.ts 里登记，谁也打不开',
      'src/app.config.ts：登记了 features/case/gone/index，但没有这个文件'
    ])
  })
})
