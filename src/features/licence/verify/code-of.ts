/**
 * What a scanned, pasted or typed text has to verify: what stands behind `#` of an address, or the text itself. Case and gaps are the
 * server's to judge: a scanned code has both, a typed one neither.
 */
export function codeOf(text: string): string {
  return text.slice(text.lastIndexOf('#') + 1).trim()
}

const shortest = 8
const longest = 200

/** Whether it can be a code at all; anything else isn't worth a question to the server. */
export const looksLikeCode = (code: string): boolean => code.length >= shortest && code.length <= longest
