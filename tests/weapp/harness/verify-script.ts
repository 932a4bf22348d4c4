import { parseSync, traverse, type NodePath } from '@babel/core'
import { newerSyntax } from '../../../scripts/syntax'

/** What a browser has and a mini-program has not. */
const BROWSER_ONLY = new Set([
  ...['document', 'window', 'navigator', 'location', 'history', 'alert', 'localStorage', 'sessionStorage', 'Worker'],
  ...['XMLHttpRequest', 'fetch', 'WebSocket', 'FormData', 'Blob', 'File', 'FileReader', 'URL', 'URLSearchParams', 'AbortController'],
  ...['TextEncoder', 'TextDecoder', 'crypto', 'btoa', 'atob', 'structuredClone', 'process', 'Buffer', 'queueMicrotask'],
  ...['MutationObserver', 'IntersectionObserver', 'ResizeObserver', 'requestAnimationFrame']
])

/** One script of a mini-program: syntax that old phones cannot read, eval, and browser globals that are not even asked for by typeof. */
export function verifyScript(file: string, source: string) {
  const problems: string[] = []
  const globals = new Set<string>()
  const constructed = new Set<string>()
  const newer = newerSyntax(source)
  if (newer) problems.push(`${file}: ${newer}`)
  const tree = parseSync(source, { configFile: false, babelrc: false, sourceType: 'script' })
  if (!tree) return { problems: [...problems, `${file}: cannot be read`], notes: [] }
  traverse(tree, {
    ReferencedIdentifier(found: NodePath) {
      const { node, scope, parent } = found
      if (node.type !== 'Identifier' || scope.hasBinding(node.name, true)) return
      if (parent.type === 'UnaryExpression' && parent.operator === 'typeof') return
      if (parent.type === 'CallExpression' && parent.callee === node && node.name === 'eval') problems.push(`${file}: eval()`)
      if (parent.type === 'NewExpression' && parent.callee === node && node.name === 'Function') constructed.add('new Function')
      if (BROWSER_ONLY.has(node.name)) globals.add(node.name)
    }
  } as Parameters<typeof traverse>[1])
  const notes = [...constructed, ...[...globals].sort().map((name) => `browser global ${name}`)].map((what) => `${file}: ${what}`)
  return { problems, notes }
}
