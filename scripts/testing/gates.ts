import fs from 'node:fs'
import path from 'node:path'
import { bundleIdsInCode } from '../gates/bundle-ids'
import { CODE_FOLDERS } from '../gates/code-files'
import { longFiles } from '../gates/file-length'
import { emptyNames } from '../gates/names'
import { unregisteredPages } from '../gates/pages'
import { NOTHING, sum, type Outcome } from './outcome'
import { runCommand } from './run-command'

type Gate = { name: string; faults: (root: string) => Promise<string[]> | string[] }

const GATES: Gate[] = [
  { name: '文件长度', faults: longFiles },
  { name: '文件夹与文件的名字', faults: emptyNames },
  { name: '代码里没有写死的一件事', faults: bundleIdsInCode },
  { name: '页面都已登记', faults: unregisteredPages },
  program('办事目录', ['--import', 'tsx', 'scripts/catalogue-check.ts']),
  program('类型', ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json']),
  program('代码规范', ['node_modules/eslint/bin/eslint.js', '.', '--max-warnings', '0']),
  { name: '导入规则', faults: importFaults },
  program('没有无用的代码', ['node_modules/knip/bin/knip.js', '--no-progress']),
  program('体积', ['--import', 'tsx', 'scripts/sizes.ts'])
]

/** Runs every gate, one after the other; what a failing one said is printed. */
export async function runGates(root: string): Promise<Outcome> {
  const outcomes: Outcome[] = []
  for (const { name, faults } of GATES) {
    const started = performance.now()
    const found = await faults(root)
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    console.log(`  ${found.length === 0 ? '✓' : '✗'} ${name}（${seconds} 秒）`)
    for (const fault of found) console.log(fault.replaceAll(/^/gm, '      '))
    outcomes.push({ ...NOTHING, [found.length === 0 ? 'passed' : 'failed']: 1 })
  }
  return sum(outcomes)
}

/** dependency-cruiser over all our folders, with the rules in the root's `.dependency-cruiser.cjs`. */
export function importFaults(root: string): Promise<string[]> {
  const program = path.resolve(__dirname, '../../node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
  const folders = CODE_FOLDERS.filter((folder) => fs.existsSync(path.join(root, folder)))
  return faultsOf([program, '--config', '.dependency-cruiser.cjs', '--output-type', 'err', ...folders], root)
}

function program(name: string, args: string[]): Gate {
  return { name, faults: (root) => faultsOf(args, root) }
}

async function faultsOf(args: string[], root: string): Promise<string[]> {
  const { code, output } = await runCommand(process.execPath, args, root)
  return code === 0 ? [] : [output || `退出码 ${code}`]
}
