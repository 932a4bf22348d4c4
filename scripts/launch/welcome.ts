import type { DemoIdentity } from '../../contract/gateways/notify'
import type { Config } from '../../server/config'

/** Says where everything is, and in the demo as whom one can sign in. */
export async function welcome({ publicOrigin, standInOrigin }: Config): Promise<void> {
  console.log(`
掌上办已就绪：${publicOrigin}
  接口文档  ${publicOrigin}/api/docs`)
  if (!standInOrigin) return
  const reply = await fetch(`${standInOrigin}/mock/identity/demo-identities`)
  const identities = (await reply.json()) as DemoIdentity[]
  console.log(`  模拟系统  ${publicOrigin}/mock

以下演示身份可以登录（都是编的）：`)
  for (const { key, displayName, about } of identities) console.log(`  ${key.padEnd(14)} ${displayName}：${about}`)
  console.log(`
命令行令牌：npm run --silent token -- ${identities[0]?.key ?? '<演示身份>'}
按 Ctrl-C 停止。`)
}
