import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { codeFiles } from './code-files'

type AppConfig = { pages: string[]; subPackages?: { root: string; pages: string[] }[] }

/** Pages that the app does not know (nobody can open them) and known pages that are not there (the build breaks). */
export async function unregisteredPages(root: string): Promise<string[]> {
  const registered = new Set(await registeredPages(root))
  const onDisk = codeFiles(root, ['src/pages', 'src/features'], ['/index.config.ts']).map((file) => {
    return file.replace('src/', '').replace('.config.ts', '')
  })
  const unknown = onDisk.filter((page) => !registered.has(page))
  const absent = [...registered].filter((page) => !fs.existsSync(path.join(root, 'src', `${page}.tsx`)))
  return [
    ...unknown.map((page) => `src/${page}.tsx：没有在 src/app.config.ts 里登记，谁也打不开`),
    ...absent.map((page) => `src/app.config.ts：登记了 ${page}，但没有这个文件`)
  ]
}

/** The file is made to be read by Taro, which puts `defineAppConfig` into the global scope. */
async function registeredPages(root: string): Promise<string[]> {
  const file = path.join(root, 'src', 'app.config.ts')
  if (!fs.existsSync(file)) return []
  Object.assign(globalThis, { defineAppConfig: (config: AppConfig) => config })
  const loaded = (await import(pathToFileURL(file).href)) as { default: AppConfig | { default: AppConfig } }
  const config = 'default' in loaded.default ? loaded.default.default : loaded.default
  return [...config.pages, ...(config.subPackages ?? []).flatMap((part) => part.pages.map((page) => `${part.root}/${page}`))]
}
