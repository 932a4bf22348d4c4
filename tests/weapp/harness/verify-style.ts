import path from 'node:path'

/** What WXSS cannot do: missing imports, local files in url(), the universal selector. */
export function verifyStyle(file: string, text: string, exists: (target: string) => boolean): string[] {
  const resolve = (target: string) => (target.startsWith('/') ? target.slice(1) : path.posix.join(path.posix.dirname(file), target))
  const imports = [...text.matchAll(/@import\s+["']([^"']+)/g)].map(([, target = '']) => target)
  const locals = [...text.matchAll(/url\((["']?)(?!data:|https?:)([^)"']+)\1\)/g)].map(([, , target = '']) => target)
  return [
    ...imports.filter((target) => !exists(resolve(target))).map((target) => `${file}: @import ${target} missing`),
    ...locals.map((target) => `${file}: url(${target}) is a local file, which WXSS cannot load`),
    ...(/(^|[},])\s*\*\s*[{,]/.test(text) ? [`${file}: the selector * is not supported`] : [])
  ]
}
