/** 目录里的一处毛病：在哪个文件第几行、哪个键，什么问题，怎么改。 */
export interface Fault {
  file: string
  line: number
  key: string
  problem: string
  mend: string
}

/** 键在文件里的路径，如 ['questions', 0, 'show']。 */
export type Path = (string | number)[]

/** 路径的写法：questions.0.show；整个文件写「(文件)」。 */
export const keyText = (path: Path) => (path.length > 0 ? path.join('.') : '(文件)')

/** 给编辑看的一行：文件:行 键 — 问题 → 怎么改。 */
export const faultText = (fault: Fault) => `${fault.file}:${fault.line} ${fault.key} — ${fault.problem} → ${fault.mend}`

export const quoted = (words: readonly string[]) => words.map(word => `「${word}」`).join('、')

/** 「不存在」类毛病的改法：有相近的名字就直接提示。 */
export function suggest(wrong: string, known: readonly string[], otherwise: string): string {
  const near = known.filter(word => distance(wrong, word) <= Math.max(1, Math.floor(word.length / 3)))
  const closest = near.sort((a, b) => distance(wrong, a) - distance(wrong, b)).slice(0, 3)
  return closest.length > 0 ? `是不是想写${quoted(closest)}？否则${otherwise}` : otherwise
}

/** 编辑距离（Levenshtein）。 */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
