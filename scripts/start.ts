/** `npm start`: brings up the whole house on one origin and stays until Ctrl-C. */
import path from 'node:path'
import { runUntilStopped } from './launch/ending'
import { buildH5IfStale } from './launch/h5'
import { startPlatform } from './launch/platform'
import { step } from './launch/steps'
import { welcome } from './launch/welcome'

const root = path.resolve(__dirname, '..')

void runUntilStopped(async (cleanup) => {
  console.log('掌上办')
  const { config } = await startPlatform(cleanup, (folder) => step('网页应用', (log) => buildH5IfStale(root, folder, log)))
  await welcome(config)
})
