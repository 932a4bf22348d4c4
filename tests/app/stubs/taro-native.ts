import Taro from './taro'

/** The calls of WeChat that platform files use, answered by what a test sets. */
export const native = Object.assign(Taro, {
  request: jest.fn(),
  getStorageSync: jest.fn(),
  setStorageSync: jest.fn(),
  removeStorageSync: jest.fn(),
  getStorageInfoSync: jest.fn(),
  connectSocket: jest.fn(),
  requestSubscribeMessage: jest.fn(),
  nextTick: jest.fn(),
  getNetworkType: jest.fn(async () => ({ networkType: 'wifi' })),
  onNetworkStatusChange: jest.fn(),
  offNetworkStatusChange: jest.fn(),
})
