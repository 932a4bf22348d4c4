import fs from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { codeFiles } from './code-files'

/** Folders where all bundles are equal: what is special about one stands in its data. */
const FOLDERS = ['src', 'domain', 'contract', 'server', 'catalogue']
/** It makes the demo's old cases, which are of this or that bundle. */
const ALLOWED = /^server\/db\/seed/

/** A bundle's id written out in code: the next bundle would need the code changed. */
export function bundleIdsInCode(root: string): string[] {
  const ids = bundleIds(root)
  const files = codeFiles(root, FOLDERS, ['.ts', '.tsx']).filter((file) => !ALLOWED.test(file))
  return files.flatMap((file) =>
    stringsOf(root, file).flatMap(({ text, line }) => {
      const id = text.split('/').find((part) => ids.has(part))
      return id ? [`${file}:${line}：写死了一件事「${id}」，请改由目录数据决定`] : []
    })
  )
}

function bundleIds(root: string): Set<string> {
  const folder = path.join(root, 'catalogue', 'jiangyin', 'bundles')
  const names = fs.existsSync(folder) ? fs.readdirSync(folder) : []
  return new Set(names.filter((name) => name.endsWith('.yml')).map((name) => path.basename(name, '.yml')))
}

function stringsOf(root: string, file: string): { text: string; line: number }[] {
  const source = ts.createSourceFile(file, fs.readFileSync(path.join(root, file), 'utf8'), ts.ScriptTarget.Latest, true)
  const found: { text: string; line: number }[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node)) {
      found.push({ text: node.text, line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1 })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}
