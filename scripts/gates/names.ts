import { CODE_FOLDERS, codeFiles } from './code-files'

const EMPTY_WORDS = /^(utils?|common|helpers?|misc)$/

/** Names that say nothing about what is inside attract everything. */
export function emptyNames(root: string): string[] {
  const parts = codeFiles(root, CODE_FOLDERS).flatMap((file) => {
    const names = file.split('/')
    return names.flatMap((name, depth) => (EMPTY_WORDS.test(name.split('.')[0] ?? '') ? [names.slice(0, depth + 1).join('/')] : []))
  })
  return [...new Set(parts)].map((place) => `${place}：这个名字什么也没说，请用说明内容的名字`)
}
