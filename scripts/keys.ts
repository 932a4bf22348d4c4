/** `npm run keys -- <folder>` makes a set of keys for production; with `--rotate` it adds a vault key to an existing set. */
import path from 'node:path'
import { addVaultKey, createKeys } from '../server/vault/keys'

const [first, second] = process.argv.slice(2)
const rotate = first === '--rotate'
const folder = rotate ? second : first
if (!folder) {
  console.error('用法：npm run keys -- <文件夹>            新建一整套密钥\n      npm run keys -- --rotate <文件夹>   增加一把新的保险库密钥')
  process.exit(1)
}
if (rotate) {
  console.log(`已增加 vault-${addVaultKey(path.resolve(folder))}.key；重启服务后，新资料用它加密，旧资料仍可读取`)
} else {
  createKeys(path.resolve(folder))
  console.log(`密钥已写入 ${path.resolve(folder)}（仅本账户可读）。请立即备份：丢失后已加密的资料无法恢复`)
}
