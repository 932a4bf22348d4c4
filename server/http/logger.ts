import pino, { type DestinationStream, type Logger } from 'pino'
import type { Config } from '../config'

/** What must not be in a log line even if somebody puts it there. */
const personal = [
  'name',
  'idNumber',
  'idCode',
  'holderIdCode',
  'phone',
  'openid',
  'body',
  'authorization',
  'cookie',
  'token',
  'accessToken',
  'refreshToken',
  'ticket'
]

/** The server's log, JSON lines. Nobody writes personal data into it; this blots it out at the first two levels if somebody does. */
export function createLogger({ logLevel }: Pick<Config, 'logLevel'>, stream?: DestinationStream): Logger {
  const options = {
    level: logLevel,
    base: undefined,
    redact: { paths: personal.flatMap((name) => [name, `*.${name}`]), censor: '[已隐去]' }
  }
  return stream ? pino(options, stream) : pino(options)
}
