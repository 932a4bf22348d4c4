/** `npm run --silent token -- <demo identity>` prints a bearer token for the running demo (ORIGIN, or PORT on this machine). */
import { demoAccessToken, TokenRefused } from './launch/demo-sign-in'

const origin = (process.env.ORIGIN || process.env.PUBLIC_ORIGIN || `http://localhost:${process.env.PORT || 8080}`).replace(/\/+$/, '')

demoAccessToken(origin, process.argv[2] ?? '').then(
  token => console.log(token),
  (error: unknown) => {
    console.error(error instanceof TokenRefused ? error.message : error)
    process.exitCode = 1
  }
)
