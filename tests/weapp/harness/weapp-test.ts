import { test, type TestContext } from 'node:test'
import { compilerProblem } from './compiler'

const problem = compilerProblem()

/**
 * A test that runs a compiled mini-program. Where WeChat's WXML compiler cannot run it is counted as skipped, with the reason; on CI it
 * fails instead, so that a green CI always means that the mini-program ran.
 */
export function weappTest(title: string, run: (context: TestContext) => Promise<void>) {
  if (!problem) return test(title, run)
  if (process.env.CI) return test(title, () => Promise.reject(new Error(`CI must run the mini-program: ${problem}`)))
  return test(title, { skip: `小程序未测：${problem}` }, run)
}
