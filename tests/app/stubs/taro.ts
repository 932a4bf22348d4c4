import { useEffect } from 'react'

// What stands in for @tarojs/taro in jsdom: navigation is recorded, pages are shown when mounted and hidden when told to.

const hideListeners = new Set<() => void>()

/** Covers the page, as opening another one does. */
export function hidePage() {
  hideListeners.forEach((run) => run())
}

export const params: Record<string, string> = {}

export function useRouter() {
  return { params }
}

export function useDidShow(run: () => void) {
  useEffect(run, [])
}

export function useDidHide(run: () => void) {
  useEffect(() => {
    hideListeners.add(run)
    return () => {
      hideListeners.delete(run)
    }
  })
}

export function usePullDownRefresh(run: () => void) {
  pullListeners.add(run)
}

const pullListeners = new Set<() => void>()

const Taro = {
  stopPullDownRefresh: jest.fn(),
  navigateTo: jest.fn(async () => undefined),
  redirectTo: jest.fn(async () => undefined),
  switchTab: jest.fn(async () => undefined),
  navigateBack: jest.fn(async () => undefined),
  getCurrentPages: jest.fn((): unknown[] => [{}]),
  getCurrentInstance: jest.fn(() => ({ router: { path: '' } })),
}

export default Taro
