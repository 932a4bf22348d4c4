/**
 * `npm test` runs the gates and all layers, `npm run test:<layer>` one of them. The last line is `N passed, N failed` (and
 * `, N skipped` where there are any); the exit code is 1 when anything failed.
 */
import path from 'node:path'
import { LAYERS, runLayer } from './testing/layers'
import { NOTHING, sum, summary, type Outcome } from './testing/outcome'

const root = path.resolve(__dirname, '..')

async function main(wanted: string[]): Promise<void> {
  const unknown = wanted.find((name) => !LAYERS.some((layer) => layer.name === name))
  if (unknown) throw new Error(`没有名为 ${unknown} 的测试层；有：${LAYERS.map((layer) => layer.name).join('、')}`)
  const layers = LAYERS.filter((layer) => wanted.length === 0 || wanted.includes(layer.name))
  const outcomes: Outcome[] = []
  for (const layer of layers) {
    const started = performance.now()
    const outcome = await runLayer(root, layer).catch((error: unknown) => {
      console.log(`  ✗ ${error instanceof Error ? error.message : String(error)}`)
      return { ...NOTHING, failed: 1 }
    })
    console.log(`  ${layer.name}：${summary(outcome)}（${((performance.now() - started) / 1000).toFixed(0)} 秒）`)
    outcomes.push(outcome)
  }
  const total = sum(outcomes)
  console.log(`\n${summary(total)}`)
  process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0
}

void main(process.argv.slice(2))
