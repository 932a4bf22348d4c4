import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { holderOf, takeLock } from '../../scripts/launch/lock'
import { processStart } from '../../server/db/process-life'

describe('数据文件夹的锁', () => {
  let folder: string
  let file: string
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lock-'))
    file = path.join(folder, 'data', 'lock')
  })
  afterEach(() => fs.rmSync(folder, { recursive: true }))

  test('同时只有一个能拿到，放开后别人可以拿', () => {
    const first = takeLock(file, 'http://localhost:8080')
    assert.ok('lock' in first)
    const second = takeLock(file, 'http://localhost:8081')
    assert.ok('heldBy' in second)
    assert.equal(second.heldBy.pid, process.pid)
    assert.equal(second.heldBy.note, 'http://localhost:8080')
    assert.equal(holderOf(file)?.note, 'http://localhost:8080')
    first.lock.release()
    assert.equal(holderOf(file), undefined)
    assert.ok('lock' in takeLock(file, ''))
    assert.deepEqual(fs.readdirSync(path.dirname(file)), ['lock'])
  })

  test('持有者被 kill -9 后锁自动失效', async () => {
    const holder = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    fs.mkdirSync(path.dirname(file))
    fs.writeFileSync(file, JSON.stringify({ pid: holder.pid, start: processStart(holder.pid ?? 0), note: '' }))
    assert.ok('heldBy' in takeLock(file, ''))
    holder.kill('SIGKILL')
    await once(holder, 'exit')
    assert.ok('lock' in takeLock(file, ''))
  })

  test('进程号已归了别的进程，锁也失效；写坏的锁也失效', () => {
    fs.mkdirSync(path.dirname(file))
    for (const text of [JSON.stringify({ pid: process.pid, start: '另一个时刻', note: '' }), '', '{"pid"']) {
      fs.writeFileSync(file, text)
      const taken = takeLock(file, '')
      assert.ok('lock' in taken, text)
      taken.lock.release()
    }
  })

  test('放锁只放自己的', () => {
    const taken = takeLock(file, '')
    assert.ok('lock' in taken)
    fs.writeFileSync(file, '别人的')
    taken.lock.release()
    assert.equal(fs.readFileSync(file, 'utf8'), '别人的')
  })
})
