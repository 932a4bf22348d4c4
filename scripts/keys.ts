/**
 * `npm run keys -- <folder>` makes a set of keys for production, or gives the set of an earlier version the signing keys that it lacks;
 * with `--rotate` it adds a vault key to an existing set, with `--rotate-code` a key that certifies devices for offline codes.
 */
import fs from 'node:fs'
import path from 'node:path'
import { addCodeIssuer, addLaterKeys, addVaultKey, createKeys } from '../server/vault/keys'

const doings: Record<string, (folder: string) => string> = {
  '--make': (folder) => (fs.existsSync(folder) ? complete(folder) : make(folder)),
  '--rotate': (folder) => `已增加 vault-${addVaultKey(folder)}.key；重启服务后，新资料用它加密，旧资料仍可读取`,
  '--rotate-code': (folder) =>
    `已增加 code-issuer-${addCodeIssuer(folder)}.pem；重启服务后，离线码的证书用它签发。旧的留到重启 24 小时以后再删：用它签的证书那时才都到期`
}

function make(folder: string): string {
  createKeys(folder)
  return `密钥已写入 ${folder}（仅本账户可读）。请立即备份：丢失后已加密的资料无法恢复`
}

function complete(folder: string): string {
  const added = addLaterKeys(folder)
  return added.length > 0 ? `已补上 ${added.join('、')}，原有的没有动。请重新备份` : `${folder} 里的密钥一把不缺，没有动`
}

const given = process.argv.slice(2)
const [doing = '', folder] = given[0]?.startsWith('--') ? given : ['--make', given[0]]
const act = doings[doing]
if (!act || !folder) {
  console.error(`用法：npm run keys -- <文件夹>                  新建一整套密钥；旧版本的文件夹，补上缺的签名密钥
      npm run keys -- --rotate <文件夹>         增加一把新的保险库密钥
      npm run keys -- --rotate-code <文件夹>    增加一把新的离线码签发密钥`)
  process.exit(1)
}
console.log(act(path.resolve(folder)))
