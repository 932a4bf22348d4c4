import Taro from '@tarojs/taro'
import { useEffect, useState } from 'react'
import type * as H from './network'

let online = true
const asked = Taro.getNetworkType().then(({ networkType }) => { online = networkType !== 'none' }, () => undefined)
Taro.onNetworkStatusChange(({ isConnected }) => { online = isConnected })

export const isOnline: typeof H.isOnline = () => online

export const knownOnline: typeof H.knownOnline = () => asked.then(isOnline)

export const onNetworkChange: typeof H.onNetworkChange = (listener) => {
  const report = ({ isConnected }: { isConnected: boolean }) => listener(isConnected)
  Taro.onNetworkStatusChange(report)
  return () => Taro.offNetworkStatusChange(report)
}

export const useOnline: typeof H.useOnline = () => {
  const [now, setNow] = useState(isOnline)
  useEffect(() => {
    void asked.then(() => setNow(online))
    return onNetworkChange(setNow)
  }, [])
  return now
}
