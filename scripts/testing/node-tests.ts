import { once } from 'node:events'
import path from 'node:path'
import { run } from 'node:test'
import { inspect } from 'node:util'
import type { Outcome } from './outcome'

type Finished = { name: string; file?: string; line?: number; skip?: string | boolean; details: { type?: string; error?: Error } }

/**
 * Runs files of node:test, each in a process of its own, and says what fails as soon as it does.
 *
 * @param concurrency how many files at once
 */
export async function runNodeTests(root: string, files: string[], concurrency: number): Promise<Outcome> {
  const outcome: Outcome = { passed: 0, failed: 0, skipped: 0 }
  const said = new Map<string, string[]>()
  const stream = run({ files, concurrency, timeout: 15 * 60_000 })

  for (const kind of ['test:stdout', 'test:stderr'] as const) {
    stream.on(kind, ({ file, message }: { file?: string; message: string }) => {
      if (file) said.set(file, [...(said.get(file) ?? []), message])
    })
  }
  stream.on('test:pass', (test: Finished) => {
    if (isSuite(test)) return
    if (test.skip === undefined) outcome.passed += 1
    else {
      outcome.skipped += 1
      console.log(`  ○ 跳过：${test.name}${typeof test.skip === 'string' && test.skip ? `（${test.skip}）` : ''}`)
    }
  })
  stream.on('test:fail', (test: Finished) => {
    if (isFailureOfAnother(test)) return
    outcome.failed += 1
    console.log(`  ✗ ${test.name}${test.file ? `  ${path.relative(root, test.file)}:${test.line ?? 1}` : ''}`)
    console.log(indent(inspect(test.details.error?.cause ?? test.details.error, { depth: 6 })))
    const output = test.file ? said.get(test.file)?.splice(0) : undefined
    if (output?.length) console.log(indent(`该文件的输出：\n${output.join('')}`))
  })
  stream.resume()
  await once(stream, 'end')
  return outcome
}

function isSuite(test: Finished): boolean {
  return test.details.type === 'suite'
}

/** A suite, or a test with subtests, that failed only because a test inside it did: that one is counted already. */
function isFailureOfAnother({ details }: Finished): boolean {
  return (details.error as { failureType?: string } | undefined)?.failureType === 'subtestsFailed'
}

function indent(text: string): string {
  return text.trimEnd().replaceAll(/^/gm, '      ')
}
