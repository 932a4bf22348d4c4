import os from 'node:os'
import path from 'node:path'
import { ensureBrowser } from '../browser'
import { buildIfStale, type End } from '../launch/build'
import { filesUnder } from '../launch/files'
import { step } from '../launch/steps'
import { runGates } from './gates'
import { runJest } from './jest-tests'
import { runNodeTests } from './node-tests'
import { NOTHING, type Outcome } from './outcome'

type Layer = {
  name: string
  /** Builds of the app that it looks at. */
  needs: End[]
  run: (root: string) => Promise<Outcome>
}

/** All layers in the order of `npm test`: what is quickest to fail comes first. */
export const LAYERS: Layer[] = [
  { name: 'gates', needs: ['h5', 'weapp'], run: runGates },
  nodeLayer('domain', ['domain']),
  nodeLayer('catalogue', ['catalogue']),
  nodeLayer('architecture', ['architecture']),
  nodeLayer('server', ['server', 'mock', 'scripts']),
  { name: 'app', needs: [], run: runJest },
  nodeLayer('weapp', ['weapp'], { needs: ['weapp'], concurrency: 1 }),
  nodeLayer('e2e', ['e2e'], { needs: ['h5'], concurrency: 1, prepare: prepareBrowser })
]

/** Runs one layer, after building what it looks at. */
export async function runLayer(root: string, { name, needs, run }: Layer): Promise<Outcome> {
  console.log(`\n── ${name} ──`)
  for (const end of needs) await step(`构建 ${end}`, (log) => buildIfStale(root, end, log))
  return run(root)
}

type NodeLayerOptions = { needs?: End[]; concurrency?: number; prepare?: () => Promise<void> }

function nodeLayer(name: string, folders: string[], options: NodeLayerOptions = {}): Layer {
  const { needs = [], concurrency = os.availableParallelism(), prepare } = options
  return {
    name,
    needs,
    async run(root) {
      await prepare?.()
      const files = folders.flatMap((folder) => filesUnder(path.join(root, 'tests', folder))).filter((file) => /\.test\.tsx?$/.test(file))
      if (files.length > 0) return runNodeTests(root, files, concurrency)
      console.log(`  ✗ 这一层没有测试文件：tests/${folders[0]}`)
      return { ...NOTHING, failed: 1 }
    }
  }
}

async function prepareBrowser(): Promise<void> {
  console.log(`  浏览器：${await ensureBrowser()}`)
}
