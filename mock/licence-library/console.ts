import { html, page } from '../html'
import type { Html } from '../html'
import { actionNames, allowedFrom } from './actions'
import type { LibraryControl, Standing } from './actions'
import type { LicenceLibrary } from './library'
import { kinds } from './population'
import type { Holder } from './population'

const outcomes: Record<string, string> = { done: '已照办，正在推送给平台。', impossible: '这一本现在不能这样办，没有改动。', unknown: '没有找到。' }
const statusNames: Record<Standing['status'], string> = {
  valid: '有效', suspended: '已暂扣', changed: '已换发', cancelled: '已注销', revoked: '已吊销', annulled: '已撤销'
}
const pushNames = { delivered: '已推到', refused: '平台拒收', waiting: '等着推' }
const defaultReasons: Partial<Record<LibraryControl['action'], string>> = {
  renew: '到期换发（演示）', suspend: '涉案暂扣（演示）', cancel: '本人申请注销（演示）', revoke: '违法被吊销（演示）',
  annul: '以欺骗取得，被撤销（演示）'
}
const mostShown = 30

/** 证照库控制台：按人列出库里的证照，一本一块，大按钮，不用脚本。 */
export function libraryPage(library: LicenceLibrary, query: { holder?: string; outcome?: string }): string {
  const all = library.holders()
  const holder = all.find(({ idCode }) => idCode === query.holder) ?? all[0]
  return page({
    title: '模拟·电子证照库控制台（演示）',
    body: html`
<p role="status">${outcomes[query.outcome ?? ''] ?? ''}</p>
<p>这里替发证机关在源头改证照：换发、变更、暂扣、注销……每一笔都签名推给平台，推不到就再推。内容全是编的。</p>
<p><a href="/mock/licence-library/rectifications">信息有误收件箱</a></p>
<h2>看谁的</h2>
<div class="actions">${all.map(each => html`<a class="button" href="?holder=${each.idCode}">${each.name}</a>`)}</div>
${holder ? holderPart(library, holder) : null}
<h2>推送（最近 ${mostShown} 笔）</h2>
<ul>${library.changes().slice(-mostShown).reverse().map(({ action, event, outcome }) => html`<li>${event.at} ${actionNames[action]}
${event.licence.holderName} 的 ${nameOf(event.licence.type)}：${pushNames[outcome ?? 'waiting']}</li>`)}</ul>`
  })
}

const nameOf = (type: string) => kinds.get(type)?.name ?? type

function holderPart(library: LicenceLibrary, holder: Holder): Html {
  const held = library.heldBy(holder.idCode)
  const missing = [...kinds].filter(([type, { company }]) =>
    company === (holder.representative !== null) && !held.some(({ licence, status }) => licence.type === type && status === 'valid'))
  return html`<h2>${holder.name}（${held.length} 本）</h2>
${held.map(each => licenceCard(holder, each))}
<details><summary>${actionNames.issue}</summary>
<form method="post" action="/mock/licence-library/actions">
${hidden({ action: 'issue', holderIdCode: holder.idCode })}
<label for="issue-type">哪一种</label>
<select id="issue-type" name="type" required>${missing.map(([type]) => html`<option value="${type}">${nameOf(type)}</option>`)}</select>
<button type="submit">签发</button></form></details>`
}

function licenceCard(holder: Holder, { licence, status, reason }: Standing): Html {
  const { type, version, validTo, issuer, face } = licence
  const common = { holderIdCode: holder.idCode, type }
  const may = (action: Exclude<LibraryControl['action'], 'issue'>) => allowedFrom[action].includes(status)
  return html`<article id="${type}" aria-labelledby="title-${type}">
<h3 id="title-${type}">${nameOf(type)}（第 ${version} 版）</h3>
<dl><dt>状态</dt><dd>${statusNames[status]}${reason ? `：${reason}` : ''}</dd><dt>签发</dt><dd>${issuer}</dd>
<dt>有效期至</dt><dd>${validTo ?? '长期'}</dd></dl>
${(['renew', 'suspend', 'resume', 'cancel', 'revoke', 'annul'] as const).filter(may).map(action => html`
<details><summary>${actionNames[action]}</summary>
<form method="post" action="/mock/licence-library/actions">${hidden({ ...common, action })}
${action === 'resume' ? null : html`<label for="${action}-${type}">原因类别</label>
<input id="${action}-${type}" name="reason" maxlength="100" value="${defaultReasons[action] ?? ''}">`}
<button type="submit">${actionNames[action]}</button></form></details>`)}
${may('amend') ? html`<details><summary>${actionNames.amend}</summary>
<form method="post" action="/mock/licence-library/actions">${hidden({ ...common, action: 'amend', reason: '登记事项变更（演示）' })}
<label for="field-${type}">改哪一项</label>
<select id="field-${type}" name="field">${Object.keys(face).map(name => html`<option value="${name}">${name}</option>`)}</select>
<label for="value-${type}">改成</label><input id="value-${type}" name="value" maxlength="200" required>
<button type="submit">${actionNames.amend}</button></form></details>` : null}
</article>`
}

function hidden(fields: Record<string, string>): Html[] {
  return Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)
}
