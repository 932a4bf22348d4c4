import Taro from '@tarojs/taro'

export const signsInByRedirect: boolean = false

export function leaveFor(): void {
  throw new Error('a mini-program does not leave for an address')
}

export async function wechatCode(): Promise<string> {
  const { code } = await Taro.login()
  return code
}
