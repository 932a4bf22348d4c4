import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { inventTree } from './tree'

const ours = path.resolve(__dirname, '../..')

/** node:test refuses to run inside itself unless it does not know that it is. */
async function runFiles(t: TestContext, files: Record<string, string>): Promise<{ outcome: unknown; output: string }> {
  const runner = `
    const { runNodeTests } = require(${JSON.stringify(path.join(ours, 'scripts/testing/node-tests.ts'))})
    const files = ${JSON.stringify(Object.keys(files))}.map((file) => require('node:path').join(__dirname, file))
    runNodeTests(__dirname, files, 1).then((outcome) => console.log('OUTCOME' + JSON.stringify(outcome)))`
  const root = inventTree(t, { ...files, 'run.cjs': runner })
  const env = { ...process.env, NODE_TEST_CONTEXT: undefined }
  const args = ['--import', 'tsx', path.join(root, 'run.cjs')]
  const child = spawn(process.execPath, args, { cwd: ours, env, stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  await once(child, 'close')
  const outcome: unknown = JSON.parse(output.split('OUTCOME')[1] ?? '{}')
  return { outcome, output }
}

const start = "const { test, describe } = require('node:test')\n"

describe('测试运行器', () => {
  test('数的是测试，不是套件；跳过的另算并说明原因', async (t) => {
    const { outcome, output } = await runFiles(t, {
      'a.test.js': `${start}describe('套件', () => {
        test('甲', () => {}); test('乙', () => {}); test('丙', { skip: '没有浏览器' }, () => {})
      })`,
      'b.test.js': `${start}test('丁', () => {})`
    })
    assert.deepEqual(outcome, { passed: 3, failed: 0, skipped: 1 })
    assert.match(output, /跳过：丙（没有浏览器）/)
  })

  test('失败的只算一次，说出名字、位置、原因和那个文件的输出', async (t) => {
    const { outcome, output } = await runFiles(t, {
      'a.test.js': `${start}describe('套件', () => {
        test('好', () => {})
        test('坏', () => { console.log('说了什么'); throw new Error('原因在此') })
      })`
    })
    assert.deepEqual(outcome, { passed: 1, failed: 1, skipped: 0 })
    assert.match(output, /✗ 坏 {2}a\.test\.js:4/)
    assert.match(output, /原因在此/)
    assert.match(output, /说了什么/)
  })

  test('文件本身崩溃、退出码不为零、钩子失败，都算失败', async (t) => {
    const crash = await runFiles(t, { 'a.test.js': "throw new Error('读不了')" })
    assert.deepEqual(crash.outcome, { passed: 0, failed: 1, skipped: 0 })
    const late = await runFiles(t, { 'a.test.js': `${start}test('好', () => {}); process.on('exit', () => { process.exitCode = 3 })` })
    assert.deepEqual(late.outcome, { passed: 1, failed: 1, skipped: 0 })
    const hook = await runFiles(t, {
      'a.test.js': `${start}describe('套件', () => {
        require('node:test').before(() => { throw new Error('钩子') })
        test('好', () => {})
      })`
    })
    assert.equal((hook.outcome as { failed: number }).failed > 0, true)
  })
})
