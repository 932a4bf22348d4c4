import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isCollection, isMap, isPair, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml'
import { keyText, type Fault, type Path } from './faults'

/** 读进来的一个文件：内容，以及「某个键有毛病」时怎么指到那一行。 */
export interface Source<T = unknown> {
  file: string
  value: T
  fault: (path: Path, problem: string, mend: string) => Fault
}

/** 路径在文件里的行；路径走不到底（如缺的键）时停在最近的上一层。 */
function lineOf(document: Document.Parsed, counter: LineCounter, path: Path): number {
  let node: unknown = document.contents
  let offset = (document.contents as Node | null)?.range?.[0] ?? 0
  for (const step of path) {
    if (!isCollection(node)) break
    if (isMap(node)) {
      const pair = node.items.find(item => String(item.key) === String(step))
      if (!isPair(pair)) break
      offset = (pair.key as Node).range?.[0] ?? offset
      node = pair.value
    } else if (isSeq(node)) {
      const item = node.items[Number(step)] as Node | undefined
      if (!item) break
      offset = item.range?.[0] ?? offset
      node = item
    }
  }
  return counter.linePos(offset).line
}

/**
 * 读一个 YAML 文件。写法不合 YAML（缩进、重复的键等）时只返回毛病，不返回内容。
 * @param root 目录根，毛病里的文件名相对于它
 */
export function readSource(root: string, file: string): { source?: Source; faults: Fault[] } {
  const counter = new LineCounter()
  const document = parseDocument(readFileSync(join(root, file), 'utf8'), { lineCounter: counter, prettyErrors: false })
  if (document.errors.length > 0) {
    const faults = document.errors.map(error => ({
      file,
      line: counter.linePos(error.pos[0]).line,
      key: '(文件)',
      problem: `YAML 写法有误：${error.message}`,
      mend: error.code === 'DUPLICATE_KEY' ? '同一层的键只能写一次，删去重复的' : '检查缩进、冒号后的空格与引号'
    }))
    return { faults }
  }
  const fault: Source['fault'] = (path, problem, mend) => ({
    file,
    line: lineOf(document, counter, path),
    key: keyText(path),
    problem,
    mend
  })
  return { source: { file, value: document.toJS() as unknown, fault }, faults: [] }
}
