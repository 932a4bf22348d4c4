/** Typed text as a number; undefined when it isn't one. An empty text is null: nothing filled in. */
export function numberOf(text: string): number | null | undefined {
  const clean = text.trim().replace(/[,，]/g, '')
  if (clean === '') return null
  return /^-?\d+(\.\d*)?$/.test(clean) ? Number(clean) : undefined
}

/** 元 as typed, in 分; undefined when it isn't an amount with at most two decimals. */
export function centsOf(text: string): number | null | undefined {
  const clean = text.trim().replace(/[,，¥￥]/g, '')
  if (clean === '') return null
  const parts = /^(\d{1,13})(?:\.(\d{0,2}))?$/.exec(clean)
  return parts ? Number(parts[1]) * 100 + Number(`${parts[2] ?? ''}00`.slice(0, 2)) : undefined
}

/** 分 as 元, the way one would type it. */
export function yuanOf(cents: number): string {
  return cents % 100 === 0 ? String(cents / 100) : (cents / 100).toFixed(2)
}
