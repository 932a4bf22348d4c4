import Taro from '@tarojs/taro'

/** Offers to dial; the person still presses the call key. */
export function dial(number: string): void {
  Taro.makePhoneCall({ phoneNumber: number }).catch(() => undefined)
}
