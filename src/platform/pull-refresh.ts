import Taro, { usePullDownRefresh } from '@tarojs/taro'

/** Runs when the person pulls the page down, on pages whose config enables it; the spinner goes when `run` is done. */
export function usePullRefresh(run: () => Promise<void>): void {
  usePullDownRefresh(() => void run().finally(() => Taro.stopPullDownRefresh()))
}
