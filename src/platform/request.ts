import type { AxiosAdapter } from 'axios'

/** How axios sends a request: its own way on H5, `Taro.request` in the mini-program. */
export const requestAdapter: AxiosAdapter | undefined = undefined
