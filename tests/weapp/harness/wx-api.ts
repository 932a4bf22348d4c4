import { randomBytes } from 'node:crypto'
import type { SubscribeAnswer } from './device'
import { EventChannel } from './event-channel'
import { ByReference, type Runtime } from './runtime'
import { WxFail, type WxOptions } from './types'

/** A subscription request names at most this many templates. */
const MAX_TEMPLATES = 3

const APP_EVENTS = [
  'AppShow',
  'AppHide',
  'Error',
  'UnhandledRejection',
  'NetworkStatusChange',
  'ThemeChange',
  'WindowResize',
  'PageNotFound',
  'KeyboardHeightChange',
  'MemoryWarning',
  'AppRoute',
  'AppRouteDone'
]

/** Calls whose only trace is `app.calls`: they succeed, and nothing that the harness shows changes. */
const RECORDED = [
  'stopPullDownRefresh',
  'startPullDownRefresh',
  'pageScrollTo',
  'setNavigationBarColor',
  'showTabBar',
  'hideTabBar',
  'setTabBarBadge',
  'removeTabBarBadge',
  'showTabBarRedDot',
  'hideTabBarRedDot',
  'setTabBarItem',
  'showShareMenu',
  'hideShareMenu',
  'previewImage',
  'makePhoneCall',
  'vibrateShort',
  'hideKeyboard',
  'showNavigationBarLoading',
  'hideNavigationBarLoading',
  'authorize',
  'openSetting',
  'checkSession'
]

function installNavigation(runtime: Runtime) {
  const { stack, realm } = runtime
  runtime.define('navigateTo', (options) => {
    const channel = new EventChannel(realm, options.events as Record<string, unknown> | undefined)
    stack.navigateTo(String(options.url), channel)
    return { eventChannel: new ByReference(channel) }
  })
  for (const name of ['redirectTo', 'reLaunch', 'switchTab'] as const) runtime.define(name, (options) => stack[name](String(options.url)))
  runtime.define('navigateBack', (options) => stack.navigateBack(Number(options.delta ?? 1)))
  runtime.define('setNavigationBarTitle', (options) => void (stack.top.title = String(options.title)))
}

function installFeedback(runtime: Runtime) {
  const { answers } = runtime.device
  const toast = (icon: string) => (options: WxOptions) =>
    void (runtime.toast = { title: String(options.title), icon: String(options.icon ?? icon) })
  runtime.define('showToast', toast('success'))
  runtime.define('showLoading', toast('loading'))
  runtime.define('hideToast', () => void (runtime.toast = null))
  runtime.define('hideLoading', () => void (runtime.toast = null))
  runtime.define('showModal', () => {
    const answer = answers.modal.shift() ?? true
    const { confirm, content = null } = typeof answer === 'object' ? answer : { confirm: answer }
    return { confirm, cancel: !confirm, content }
  })
  runtime.define('showActionSheet', () => {
    const tapIndex = answers.sheet.shift() ?? 0
    if (tapIndex < 0) throw new WxFail('fail cancel')
    return { tapIndex }
  })
}

function installPerson(runtime: Runtime) {
  const { device } = runtime
  runtime.define('login', async () => ({ code: await device.loginCode() }))
  runtime.define('scanCode', () => {
    const result = device.answers.scan.shift()
    if (result === undefined) throw new WxFail('fail cancel')
    return { result, scanType: 'QR_CODE', charSet: 'utf-8', rawData: Buffer.from(result).toString('base64') }
  })
  runtime.define('setClipboardData', (options) => void (device.clipboard = String(options.data)))
  runtime.define('getClipboardData', () => ({ data: device.clipboard }))
  runtime.define('getRandomValues', (options) => ({ randomValues: runtime.buffer(randomBytes(Number(options.length))) }))
  runtime.define('getScreenBrightness', () => ({ value: device.brightness }))
  runtime.define('setScreenBrightness', (options) => void (device.brightness = Number(options.value)))
  runtime.define('setKeepScreenOn', (options) => void (device.keepsScreenOn = options.keepScreenOn === true))
  runtime.define('getSetting', () => ({ authSetting: {} }))
  runtime.define('requestSubscribeMessage', (options) => subscribe(runtime, options))
}

function subscribe(runtime: Runtime, options: WxOptions): Record<string, SubscribeAnswer> {
  const templates = (options.tmplIds ?? []) as string[]
  if (!runtime.tapping) throw new WxFail('fail can only be invoked by user TAP gesture.')
  if (templates.length === 0) throw new WxFail('fail TmplIds can not be empty', { errCode: 10001 })
  if (templates.length > MAX_TEMPLATES) throw new WxFail('fail Templates count out of max bounds', { errCode: 20003 })
  const answer = runtime.device.answers.subscribe.shift() ?? 'reject'
  return Object.fromEntries(templates.map((id) => [id, typeof answer === 'string' ? answer : (answer[id] ?? 'reject')]))
}

function installSystem(runtime: Runtime, launch: { path: string; query: Record<string, string> }) {
  const { realm, device } = runtime
  const give = (value: unknown) => () => realm.clone(value)
  const info = give(device.systemInfo)
  const entered = give({ ...launch, scene: 1001, referrerInfo: {} })
  const infoNames = ['getSystemInfoSync', 'getWindowInfo', 'getAppBaseInfo', 'getDeviceInfo', 'getSystemSetting', 'getAppAuthorizeSetting']
  for (const name of infoNames) realm.wx[name] = info
  runtime.define('getSystemInfo', () => device.systemInfo)
  runtime.define('getNetworkType', () => ({ networkType: device.networkType }))
  for (const event of APP_EVENTS) {
    realm.wx[`on${event}`] = (listener: unknown) => runtime.on(event, listener)
    realm.wx[`off${event}`] = (listener?: unknown) => runtime.off(event, listener)
  }
  Object.assign(realm.wx, {
    canIUse: (name: string) => (name.split('.')[0] ?? '') in realm.wx,
    nextTick: (run: () => void) => realm.clock.setTimeout(run, 0),
    getLaunchOptionsSync: entered,
    getEnterOptionsSync: entered,
    getMenuButtonBoundingClientRect: give({ width: 87, height: 32, top: 51, right: 383, bottom: 83, left: 296 }),
    getAccountInfoSync: give({ miniProgram: { appId: 'wx0', envVersion: 'develop', version: '' } }),
    getUpdateManager: () => ({ onCheckForUpdate() {}, onUpdateReady() {}, onUpdateFailed() {}, applyUpdate() {} })
  })
}

/** Everything of `wx` but the network, storage, media and measuring, which have files of their own. */
export function installApi(runtime: Runtime, launch: { path: string; query: Record<string, string> }) {
  installNavigation(runtime)
  installFeedback(runtime)
  installPerson(runtime)
  installSystem(runtime, launch)
  for (const name of RECORDED) runtime.define(name)
}
