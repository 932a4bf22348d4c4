import { webcrypto } from 'node:crypto'
import { back, hrefOf, open, replace, useParams } from '../../../src/platform/navigation'
import { newKey } from '../../../src/platform/random'
import { readStored, removeStored, storedKeys, writeStored } from '../../../src/platform/storage'
import { compressedSize } from '../../../src/platform/upload-types'
import { pickPhotos } from '../../../src/platform/upload'
import Taro, { params } from '../stubs/taro'

describe('打开页面', () => {
  test('参数转成地址，没有值的不带', () => {
    expect(hrefOf('/features/bundle/plan/index', { id: '甲&乙', from: undefined, step: 2 })).toBe(
      '/features/bundle/plan/index?id=%E7%94%B2%26%E4%B9%99&step=2')
    expect(hrefOf('/pages/me/index')).toBe('/pages/me/index')
  })

  test('标签页用切换，其余叠上去；叠满十层时换掉当前页', () => {
    open('/pages/progress/index')
    expect(Taro.switchTab).toHaveBeenCalledWith({ url: '/pages/progress/index' })
    open('/features/case/detail/index', { id: 1 })
    expect(Taro.navigateTo).toHaveBeenCalledWith({ url: '/features/case/detail/index?id=1' })
    Taro.getCurrentPages.mockReturnValueOnce(Array.from({ length: 10 }, () => ({})))
    open('/features/case/detail/index', { id: 2 })
    expect(Taro.redirectTo).toHaveBeenCalledWith({ url: '/features/case/detail/index?id=2' })
  })

  test('返回和替换', () => {
    Taro.getCurrentPages.mockReturnValueOnce([{}, {}])
    back()
    expect(Taro.navigateBack).toHaveBeenCalledTimes(1)
    back()
    expect(Taro.switchTab).toHaveBeenLastCalledWith({ url: '/pages/home/index' })
    replace('/features/bundle/result/index')
    expect(Taro.redirectTo).toHaveBeenCalledWith({ url: '/features/bundle/result/index' })
    replace('/pages/me/index')
    expect(Taro.switchTab).toHaveBeenLastCalledWith({ url: '/pages/me/index' })
  })

  test('收到的参数都已解码，解不开的原样给出', () => {
    Object.assign(params, { name: '%E6%B1%9F%E9%98%B4', rate: '100%', bad: '%E6%', id: 'abc' })
    expect(useParams()).toEqual({ name: '江阴', rate: '100%', bad: '%E6%', id: 'abc' })
  })
})

describe('存在手机上的内容', () => {
  test('存取删，只认自己的', () => {
    localStorage.setItem('other', '1')
    expect(writeStored('draft.a', { step: 1 })).toBe(true)
    expect(readStored('draft.a')).toEqual({ step: 1 })
    writeStored('elder', true)
    expect(storedKeys('draft.')).toEqual(['draft.a'])
    removeStored('draft.a')
    expect(readStored('draft.a')).toBeUndefined()
    expect(storedKeys()).toEqual(['elder'])
    expect(localStorage.getItem('other')).toBe('1')
  })

  test('存满了不出错，只说没存上；坏数据当作没有', () => {
    const full = jest.spyOn(Storage.prototype, 'setItem').mockImplementation(() => { throw new Error('quota') })
    expect(writeStored('a', 1)).toBe(false)
    full.mockRestore()
    localStorage.setItem('zsb.a', '{坏')
    expect(readStored('a')).toBeUndefined()
  })
})

describe('照片', () => {
  test('长边压到 2000，小的不动', () => {
    expect(compressedSize(4000, 3000)).toEqual({ width: 2000, height: 1500 })
    expect(compressedSize(3000, 4000)).toEqual({ width: 1500, height: 2000 })
    expect(compressedSize(800, 600)).toEqual({ width: 800, height: 600 })
  })

  test('超过 20 MB 的照片不读就退回，并说出名字', async () => {
    const picking = pickPhotos('camera', 1)
    const input = document.querySelector<HTMLInputElement>('input[type=file]')
    expect(input?.getAttribute('capture')).toBe('environment')
    const big = new File(['x'], '大照片.jpg')
    Object.defineProperty(big, 'size', { value: 20 * 1024 * 1024 + 1 })
    Object.defineProperty(input, 'files', { value: [big] })
    input?.dispatchEvent(new Event('change'))
    expect(await picking).toEqual({ photos: [], refused: [{ name: '大照片.jpg', reason: 'too_large' }] })
    expect(document.querySelector('input[type=file]')).toBeNull()
  })

  test('取消选择就是没有照片', async () => {
    const picking = pickPhotos('album', 3)
    const input = document.querySelector<HTMLInputElement>('input[type=file]')
    expect(input?.multiple).toBe(true)
    input?.dispatchEvent(new Event('cancel'))
    expect(await picking).toEqual({ photos: [], refused: [] })
  })
})

test('防重复提交的编号是 32 位十六进制，次次不同', () => {
  Object.defineProperty(globalThis, 'crypto', { value: webcrypto, configurable: true })
  const keys = new Set(Array.from({ length: 50 }, newKey))
  expect(keys.size).toBe(50)
  for (const key of keys) expect(key).toMatch(/^[0-9a-f]{32}$/)
})
