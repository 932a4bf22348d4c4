import assert from 'node:assert/strict'
import path from 'node:path'
import { describe, test } from 'node:test'
import { ESLint } from 'eslint'

const eslint = new ESLint({ cwd: path.resolve(__dirname, '../..') })

async function rulesBrokenBy(filePath: string, text: string): Promise<(string | null)[]> {
  const [result] = await eslint.lintText(`${text}\n`, { filePath })
  return (result?.messages ?? []).map((message) => message.ruleId)
}

describe('代码规范', () => {
  test('环境变量只在规定的几处读', async () => {
    const text = 'export const a = process.env.PORT'
    for (const file of ['server/a.ts', 'mock/a.ts', 'contract/a.ts', 'src/pages/a.tsx', 'domain/a.ts']) {
      assert.ok((await rulesBrokenBy(file, text)).includes('no-restricted-syntax'), file)
    }
    for (const file of ['server/config.ts', 'mock/config.ts', 'scripts/a.ts', 'config/index.ts', 'src/platform/a.ts']) {
      assert.deepEqual(await rulesBrokenBy(file, text), [], file)
    }
  })

  test('domain 不看钟、不掷骰子、不碰外界', async () => {
    for (const text of ['new Date()', 'Date.now()', 'Math.random()', "fetch('x')", 'setTimeout(f, 1)', 'crypto.randomUUID()']) {
      assert.equal((await rulesBrokenBy('domain/a.ts', `export const a = (f: () => void) => [f, ${text}]`)).length, 1, text)
    }
    assert.deepEqual(await rulesBrokenBy('domain/a.ts', 'export const a = (now: number) => new Date(now).toISOString()'), [])
  })

  test('页面代码不直接碰浏览器与小程序的全局对象', async () => {
    for (const name of ['window', 'document', 'navigator', 'localStorage', 'wx']) {
      assert.deepEqual(await rulesBrokenBy('src/components/a.tsx', `export const a = ${name}`), ['no-restricted-globals'], name)
      assert.deepEqual(await rulesBrokenBy('src/platform/a.ts', `export const a = ${name}`), [], name)
    }
  })

  test('any、行内关闭规则、@ts-ignore、超过 140 字的行、分号都不行', async () => {
    assert.deepEqual(await rulesBrokenBy('server/a.ts', 'export const a = (b: any) => b'), ['@typescript-eslint/no-explicit-any'])
    const silenced = '// eslint-disable-next-line @typescript-eslint/no-explicit-any\nexport const a = (b: any) => b'
    assert.ok((await rulesBrokenBy('server/a.ts', silenced)).includes('@typescript-eslint/no-explicit-any'))
    assert.deepEqual(await rulesBrokenBy('server/a.ts', '// @ts-ignore\nexport const a = 1'), ['@typescript-eslint/ban-ts-comment'])
    assert.deepEqual(await rulesBrokenBy('server/a.ts', `export const a = '${'长'.repeat(140)}'`), ['max-len'])
    assert.deepEqual(await rulesBrokenBy('server/a.ts', 'export const a = 1;'), ['semi'])
  })
})
