import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'

const root = mkdtempSync(join(tmpdir(), 'command-'))
after(() => rmSync(root, { recursive: true }))

const command = ['--import', 'tsx', 'scripts/catalogue-check.ts']
const check = (...args: string[]) => spawnSync(process.execPath, [...command, ...args], { encoding: 'utf8' })

describe('npm run catalogue:check', () => {
  test('没有毛病：报数目，退出码 0', () => {
    const { status, stdout } = check()
    assert.equal(status, 0)
    assert.match(stdout, /没有毛病：\d+ 件一件事，\d+ 个事项，\d+ 种证照/)
  })

  test('有毛病：逐行「文件:行 键 — 问题 → 怎么改」，退出码 1', () => {
    cpSync('catalogue/jiangyin', root, { recursive: true })
    const file = join(root, 'matters/elder-card.yml')
    const lines = readFileSync(file, 'utf8').split('\n')
    const line = lines.findIndex(text => text.startsWith('department:')) + 1
    writeFileSync(file, lines.join('\n').replace('department: civil-affairs', 'department: civil-affair'))
    const { status, stdout } = check(root)
    assert.equal(status, 1)
    assert.equal(
      stdout.split('\n')[0],
      `matters/elder-card.yml:${line} department — 部门「civil-affair」不存在 → 是不是想写「civil-affairs」？否则在 departments.yml 里补上这个部门`
    )
    assert.match(stdout, /共 1 处毛病/)
  })

  test('目录不存在：说清楚，退出码 1', () => {
    const { status, stdout } = check('catalogue/nowhere')
    assert.equal(status, 1)
    assert.match(stdout, /没有这个目录/)
  })
})
