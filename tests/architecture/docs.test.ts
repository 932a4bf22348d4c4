import assert from 'node:assert/strict'
import fs from 'node:fs'
import path from 'node:path'
import { describe, test } from 'node:test'
import { readConfig } from '../../server/config'

const root = path.resolve(__dirname, '../..')
const read = (file: string) => fs.readFileSync(path.join(root, file), 'utf8')
const filesIn = (folder: string, ending: string): string[] =>
  fs
    .readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .map((file) => path.join(folder, file))
const documents = ['README.md', 'README.zh-CN.md', ...filesIn('docs', '.md')]
const sourceOf = (folder: string) => filesIn(folder, '.ts').map(read).join('\n')

const folders = ['src', 'domain', 'contract', 'catalogue', 'server', 'mock', 'tests', 'scripts', 'docs', 'config']
const quoted = (text: string) => [...text.matchAll(/`([^`\n]+)`/g)].map(([, inside = '']) => inside)
const commandsIn = (text: string) => [...text.matchAll(/npm run (?:--silent )?([a-z0-9]+(?::[a-z0-9]+)*)/g)].map(([, name = '']) => name)
const linksIn = (text: string) =>
  [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link).filter((link) => !/^https?:/.test(link))
/** 写明在仓库里的路径：以顶层目录开头，没有要读者自己填的部分。 */
const pathsIn = (text: string) =>
  quoted(text).filter((each) => folders.some((folder) => each.startsWith(`${folder}/`)) && !/[\s<>*{}…（]/.test(each))

describe('文档里写的都在', () => {
  for (const file of documents) {
    test(file, () => {
      const text = read(file)
      const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
      const faults = [
        ...linksIn(text).filter((link) => !fs.existsSync(path.join(root, path.dirname(file), link.replace(/#.*/, '')))),
        ...pathsIn(text).filter((each) => !fs.existsSync(path.join(root, each))),
        ...commandsIn(text).filter((name) => !(name in scripts))
      ]
      assert.deepEqual(faults, [])
    })
  }

  test('模拟系统的网址、接口的网址，都有这条路由', () => {
    const addressesOf = (start: RegExp) => documents.flatMap((file) => quoted(read(file)).flatMap((each) => start.exec(each)?.[1] ?? []))
    const [mock, server] = [sourceOf('mock'), sourceOf('server')]
    const isRoute = (source: string, address: string) =>
      source.includes(`'${address.replace(/\{(\w+)\}/g, ':$1')}'`) || source.includes(`'${address.replace(/\{\w+\}/g, ':id')}'`)
    const [played, served] = [addressesOf(/(\/mock\/[\w/-]+)$/), addressesOf(/\/api\/v1(\/[\w/{}:-]+)$/)]
    assert.ok(played.length > 8 && served.length > 4, `${played.length}, ${served.length}`)
    const absent = [...played.filter((address) => !isRoute(mock, address)), ...served.filter((address) => !isRoute(server, address))]
    assert.deepEqual(absent, [])
  })

  test('没写 PORT 时就是文档里的那个端口', () => {
    const ports = documents.flatMap((file) => [...read(file).matchAll(/localhost:(\d+)/g)].map(([, port]) => Number(port)))
    assert.deepEqual(new Set(ports), new Set([readConfig({}).port]))
  })
})

test('中文与英文的 README：命令、路径、网址、链接一样不少', () => {
  const [english, chinese] = [read('README.md'), read('README.zh-CN.md')].map((text) => ({
    links: linksIn(text).filter((link) => !link.startsWith('README')).sort(),
    quoted: [...new Set(quoted(text).map((each) => each.replace(/<.*?>/g, '<>')))].sort(),
    blocks: [...text.matchAll(/^npm .*?(?=\s+#|$)/gm)].map(([line]) => line)
  }))
  assert.deepEqual(chinese, english)
})

test('每一项决定都列在决定的目录里，每一件按钟点做的事都写在运维里', () => {
  const adr = filesIn('docs/adr', '.md').map((file) => path.basename(file)).filter((file) => file !== 'README.md')
  assert.deepEqual(linksIn(read('docs/adr/README.md')).filter((link) => !link.startsWith('..')), adr.sort())
  const jobs = [...read('server/rounds.ts').matchAll(/name: '([a-z-]+)'/g)].map(([, name]) => name)
  const written = quoted(read('docs/operations.md'))
  assert.ok(jobs.length > 5)
  assert.deepEqual(jobs.filter((name) => !written.includes(name ?? '')), [])
})
