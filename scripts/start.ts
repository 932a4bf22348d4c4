/** `npm start`: brings up the whole house on one origin and stays until Ctrl-C. */
import path from 'node:path'
import { buildIfStale, builtFolder } from './launch/build'
import { runUntilStopped } from './launch/ending'
import { startPlatform } from './launch/platform'
import { step } from './launch/steps'
import { welcome } from './launch/welcome'

const root = path.resolve(__dirname, '..')

void runUntilStopped(async (cleanup) => {
  console.log('掌上办')
  const { config } = await startPlatform(cleanup, async (folder) => {
    // H5_DIR may name an app built elsewhere, which is not ours to build.
    if (folder === builtFolder(root, 'h5')) await step('网页应用', (log) => buildIfStale(root, 'h5', log))
  })
  await welcome(config)
})
