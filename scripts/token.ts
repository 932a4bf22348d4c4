/**
 * `npm run --silent token -- <demo identity>` prints a bearer token for the running demo of this data folder; ORIGIN or PORT
 * name another one.
 */
import path from 'node:path'
import { demoAccessToken, TokenRefused } from './launch/demo-sign-in'
import { holderOf } from './launch/lock'

const { ORIGIN, PUBLIC_ORIGIN, PORT, DATA_DIR } = process.env
const running = PORT ? undefined : holderOf(path.join(DATA_DIR || 'data', 'lock'))?.note
const origin = (ORIGIN || PUBLIC_ORIGIN || running || `http://localhost:${PORT || 8080}`).replace(/\/+$/, '')

demoAccessToken(origin, process.argv[2] ?? '').then(
  token => console.log(token),
  (error: unknown) => {
    console.error(error instanceof TokenRefused ? error.message : error)
    process.exitCode = 1
  }
)
