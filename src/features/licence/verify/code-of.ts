/** What a scanned or pasted text has to verify: what stands behind `#` of our address, or the text itself without its gaps. */
export function codeOf(text: string): string {
  const trimmed = text.trim()
  const at = trimmed.indexOf('#')
  return at >= 0 && /^https?:\/\//.test(trimmed) ? trimmed.slice(at + 1) : trimmed.replace(/[\s-]/g, '').toUpperCase()
}

const shortest = 8
const longest = 200

/** Whether it can be a code at all; anything else isn't worth a question to the server. */
export const looksLikeCode = (code: string): boolean => code.length >= shortest && code.length <= longest
