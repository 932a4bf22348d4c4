import type { AxiosAdapter } from 'axios'

/** How axios reaches the network: undefined = its own XMLHttpRequest. The mini-program has an adapter of ours. */
export const requestAdapter: AxiosAdapter | undefined = undefined
