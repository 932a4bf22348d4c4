/**
 * `npm run dev`: the same house as `npm start`, that follows what is edited: a change of the server's folders restarts the server,
 * a change of the app is built at once into the folder that the server hands out. Reload the page to see it.
 */
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { builtFolder } from './launch/build'
import { runUntilStopped } from './launch/ending'
import { startPlatform } from './launch/platform'
import { say, step } from './launch/steps'
import { watchFolders } from './launch/watch'
import { welcome } from './launch/welcome'

const root = path.resolve(__dirname, '..')
const served = ['server', 'domain', 'contract', 'catalogue']

void runUntilStopped(async (cleanup) => {
  console.log('掌上办（开发）')
  const { config, server } = await startPlatform(cleanup, () => step('网页应用（随改随建）', () => watchApp(cleanup)))
  cleanup.push(
    watchFolders(root, served, async () => {
      say('代码有改动，重新启动服务端')
      await server.restart()
    })
  )
  await welcome(config)
})

/** Taro's own watching build. It also opens a server of its own, which nobody needs: the one origin serves what it writes. */
async function watchApp(cleanup: (() => Promise<void> | void)[]): Promise<void> {
  // What it writes is no production build: the next `npm start` must make one.
  fs.rmSync(`${builtFolder(root, 'h5')}.built-from`, { force: true })
  const taro = path.join(root, 'node_modules', '@tarojs', 'cli', 'bin', 'taro')
  const env = { ...process.env, NODE_ENV: 'development', NO_COLOR: '1' }
  const tied = ['--import', path.join(__dirname, 'launch', 'tied.mjs')]
  const child = spawn(process.execPath, [...tied, taro, 'build', '--type', 'h5', '--watch'], {
    cwd: root,
    env,
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true
  })
  cleanup.push(() => void child.kill())
  await new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`Taro 的构建停了（${code}）`)))
    const hear = (line: string) => {
      // Of its many lines, those that say how a build went and what is wrong with the code.
      if (/\berror/i.test(line)) say(line.trim())
      const [, milliseconds] = /compiled .* in (\d+) ms/.exec(line) ?? []
      if (!milliseconds) return
      say(`网页应用已构建（${milliseconds} 毫秒），刷新页面即可看到`)
      resolve()
    }
    for (const input of [child.stdout, child.stderr]) createInterface({ input }).on('line', hear)
  })
}
