import { buildMock } from './build'
import { readMockConfig } from './config'

async function start(): Promise<void> {
  const config = readMockConfig()
  const mock = await buildMock(config)
  const stop = () => void mock.close().finally(() => process.exit(0))
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  if (config.endWithParent) process.stdin.resume().once('end', stop).once('close', stop)
  const address = await mock.app.listen({ port: config.port, host: config.host })
  process.stdout.write(`模拟系统（演示）：${address}/mock\n`)
}

start().catch((error: unknown) => {
  process.stderr.write(`模拟系统启动失败：${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
