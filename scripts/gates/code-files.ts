import path from 'node:path'
import { filesUnder } from '../launch/files'

/** The folders that hold code of ours. */
export const CODE_FOLDERS = ['src', 'config', 'domain', 'contract', 'catalogue', 'server', 'mock', 'tests', 'scripts']

/** Paths of the files in some of our folders, from the root and with forward slashes, whose name ends in one of these. */
export function codeFiles(root: string, folders: string[], endings = ['.ts', '.tsx', '.js', '.mjs', '.cjs']): string[] {
  return folders
    .flatMap((folder) => filesUnder(path.join(root, folder)))
    .filter((file) => endings.some((ending) => file.endsWith(ending)))
    .map((file) => path.relative(root, file).replaceAll(path.sep, '/'))
}
