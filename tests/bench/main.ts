/** `npm run bench -- <name>` runs one of the benches, without a name all of them. They print figures and judge nothing by time. */
import { benchApi } from './api'
import { benchCode } from './code'
import { benchCrash } from './crash'

const benches: Record<string, () => Promise<void>> = { api: benchApi, code: benchCode, crash: benchCrash }

async function main(wanted: string[]): Promise<void> {
  const unknown = wanted.find((name) => !benches[name])
  if (unknown) throw new Error(`没有名为 ${unknown} 的测量；有：${Object.keys(benches).join('、')}`)
  for (const [name, run] of Object.entries(benches)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue
    console.log(`── ${name} ──`)
    await run()
  }
}

main(process.argv.slice(2)).then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  }
)
