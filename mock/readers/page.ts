import { html, page } from '../html'
import { answered } from './answer'
import type { Shown as Answer } from './answer'

/** 一个核码端：控制台上的叫法，登记了的场景。 */
export interface ReaderPost {
  name: string
  scenes: string[]
}

export interface ScanForm {
  reader?: string
  scene?: string
  code?: string
  /** 截屏或照片，代替扫：没贴码时从里面找。 */
  picture?: Buffer
  /** 逗号隔开；不填是这个场景的全部。 */
  fields?: string
  /** off：装作没有网络，自己验。 */
  network?: string
  /** 没有网络时核码端的钟快几秒，试验用。 */
  shift?: string
}

interface Shown {
  readers: Record<string, ReaderPost>
  reader: string
  /** 场景的叫法；联不上平台时没有，只显示代号。 */
  sceneNames: Record<string, string>
  form?: ScanForm
  /** 上一次做了什么，答复原样。 */
  answer?: Answer
  /** 在等亮码人点头：每 2 秒再问。 */
  awaiting?: boolean
  updatedAt: string | null
  unreported: number
}

/** 核码端的一页：选哪一台、哪个场景，贴码，有没有网络。 */
export function readerPage({ readers, reader, sceneNames, form = {}, answer, awaiting, updatedAt, unreported }: Shown): string {
  const { name = reader, scenes = [] } = readers[reader] ?? {}
  const asReader = html`<input type="hidden" name="reader" value="${reader}">`
  return page({
    title: `模拟核码端（演示）：${name}`,
    refreshSeconds: awaiting ? 2 : undefined,
    body: html`
<p>这里代替窗口、自助机和闸机上的扫码器：选一张亮码页的截屏或照片，或贴上码里的文字。每个码只能读一次，一分钟内有效。</p>
<details><summary>换一台核码端（${Object.keys(readers).length} 台）</summary>
<nav class="actions">${Object.entries(readers).map(([id, other]) =>
    html`<a class="button" href="/mock/readers?reader=${id}"${id === reader ? html` aria-current="page"` : null}>${other.name}</a>`)}</nav>
</details>
${answer ? answered(answer) : null}
<form method="post" action="/mock/readers/scan" enctype="multipart/form-data">
${asReader}
<p><label>场景 <select name="scene">${scenes.map(id =>
    html`<option value="${id}"${form.scene === id ? html` selected` : null}>${sceneNames[id] ?? id}</option>`)}</select></label></p>
<p><label>亮码页的截屏或照片 <input type="file" name="picture" accept="image/*"></label></p>
<p><label>或者贴码里的文字 <input name="code" autocomplete="off"></label></p>
<p><label>只要其中几格（写「答复原样」里的 key，逗号隔开；可不填，联网时才有用） <input name="fields" value="${form.fields ?? ''}"></label></p>
<p><label>核码端的钟快几秒（没有网络时才有用，负数是慢） <input name="shift" inputmode="numeric" value="${form.shift ?? '0'}"></label></p>
<div class="actions">
<button class="main">联网读</button>
<button name="network" value="off">没有网络，自己验</button>
</div>
</form>
<h2>没有网络时</h2>
<p>${updatedAt
    ? html`公钥、作废名单与场景是 ${new Date(updatedAt).toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai' })} 取的。`
    : '还没有取过公钥：先联网取一次，才能自己验。'}读过、还没补报的：${unreported} 条。</p>
<div class="actions">
<form method="post" action="/mock/readers/update">${asReader}<button>联网取公钥</button></form>
<form method="post" action="/mock/readers/report">${asReader}<button>联网补报</button></form>
</div>
<p><a href="/mock/readers/objections">异议收件箱</a></p>`
  })
}
