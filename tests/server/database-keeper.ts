/**
 * Keeps one PostgreSQL running for all test processes of this work tree, as long as one of them holds a connection to it (which
 * the system closes when the process ends, however it ends), and a little longer. Then it stops PostgreSQL and removes its folder.
 */
import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { takeLock } from '../../scripts/launch/lock'
import { startDatabase } from '../../server/db/embedded'

const IDLE_MS = 4000

async function keep(folder: string): Promise<void> {
  const taken = takeLock(path.join(folder, 'lock'), '测试用数据库')
  if ('heldBy' in taken) return
  const { lock } = taken
  const database = await startDatabase({ dataDir: path.join(folder, 'data'), log: () => undefined, durable: false })

  const clients = new Set<net.Socket>()
  let idle: NodeJS.Timeout | undefined
  const server = net.createServer((client) => {
    clearTimeout(idle)
    clients.add(client)
    client.on('error', () => client.destroy())
    client.on('close', () => {
      clients.delete(client)
      if (clients.size === 0) idle = setTimeout(finish, IDLE_MS)
    })
    client.write(`${database.url}\n`)
  })
  const address = path.join(folder, 'address')
  server.listen(0, '127.0.0.1', () => {
    fs.writeFileSync(`${address}.new`, String((server.address() as net.AddressInfo).port))
    fs.renameSync(`${address}.new`, address)
  })
  idle = setTimeout(finish, IDLE_MS)

  async function finish(): Promise<void> {
    fs.rmSync(address, { force: true })
    server.close()
    for (const client of clients) client.destroy()
    await database.stop()
    for (const item of ['data', 'keeper.log']) fs.rmSync(path.join(folder, item), { recursive: true, force: true })
    // Last, because from here on another keeper may move in.
    lock.release()
    process.exit()
  }
  process.on('SIGTERM', finish)
}

void keep(process.argv[2] as string)
