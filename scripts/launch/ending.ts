import { ConfigError } from '../../server/config'
import { StartError } from './steps'

/**
 * Runs `main`, and in whatever way it comes to an end (an error, Ctrl-C, a closed terminal) runs what it has put in `cleanup`,
 * the last first.
 */
export async function runUntilStopped(main: (cleanup: (() => Promise<void> | void)[]) => Promise<void>): Promise<void> {
  const cleanup: (() => Promise<void> | void)[] = []
  let ending: Promise<never> | undefined

  const end = (code: number): Promise<never> => {
    ending ??= (async () => {
      for (const task of cleanup.reverse()) await Promise.resolve(task()).catch((error: unknown) => console.error(error))
      process.exit(code)
    })()
    return ending
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (!ending) console.log('\n正在停止 …')
      void end(0)
    })
  }
  try {
    await main(cleanup)
  } catch (error) {
    if (ending) return ending
    const expected = error instanceof StartError || error instanceof ConfigError
    console.error(`\n未能启动：${expected ? error.message : error instanceof Error ? error.stack : String(error)}`)
    await end(1)
  }
}
