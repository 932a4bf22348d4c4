import assert from 'node:assert/strict'
import { faultText, type Fault } from '../../catalogue/faults'
import type { Files } from './small'

/** 小目录里那件虚构的一件事。 */
export const bundle = 'bundles/moving.yml'

/** 小目录是任意深的 YAML，测试里按路径改；路径写错会当场抛错。 */
export type Loose = { [key: string]: Loose } & Loose[]
export const at = (files: Files, file: string) => files[file] as unknown as Loose
export const set = (target: unknown, values: object) => Object.assign(target as object, values)

/** 恰好一处毛病，并且就是它。 */
export function only(faults: Fault[], file: string, key: string, problem: RegExp): Fault {
  assert.equal(faults.length, 1, `应恰好一处毛病：\n${faults.map(faultText).join('\n')}`)
  const [fault] = faults
  assert.ok(fault)
  assert.equal(fault.file, file)
  assert.equal(fault.key, key)
  assert.match(fault.problem, problem)
  assert.notEqual(fault.mend, '')
  return fault
}

/** 毛病里有这一处。 */
export function some(faults: Fault[], file: string, key: string, problem: RegExp) {
  const found = faults.filter(fault => fault.file === file && fault.key === key && problem.test(fault.problem))
  assert.equal(found.length, 1, `没有找到，实际是：\n${faults.map(faultText).join('\n')}`)
}
