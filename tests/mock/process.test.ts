import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { readMockConfig } from '../../mock/config'

const root = path.resolve(__dirname, '../..')

test('模拟系统的进程：父进程不在了（标准输入关闭）就自己结束；钥匙文件只有本账户可读', async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'mock-process-'))
  const child = spawn(process.execPath, ['--import', 'tsx', 'mock/main.ts'], {
    cwd: root, stdio: ['pipe', 'pipe', 'ignore'], env: { ...process.env, MOCK_PORT: '0', MOCK_DATA_DIR: dataDir, MOCK_PARENT: '1' }
  })
  const ended = once(child, 'exit')
  const [line] = await once(child.stdout, 'data') as [Buffer]
  assert.match(line.toString(), /模拟系统（演示）：http:\/\/127\.0\.0\.1:\d+\/mock/)
  assert.equal(statSync(path.join(dataDir, 'mock-keys.json')).mode & 0o777, 0o600)
  child.stdin.end()
  assert.deepEqual(await ended, [0, null])
  rmSync(dataDir, { recursive: true, force: true })
})

test('设置写错了说得清是哪个', () => {
  assert.throws(() => readMockConfig({ MOCK_PACE_MS: 'fast' }), /MOCK_PACE_MS=fast 应为不小于 0 的整数/)
  assert.equal(readMockConfig({}).paceMs, 6000)
  assert.equal(readMockConfig({ MOCK_SCRIPT: 'off' }).script, false)
})
