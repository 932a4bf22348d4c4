import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { startChild } from '../../scripts/launch/child'
import { freePort, requirePort } from '../../scripts/launch/ports'
import { StartError } from '../../scripts/launch/steps'
import { isAlive } from '../../server/db/process-life'

describe('子进程', () => {
  let folder: string
  let entry: string
  before(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'child-'))
    entry = path.join(folder, 'main.ts')
    fs.writeFileSync(
      entry,
      `import http from 'node:http'
       http.createServer((_, reply) => reply.end(String(process.pid))).listen(Number(process.env.TEST_PORT), '127.0.0.1')
       process.on('SIGTERM', () => process.exit(0))`
    )
  })
  after(() => fs.rmSync(folder, { recursive: true }))

  async function options(file = entry) {
    const port = await freePort()
    return { name: '样例', entry: file, env: { TEST_PORT: String(port) }, readyUrl: `http://127.0.0.1:${port}/` }
  }
  const pidAt = async (url: string): Promise<number> => Number(await fetch(url).then((reply) => reply.text(), () => 0))

  test('就绪后才返回；停止后不在了', async () => {
    const settings = await options()
    const child = await startChild(settings)
    const pid = await pidAt(settings.readyUrl)
    assert.ok(isAlive(pid))
    await child.stop()
    assert.equal(isAlive(pid), false)
  })

  test('被 kill -9 后自动重新启动', async () => {
    const settings = await options()
    const child = await startChild(settings)
    const pid = await pidAt(settings.readyUrl)
    process.kill(pid, 'SIGKILL')
    let next = pid
    while (next === pid || next === 0) {
      await pause(50)
      next = await pidAt(settings.readyUrl)
    }
    await child.stop()
    assert.equal(isAlive(next), false)
  })

  test('启动时就出错：报错，不再等', async () => {
    const broken = path.join(folder, 'broken.ts')
    fs.writeFileSync(broken, 'process.exit(7)')
    await assert.rejects(startChild(await options(broken)), StartError)
  })

  test('父进程被 kill -9，它自己也走', async () => {
    const settings = await options()
    const parent = path.join(folder, 'parent.ts')
    const code = `import { startChild } from ${JSON.stringify(path.resolve(__dirname, '../../scripts/launch/child'))}
      startChild(${JSON.stringify(settings)}).then(() => console.log('ready'))`
    fs.writeFileSync(parent, code)
    const owner = spawn(process.execPath, ['--import', 'tsx', parent], { stdio: ['ignore', 'pipe', 'inherit'] })
    await once(owner.stdout, 'data')
    const pid = await pidAt(settings.readyUrl)
    assert.ok(isAlive(pid))
    owner.kill('SIGKILL')
    while (isAlive(pid)) await pause(20)
  })
})

describe('端口', () => {
  test('被占用时说出端口和怎么换', async () => {
    const server = net.createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as net.AddressInfo
    await assert.rejects(requirePort(port, '127.0.0.1'), (error) => {
      assert.ok(error instanceof StartError)
      assert.match(error.message, new RegExp(`端口 ${port} 已被别的程序占用.*PORT=${port + 1} npm start`))
      return true
    })
    server.close()
    await once(server, 'close')
    await requirePort(port, '127.0.0.1')
  })
})
