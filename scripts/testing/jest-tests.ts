import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Outcome } from './outcome'
import { runCommand } from './run-command'

type Report = { numPassedTests: number; numFailedTests: number; numPendingTests: number; numRuntimeErrorTestSuites: number }

/** Runs the app's tests with jest (configuration in jest.config.js). */
export async function runJest(root: string): Promise<Outcome> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'jest-report-'))
  const reportFile = path.join(folder, 'report.json')
  try {
    const args = ['node_modules/jest/bin/jest.js', '--ci', '--json', `--outputFile=${reportFile}`]
    const { code, output } = await runCommand(process.execPath, args, root)
    const report = fs.existsSync(reportFile) ? (JSON.parse(fs.readFileSync(reportFile, 'utf8')) as Report) : undefined
    const failed = (report?.numFailedTests ?? 0) + (report?.numRuntimeErrorTestSuites ?? 0)
    if (code !== 0) console.log(withoutReport(output).replaceAll(/^/gm, '      '))
    return {
      passed: report?.numPassedTests ?? 0,
      failed: code !== 0 ? Math.max(failed, 1) : failed,
      skipped: report?.numPendingTests ?? 0
    }
  } finally {
    fs.rmSync(folder, { recursive: true })
  }
}

/** jest prints the whole report among the failures, as one line. */
function withoutReport(output: string): string {
  return output.split('\n').filter((line) => !line.startsWith('{"')).join('\n')
}
