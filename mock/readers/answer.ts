import type { AwaitedReading, OfflineReported, ReadCode, ShownBy } from '../../contract/gateways/readers'
import type { Problem } from '../../contract/problems'
import type { CodeIssuer } from '../../contract/codes'
import { html } from '../html'
import type { OfflineReading } from './offline-reader'

/** 上一次做了什么：标题，和答复原样。 */
export interface Shown {
  title: string
  body: object
}

/** 没有网络时自己验、联网后补报，没有验过的缘由（docs/code/format.md）。 */
const reasons: Record<string, string> = {
  not_a_code: '不是苏服码',
  damaged: '码不完整，请亮码人换一个再读',
  unknown_version: '这一版的码这台机器还不认得',
  unknown_form: '这一种码这台机器还不认得',
  unknown_algorithm: '这种签名算法这台机器还不认得',
  not_offline: '这是联网用的码，没有网络读不了，请亮码人断网换成离线码，或联网再读',
  wrong_issuer: '不是本市发的苏服码',
  issuer_unknown: '还没有取过公钥：先联网取一次',
  unknown_issuer_key: '不认得签发用的公钥，请联网再取一次公钥',
  certificate_forged: '证书是伪造的',
  code_forged: '码是伪造的',
  certificate_too_long: '证书写的有效期超过 24 小时，不能认',
  certificate_not_yet: '证书还没有生效',
  certificate_expired: '离线码的证书过期了，请亮码人连一次网',
  certificate_revoked: '离线码的证书已经作废',
  certificate_unknown: '没有这张证书',
  code_expired: '码过期了，请亮码人换一个；一直这样，看看这台机器的钟准不准',
  clock_ahead: '码上的时间比这台机器的钟早到了，看看两边的钟准不准',
  replayed: '这个码已经读过，不能再用',
  holder_kind: '这个场景不收这一类码',
  scene_online_only: '这个场景要联网读，不收离线码',
  scene_not_registered: '这台机器没有登记这个场景',
  reader_unknown: '这台机器没有登记'
}
const reasonText = (reason: string | null): string => (reason && reasons[reason]) ?? '没有说明缘由'

const holders = { person: '个人码', company: '企业码' }
const keptText = (days: number): string => (days === 0 ? '核完即删' : `最多留 ${days} 天`)
const outcomes: Record<OfflineReported['results'][number]['outcome'], string> = {
  recorded: '记下了', refused: '没有收', replayed: '别处也报了同一个码'
}

/** 先用一句话说怎么了，读到的逐格列出；答复原样收在下面。 */
export function answered({ title, body }: Shown) {
  return html`<section class="card"><h2 role="status">${title}</h2>
${said(body)}
<details><summary>答复原样</summary><pre>${JSON.stringify(body, null, 2)}</pre></details></section>`
}

function said(body: object) {
  if ('shownBy' in body) return readOnline(body as ReadCode)
  if ('ok' in body) return readAlone(body as OfflineReading)
  if ('results' in body) return reported(body as OfflineReported)
  if ('readingId' in body) return strong(`亮码人的手机上正在问同不同意，答复要在 ${clockOf((body as AwaitedReading).expiresAt)} 前`)
  if ('keys' in body) {
    const { keys, revokedCertificates } = body as CodeIssuer
    return strong(`公钥 ${keys.length} 把，作废的证书 ${revokedCertificates.length} 张`)
  }
  const { detail, title } = body as Partial<Problem>
  return strong(detail ?? title ?? '请看答复原样')
}

const strong = (text: string) => html`<p><strong>${text}</strong></p>`

function readOnline({ shownBy, holder, fields, retentionDays }: ReadCode) {
  return html`${strong(shownByText(shownBy))}
<p>${holders[holder]}，${keptText(retentionDays)}</p>
<dl>${fields.map(({ name, text, yes }) => html`<dt>${name}</dt><dd>${text ?? yesText(yes)}</dd>`)}</dl>`
}

const yesText = (yes: boolean | null): string => (yes === null ? '没有，或此刻查不到' : yes ? '是' : '否')

function readAlone(reading: OfflineReading) {
  if (!reading.ok) return strong(reasonText(reading.reason))
  return html`${strong('离线码，只证明是谁；联网后请补报')}
<p>${holders[reading.holder]}，${keptText(reading.retentionDays)}</p>
<dl><dt>名称（个人打码）</dt><dd>${reading.name}</dd><dt>证件号或信用代码（末四位）</dt><dd>${reading.idLastFour}</dd></dl>`
}

function reported({ results }: OfflineReported) {
  if (results.length === 0) return strong('没有要补报的')
  return html`<ol>${results.map(({ outcome, reason }) =>
    html`<li>${outcomes[outcome]}${outcome === 'refused' ? `：${reasonText(reason)}` : ''}</li>`)}</ol>`
}

const clockOf = (at: string): string => new Date(at).toLocaleTimeString('zh-CN', { timeZone: 'Asia/Shanghai' })

/** 窗口的人看的一句：是谁在亮这个码。 */
function shownByText({ role, maskedName, delegationNumber }: ShownBy): string {
  switch (role) {
    case 'self':
      return '由本人出示'
    case 'guardian':
      return '由监护人出示'
    case 'legalRepresentative':
      return '由法定代表人出示'
    default:
      return `由${role === 'operator' ? '经办人' : '代办人'} ${maskedName} 凭授权代为出示（授权编号 ${delegationNumber}）`
  }
}
