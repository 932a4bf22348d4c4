import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { WxFail } from './types'
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
  /** openDocument: whether the phone can show the file; none left: it can. */
  viewer: boolean[]
}

/** A document that the phone's viewer was given to show. */
interface OpenedDocument {
  filePath: string
  /** Whether the person may send it on or keep it from there. */
  showMenu: boolean
  bytes: Buffer
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
  readonly answers: Answers = { modal: [], sheet: [], media: [], subscribe: [], scan: [], viewer: [] }
  readonly opened: OpenedDocument[] = []
  /** wx.env.USER_DATA_PATH: the one folder whose files the mini-program names itself. */
  readonly userFolder = 'wxfile://usr'
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
    return this.#write(`${prefix}${randomUUID()}${path.extname(name)}`, bytes)
  }

  /** Writes a file under the path that the mini-program named; throws WeChat's refusal outside its own folder. */
  putFile(filePath: string, bytes: Uint8Array) {
    if (path.posix.dirname(filePath) !== this.userFolder) throw new WxFail(`fail permission denied, open '${filePath}'`)
    return this.#write(filePath, bytes)
  }

  /** The names of the files in a folder. */
  filesIn(folderPath: string) {
    return [...this.#files.keys()].filter((file) => path.posix.dirname(file) === folderPath).map((file) => path.posix.basename(file))
  }

  readFile(tempPath: string): Buffer | undefined {
    const file = this.#files.get(tempPath)
    return file === undefined ? undefined : fs.readFileSync(file)
  }

  removeFile(tempPath: string) {
    return this.#files.delete(tempPath)
  }

  #write(filePath: string, bytes: Uint8Array) {
    const file = path.join(folder(), `${randomUUID()}${path.extname(filePath)}`)
    fs.writeFileSync(file, bytes)
    this.#files.set(filePath, file)
    return filePath
  }
}
