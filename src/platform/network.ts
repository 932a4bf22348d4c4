import { useSyncExternalStore } from 'react'

/** Whether the device believes that it has a network. */
export function isOnline(): boolean {
  return navigator.onLine
}

/** The same, once the device has said so: WeChat is asked at the start and answers a moment later. */
export async function knownOnline(): Promise<boolean> {
  return isOnline()
}

/** Calls when the network comes or goes; returns the end of listening. */
export function onNetworkChange(listener: (online: boolean) => void): () => void {
  const up = () => listener(true)
  const down = () => listener(false)
  window.addEventListener('online', up)
  window.addEventListener('offline', down)
  return () => {
    window.removeEventListener('online', up)
    window.removeEventListener('offline', down)
  }
}

/** Whether there is a network, as state; also when it went between drawing and listening. */
export function useOnline(): boolean {
  return useSyncExternalStore(onNetworkChange, isOnline)
}
