import assert from 'node:assert/strict'
import fs from 'node:fs'
import path from 'node:path'
import { describe, test } from 'node:test'
import { importFaults } from '../../scripts/testing/gates'
import { inventTree } from './tree'

const ours = path.resolve(__dirname, '../..')
const rules = fs.readFileSync(path.join(ours, '.dependency-cruiser.cjs'), 'utf8')
const typescript = fs.readFileSync(path.join(ours, 'tsconfig.json'), 'utf8')
const packageJson = { dependencies: { typebox: '1', axios: '1', '@tarojs/components': '4' }, devDependencies: { jest: '1' } }
const packages = Object.fromEntries(
  [...Object.keys(packageJson.dependencies), ...Object.keys(packageJson.devDependencies)].flatMap((name) => [
    [`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' })],
    [`node_modules/${name}/index.js`, 'module.exports = {}']
  ])
)
const world = {
  '.dependency-cruiser.cjs': rules,
  'tsconfig.json': typescript,
  'package.json': JSON.stringify(packageJson),
  ...packages,
  'domain/a.ts': 'export const a = 1',
  'contract/a.ts': 'export const a = 1\nexport type A = number',
  'catalogue/load.ts': 'export const a = 1',
  'server/modules/case/repository.ts': 'export const a = 1',
  'server/modules/case/service.ts': 'export const a = 1',
  'mock/a.ts': 'export const a = 1',
  'src/api/a.ts': 'export const a = 1\nexport type A = number',
  'src/features/case/a.ts': 'export const a = 1',
  'scripts/a.ts': 'export const a = 1',
  'tests/a.ts': 'export const a = 1'
}
const value = (from: string) => `import { a } from '${from}'\nexport const b = a`
const type = (from: string) => `import type { A } from '${from}'\nexport type B = A`
const whole = (from: string) => `import * as a from '${from}'\nexport const b = a`

/** One offending file for each rule, or several where a rule has several sides. */
const offences: [rule: string, file: string, text: string][] = [
  ['domain-imports-nothing', 'domain/b.ts', value('../contract/a')],
  ['domain-imports-nothing', 'domain/c.ts', whole('node:crypto')],
  ['domain-imports-nothing', 'domain/d.ts', whole('typebox')],
  ['contract-imports-domain-and-typebox', 'contract/b.ts', whole('axios')],
  ['catalogue-schema-imports-domain-and-typebox', 'catalogue/schema/b.ts', value('../load')],
  ['catalogue-imports-domain', 'catalogue/b.ts', value('../contract/a')],
  ['server-imports-inwards', 'server/b.ts', value('../mock/a')],
  ['module-keeps-its-repository', 'server/modules/licence/routes.ts', value('../case/repository')],
  ['src-imports-domain-and-contract', 'src/b.ts', value('../catalogue/load')],
  ['src-imports-contract-types', 'src/c.ts', value('../contract/a')],
  ['src-runs-on-phones', 'src/d.ts', whole('node:path')],
  ['feature-imports-no-feature', 'src/features/licence/use-b.ts', value('../case/a')],
  ['components-only-present', 'src/components/b.tsx', value('../api/a')],
  ['pages-call-hooks', 'src/pages/home/index.tsx', value('../../api/a')],
  ['taro-components-in-platform', 'src/components/c.tsx', whole('@tarojs/components')],
  ['mock-imports-contract-types', 'mock/b.ts', value('../domain/a')],
  ['mock-imports-contract-by-type', 'mock/c.ts', value('../contract/a')],
  ['only-tests-import-tests', 'scripts/b.ts', value('../tests/a')],
  ['only-tests-import-scripts', 'config/b.ts', value('../scripts/a')],
  ['no-development-package-at-run-time', 'server/c.ts', whole('jest')],
  ['no-cycles', 'domain/e.ts', "import type { F } from './f'\nexport type E = F | 1"],
  ['no-cycles-in-tests', 'tests/b.ts', "import { c } from './c'\nexport const b = () => c"],
  ['nothing-unresolved', 'server/d.ts', value('./nowhere')]
]
const otherHalves = {
  'domain/f.ts': "import type { E } from './e'\nexport type F = E | 2",
  'tests/c.ts': "import { b } from './b'\nexport const c = () => b"
}

const allowed = {
  'domain/b.ts': value('./a'),
  'contract/b.ts': `${value('../domain/a')}\nexport * from 'typebox'`,
  'catalogue/schema/b.ts': `${value('../../domain/a')}\nexport * from 'typebox'`,
  'server/b.ts': [value('../domain/a'), "export * from '../contract/a'", "export * from '../catalogue/load'"].join('\n'),
  'server/modules/case/routes.ts': value('./repository'),
  'server/modules/licence/routes.ts': value('../case/service'),
  'src/b.ts': value('../domain/a'),
  'src/c.ts': type('../contract/a'),
  'src/features/case/use-b.ts': value('../../api/a'),
  'src/features/case/index.tsx': type('../../api/a'),
  'src/platform/host.weapp.tsx': whole('@tarojs/components'),
  'mock/b.ts': type('../contract/a'),
  'tests/b.test.ts': [value('../server/b'), "export * from '../mock/a'", "export * from '../scripts/a'", "export * from 'jest'"].join('\n'),
  'tests/types.ts': "import type { V } from './view'\nexport type T = V | 1",
  'tests/view.ts': "import type { T } from './types'\nexport type V = T | 2"
}

describe('导入规则', () => {
  test('每一条规则都抓得住违反它的文件', async (t) => {
    const bad = Object.fromEntries(offences.map(([, file, text]) => [file, text]))
    const report = (await importFaults(inventTree(t, { ...world, ...bad, ...otherHalves }))).join('\n')
    for (const [rule, file] of offences) {
      assert.match(report, new RegExp(`error ${rule}: (.*\\n)?.*${file}`), `${rule} 没有抓住 ${file}\n${report}`)
    }
  })

  test('规则表里的每一条都在上面有例子', () => {
    const names = [...rules.matchAll(/^ {4}rule\(\s*'([a-z-]+)'/gm)].map((match) => match[1])
    assert.ok(names.length > 15)
    assert.deepEqual(new Set(offences.map(([rule]) => rule)), new Set(names))
  })

  test('允许的导入一条也不误报', async (t) => {
    assert.deepEqual(await importFaults(inventTree(t, { ...world, ...allowed })), [])
  })
})
