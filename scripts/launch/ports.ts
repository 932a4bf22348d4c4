import net from 'node:net'
import { StartError } from './steps'

/** @throws {StartError} when the port can't be had, with what to do instead */
export async function requirePort(port: number, host: string): Promise<void> {
  const code = await listen(port, host).then(
    () => undefined,
    (error: NodeJS.ErrnoException) => error.code
  )
  if (code === 'EADDRINUSE') {
    throw new StartError(`端口 ${port} 已被别的程序占用：关闭那个程序，或换一个端口，例如 PORT=${port + 1} npm start`)
  }
  if (code === 'EACCES') throw new StartError(`没有权限使用端口 ${port}：1024 以下的端口要管理员权限，请换一个，例如 PORT=8080 npm start`)
  if (code) throw new StartError(`无法在 ${host}:${port} 上监听（${code}）：请检查 HOST 与 PORT`)
}

/** A port of the loopback address that nobody uses at the moment. */
export function freePort(): Promise<number> {
  return listen(0, '127.0.0.1')
}

function listen(port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer()
    probe.once('error', reject)
    probe.listen(port, host, () => {
      const { port: given } = probe.address() as net.AddressInfo
      probe.close(() => resolve(given))
    })
  })
}
