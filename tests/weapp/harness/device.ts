import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { Storage } from './wx-storage'

export interface OfferedMedia {
  /** The file's name decides the extension of its temporary path, as on a phone. */
  name: string
  bytes: Uint8Array
  type?: 'image' | 'video'
}

export type SubscribeAnswer = 'accept' | 'reject' | 'ban'

/** What the person answers when asked. Each question takes the next answer; with none left, `device.ts` says what happens. */
interface Answers {
  /** showModal; none left: confirmed. */
  modal: (boolean | { confirm: boolean; content?: string })[]
  /** showActionSheet: the index tapped, -1 for cancel; none left: the first. */
  sheet: number[]
  /** chooseMedia: the files picked; none left: cancelled. */
  media: OfferedMedia[][]
  /** requestSubscribeMessage: one answer for all templates, or one for each; none left: rejected. */
  subscribe: (SubscribeAnswer | Record<string, SubscribeAnswer>)[]
  /** scanCode: what the code says; none left: cancelled. */
  scan: string[]
}

let made: string | undefined
function folder() {
  if (made) return made
  const fresh = fs.mkdtempSync(path.join(os.tmpdir(), 'weapp-device-'))
  process.once('exit', () => fs.rmSync(fresh, { recursive: true, force: true }))
  return (made = fresh)
}

/** The phone: what outlives the mini-program. Hand the same device to the next launch for a cold start with its storage. */
export class Device {
  readonly storage = new Storage()
  readonly answers: Answers = { modal: [], sheet: [], media: [], subscribe: [], scan: [] }
  readonly systemInfo: Record<string, unknown> = {
    brand: 'iPhone',
    model: 'iPhone 14',
    pixelRatio: 3,
    screenWidth: 390,
    screenHeight: 844,
    windowWidth: 390,
    windowHeight: 753,
    statusBarHeight: 47,
    language: 'zh_CN',
    version: '8.0.50',
    system: 'iOS 16.0',
    platform: 'ios',
    SDKVersion: '3.5.0',
    fontSizeSetting: 16,
    theme: 'light',
    safeArea: { top: 47, bottom: 810, left: 0, right: 390, width: 390, height: 763 }
  }
  clipboard = ''
  /** From 0 to 1. */
  brightness = 0.4
  keepsScreenOn = false
  online = true
  /** Some networks let requests through and no WebSocket. */
  socketsPass = true
  /** The code that wx.login hands out; give a function that talks to the WeChat stand-in when the server must exchange it. */
  loginCode: () => string | Promise<string> = () => `code-${randomUUID()}`
  readonly #files = new Map<string, string>()

  get networkType() {
    return this.online ? 'wifi' : 'none'
  }

  /** Puts a file on the device and returns its temporary path, as the mini-program sees it. */
  addFile(name: string, bytes: Uint8Array, prefix = 'wxfile://tmp_') {
    const id = `${randomUUID()}${path.extname(name)}`
    const file = path.join(folder(), id)
    fs.writeFileSync(file, bytes)
    this.#files.set(prefix + id, file)
    return prefix + id
  }

  readFile(tempPath: string): Buffer | undefined {
    const file = this.#files.get(tempPath)
    return file === undefined ? undefined : fs.readFileSync(file)
  }

  removeFile(tempPath: string) {
    return this.#files.delete(tempPath)
  }
}
