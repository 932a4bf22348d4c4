import fs from 'node:fs'
import path from 'node:path'
import { CODE_FOLDERS, codeFiles } from './code-files'

const LIMIT = 400

/** A file longer than 400 lines, tests and styles included, wants to be two. */
export function longFiles(root: string): string[] {
  return codeFiles(root, CODE_FOLDERS, ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.scss', '.sql']).flatMap((file) => {
    const lines = fs.readFileSync(path.join(root, file), 'utf8').trimEnd().split('\n').length
    return lines > LIMIT ? [`${file}：${lines} 行，超过 ${LIMIT} 行，请按职责拆开`] : []
  })
}
