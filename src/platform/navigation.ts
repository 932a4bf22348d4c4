import Taro, { useRouter } from '@tarojs/taro'

export type Params = Record<string, string | number | undefined>

const maxDepth = 10
const home = '/pages/home/index'

/** The address of a page with its parameters; undefined ones are left out. Also the href of a link on H5. */
export function hrefOf(path: string, params: Params = {}): string {
  const query = Object.entries(params)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
    .join('&')
  return query ? `${path}?${query}` : path
}

/** Opens a page over this one; a path under /pages/ is a tab and is switched to. WeChat stacks ten pages at most: the eleventh replaces. */
export function open(path: string, params?: Params): void {
  const url = hrefOf(path, params)
  if (path.startsWith('/pages/')) void Taro.switchTab({ url: path })
  else if (Taro.getCurrentPages().length >= maxDepth) void Taro.redirectTo({ url })
  else void Taro.navigateTo({ url })
}

/** Opens a page in place of this one, so that going back skips this one. */
export function replace(path: string, params?: Params): void {
  if (path.startsWith('/pages/')) void Taro.switchTab({ url: path })
  else void Taro.redirectTo({ url: hrefOf(path, params) })
}

/** Closes this page; one opened from outside goes to the home page. */
export function back(): void {
  if (Taro.getCurrentPages().length > 1) void Taro.navigateBack()
  else void Taro.switchTab({ url: home })
}

/** The parameters that this page was opened with, decoded. */
export function useParams(): Record<string, string | undefined> {
  const { params } = useRouter()
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, decode(value)]))
}

/** H5 hands over decoded values, the mini-program encoded ones; a value that isn't valid encoding is taken as it is. */
function decode(value: string | undefined): string | undefined {
  if (value === undefined || !/%[0-9A-F]{2}/i.test(value)) return value
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}
