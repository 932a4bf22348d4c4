/** The part of the package that the harness uses; it ships no types. */
declare module 'miniprogram-compiler' {
  export function wxmlToJs(dist: string, options?: { maxBuffer: number }): string
}
