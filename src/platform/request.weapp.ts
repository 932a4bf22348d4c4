import Taro from '@tarojs/taro'
import { AxiosError, type AxiosAdapter, type AxiosResponse } from 'axios'

/** axios over wx.request: same resolve and reject as its own adapters, so that interceptors and errors work alike on both ends. */
export const requestAdapter: AxiosAdapter = (config) => new Promise((resolve, reject) => {
  const task = Taro.request<unknown>({
    url: address(config.baseURL, config.url, config.params as Record<string, unknown> | undefined),
    method: (config.method ?? 'get').toUpperCase() as keyof Taro.request.Method,
    data: config.data as string | undefined,
    header: { ...config.headers },
    timeout: config.timeout,
    success: ({ data, statusCode, header }) => {
      const response: AxiosResponse = { data, status: statusCode, statusText: '', headers: lowerCased(header), config, request: task }
      if (!config.validateStatus || config.validateStatus(statusCode)) resolve(response)
      else reject(new AxiosError(`HTTP ${statusCode}`, AxiosError.ERR_BAD_RESPONSE, config, task, response))
    },
    fail: ({ errMsg }) => {
      const code = /abort/.test(errMsg) ? AxiosError.ERR_CANCELED : /timeout/.test(errMsg) ? AxiosError.ETIMEDOUT : AxiosError.ERR_NETWORK
      reject(new AxiosError(errMsg, code, config, task))
    },
  })
  config.signal?.addEventListener?.('abort', () => task.abort())
})

function address(base = '', url = '', params: Record<string, unknown> = {}): string {
  const query = Object.entries(params)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
    .join('&')
  return query ? `${base}${url}?${query}` : `${base}${url}`
}

function lowerCased(header: Record<string, unknown> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(header).map(([name, value]) => [name.toLowerCase(), String(value)]))
}
