import { randomInt } from 'node:crypto'
import type { Deps } from '../../deps'

/** Crockford's Base32: no I, L, O, U, so that nothing sounds or looks like something else when read aloud. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const length = 8

/** Forty bits, as one person reads them to another; good for ten minutes, behind a tight limit on trying. */
export const newCode = (): string => Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('')

/** What is kept of a code: forty bits can be tried through, so the hash has a key. Typed as people type: any case, blanks, hyphens. */
export function codeHash({ vault }: Pick<Deps, 'vault'>, typed: string): Buffer {
  const code = typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll(/[IL]/g, '1').replaceAll('O', '0')
  return vault.blindIndex(code, 'delegation.code')
}
