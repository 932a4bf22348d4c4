import { createRequire } from 'node:module'

interface Parser {
  parse(source: string, options: { ecmaVersion: number; sourceType: 'script' | 'module' }): unknown
}

// The parser that webpack itself reads the code with; it is webpack's dependency, not ours.
const acorn = createRequire(require.resolve('webpack/package.json'))('acorn') as Parser

/** The newest syntax that the phones we ship to are sure to read. */
export const SHIPPED_SYNTAX = 2018

/** The first place where a shipped script uses syntax newer than ES2018, or null. */
export function newerSyntax(source: string): string | null {
  try {
    acorn.parse(source, { ecmaVersion: SHIPPED_SYNTAX, sourceType: 'script' })
    return null
  } catch (error) {
    const { message, pos = 0 } = error as Error & { pos?: number }
    return `not ES${SHIPPED_SYNTAX}: ${message}: …${source.slice(Math.max(0, pos - 40), pos + 40)}…`
  }
}
