import { create } from 'zustand'
import { readStored, writeStored } from '../platform/storage'

interface Elder {
  on: boolean
  toggle: () => void
}

const key = 'elder'

const useStore = create<Elder>((set, get) => ({
  on: readStored<boolean>(key) === true,
  toggle: () => {
    set({ on: !get().on })
    writeStored(key, get().on)
  }
}))

/** Elder mode (大字版): larger type and targets, fewer things per screen. Kept on the device. */
export function useElder(): [on: boolean, toggle: () => void] {
  return [useStore((state) => state.on), useStore((state) => state.toggle)]
}
