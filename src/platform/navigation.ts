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
  if (path.startsWith('/pages/')) void Taro.switchTab({ url: pathOf(path) })
  else if (Taro.getCurrentPages().length >= maxDepth) void Taro.redirectTo({ url })
  else void Taro.navigateTo({ url })
}

/** Opens a page in place of this one, so that going back skips this one. */
export function replace(path: string, params?: Params): void {
  if (path.startsWith('/pages/')) void Taro.switchTab({ url: pathOf(path) })
  else void Taro.redirectTo({ url: hrefOf(path, params) })
}

/** Closes this page; one opened from outside goes to the home page. */
export function back(): void {
  if (Taro.getCurrentPages().length > 1) void Taro.navigateBack()
  else void Taro.switchTab({ url: home })
}

/** Goes on at an address of ours: closes this page if that one lies right under it, else opens it in place of this one. */
export function goOnAt(address: string): void {
  const pages = Taro.getCurrentPages()
  const under = pages[pages.length - 2] as { route?: string; path?: string } | undefined
  if (under && pathOf(under.path ?? under.route ?? '') === pathOf(address)) void Taro.navigateBack()
  else replace(address)
}

/** Whether the page in front is this one. */
export function isAt(path: string): boolean {
  return pathOf(Taro.getCurrentInstance().router?.path ?? '') === pathOf(path)
}

const pathOf = (address: string) => `/${address.replace(/^\//, '').replace(/[?#].*$/, '')}`

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
