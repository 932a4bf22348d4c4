import Taro from '@tarojs/taro'
import { AxiosError, AxiosHeaders, type AxiosAdapter, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios'

/** axios over `Taro.request`: status rules, time limit and abort signal as axios has them. */
export const requestAdapter: AxiosAdapter = (config) =>
  new Promise((resolve, reject) => {
    const headers = AxiosHeaders.from(config.headers)
    // As axios' own adapters do: its default type of a POST belongs to a form, and there is no body.
    if (config.data === undefined) headers.delete('content-type')
    const task = Taro.request({
      url: address(config),
      method: (config.method ?? 'get').toUpperCase() as 'GET',
      header: headers.toJSON(true),
      data: config.data as string | undefined,
      timeout: config.timeout || 60_000,
      dataType: 'text',
      responseType: 'text',
      success: (result) => settle(result, config, resolve, reject),
      fail: ({ errMsg }) => reject(failure(errMsg, config))
    })
    // Taro's promise fails too; the callback has told already.
    task.catch(() => undefined)
    config.signal?.addEventListener?.('abort', () => {
      task.abort()
      reject(new AxiosError('canceled', AxiosError.ERR_CANCELED, config))
    })
  })

function address({ baseURL = '', url = '', params }: InternalAxiosRequestConfig): string {
  const query = Object.entries((params ?? {}) as Record<string, unknown>)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
    .join('&')
  const path = /^https?:/.test(url) ? url : baseURL + url
  return query ? `${path}${path.includes('?') ? '&' : '?'}${query}` : path
}

function settle(
  result: Taro.request.SuccessCallbackResult<string>,
  config: InternalAxiosRequestConfig,
  resolve: (response: AxiosResponse) => void,
  reject: (error: AxiosError) => void
) {
  const response: AxiosResponse = {
    data: result.data,
    status: result.statusCode,
    statusText: '',
    headers: new AxiosHeaders(result.header as Record<string, string>),
    config
  }
  const good = config.validateStatus?.(result.statusCode) ?? true
  if (good) return resolve(response)
  const code = result.statusCode < 500 ? AxiosError.ERR_BAD_REQUEST : AxiosError.ERR_BAD_RESPONSE
  reject(new AxiosError(`Request failed with status code ${result.statusCode}`, code, config, null, response))
}

function failure(message: string, config: InternalAxiosRequestConfig): AxiosError {
  const code = /timeout/.test(message) ? AxiosError.ECONNABORTED : /abort/.test(message) ? AxiosError.ERR_CANCELED : AxiosError.ERR_NETWORK
  return new AxiosError(message, code, config)
}
