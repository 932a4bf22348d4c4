import { ByReference, type Runtime } from './runtime'
import { WxFail, type WxOptions } from './types'

/** What WeChat's document viewer opens. */
const DOCUMENT_TYPES = ['doc', 'docx', 'xls', 'xlsx', 'ppt', 'pptx', 'pdf']

/** The person's own folder, the file system, and the viewer of documents: real bytes on the device. */
export function installFiles(runtime: Runtime) {
  const { realm, device } = runtime
  realm.wx.env = realm.clone({ USER_DATA_PATH: device.userFolder })
  installManager(runtime)
  runtime.define('getFileInfo', ({ filePath }) => ({ size: readExisting(runtime, filePath).length }))
  runtime.define('openDocument', (options) => {
    const { filePath, showMenu = false } = options
    const bytes = readExisting(runtime, filePath)
    const fileType = String(options.fileType ?? String(filePath).split('.').pop())
    const readable = DOCUMENT_TYPES.includes(fileType) && (fileType !== 'pdf' || bytes.subarray(0, 5).toString() === '%PDF-')
    if (!readable || device.answers.viewer.shift() === false) throw new WxFail('fail filetype not supported')
    device.opened.push({ filePath: String(filePath), showMenu: showMenu === true, bytes })
  })
}

function installManager(runtime: Runtime) {
  const { realm, device } = runtime
  const read = (filePath: unknown) => readExisting(runtime, filePath)
  const content = (bytes: Buffer, encoding: unknown) =>
    typeof encoding === 'string' ? bytes.toString(encoding as BufferEncoding) : realm.bytes(bytes)
  const asked = (name: string, handler: (options: WxOptions) => unknown) => (options: WxOptions) =>
    runtime.answer(name, { success: () => {}, ...options }, (async () => handler(options))())
  const save = (tempFilePath: unknown) => device.addFile(String(tempFilePath), read(tempFilePath), 'wxfile://store_')
  const readData = (options: WxOptions) => {
    const data = content(read(options.filePath), options.encoding)
    return { data: typeof data === 'string' ? data : new ByReference(data) }
  }
  const unlink = (filePath: unknown) => {
    read(filePath)
    device.removeFile(String(filePath))
  }
  const manager = {
    readFileSync: (filePath: string, encoding?: string) => content(read(filePath), encoding),
    readFile: asked('readFile', readData),
    readdirSync: (folder: string) => realm.clone(device.filesIn(folder)),
    getFileInfo: asked('getFileInfo', (options) => ({ size: read(options.filePath).length })),
    access: asked('access', (options) => void read(options.path)),
    saveFileSync: save,
    saveFile: asked('saveFile', (options) => ({ savedFilePath: save(options.tempFilePath) })),
    unlinkSync: unlink,
    unlink: asked('unlink', (options) => unlink(options.filePath))
  }
  realm.wx.getFileSystemManager = () => manager
}

function readExisting({ device }: Runtime, filePath: unknown): Buffer {
  const bytes = device.readFile(String(filePath))
  if (!bytes) throw new WxFail(`fail no such file or directory, open '${String(filePath)}'`)
  return bytes
}
