/** Crockford's Base32, without the letters that look or sound like digits. */
const shape = /^[0-9A-HJKMNP-TV-Z]{8}$/

/**
 * The code in what was scanned (an address of ours, with it as a parameter) or typed: in any case, with gaps and hyphens, with the
 * letters that people take digits for. Null: it can't be one, and isn't worth a question to the server.
 */
export function offerCodeOf(text: string): string | null {
  const raw = /[?&]code=([^&#]*)/.exec(text)?.[1] ?? text
  const code = raw
    .toUpperCase()
    .replace(/%20|[\s\-－—]/g, '')
    .replace(/[IL]/g, '1')
    .replace(/O/g, '0')
  return shape.test(code) ? code : null
}

/** Four and four, as it is read aloud. */
export const groupedCode = (code: string): string => `${code.slice(0, 4)} ${code.slice(4)}`
