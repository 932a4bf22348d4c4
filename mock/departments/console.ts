import type { DataShare } from '../data-share/routes'
import { html, page } from '../html'
import type { Html } from '../html'
import { mayEmit } from './case-file'
import type { CaseFile, SentEvent, Stage } from './case-file'
import type { Desk } from './desk'
import { departmentName } from './steps'

const stageNames: Record<Stage, string> = {
  received: '已收件，待预审', correction: '等申请人补正', accepted: '已受理', examining: '审查中', paused: '特别程序，停表中',
  approved: '已准予', refused: '不予办理', delivering: '结果已出，待送达', closed: '已办结', withdrawn: '申请人已撤回'
}

const eventNames: Record<SentEvent['event']['type'], string> = {
  preReviewPassed: '预审通过', correctionRequested: '一次性告知补正', rejected: '不予受理', accepted: '受理', examineStarted: '转审查',
  specialProcedureStarted: '启动特别程序', specialProcedureEnded: '特别程序结束', extended: '延期', decided: '作出决定',
  issued: '签发证照', resultReady: '出具结果', delivered: '送达'
}

const sendingNames: Record<SentEvent['state'], string> = { queued: '待送', delivered: '已送到', dropped: '撤回后不再送' }
const outcomes: Record<string, string> = { done: '已照办。', impossible: '这一件现在不能这样办，没有改动。', unknown: '没有找到这一件。' }
const mostShown = 100

/** 控制台：一件一块，大按钮，不用脚本；给第一次来的人自己选每一件怎么走。 */
export function consolePage(desk: Desk, share: DataShare, query: { refresh?: string; outcome?: string }): string {
  const files = [...desk.records.files.values()].reverse()
  const { scriptOn } = desk.records
  return page({
    title: '模拟·部门审批系统控制台（演示）',
    refreshSeconds: query.refresh === '5' ? 5 : undefined,
    body: html`
<p role="status">${outcomes[query.outcome ?? ''] ?? ''}</p>
<p>这里替各部门办件。不去动它，每件会按演示节奏自己往下办；也可以逐件选择怎么走。</p>
<div class="actions">
${query.refresh === '5'
    ? html`<a class="button" href="/mock/departments">停止自动刷新</a>`
    : html`<a class="button" href="/mock/departments?refresh=5">每 5 秒自动刷新</a>`}
${button({ action: scriptOn ? 'pauseScript' : 'continueScript' }, scriptOn ? '全部暂停自动办理' : '全部继续自动办理')}
${button({ action: desk.records.allDown ? 'up' : 'down' }, desk.records.allDown ? '全部系统恢复' : '全部系统宕机')}
</div>
${outages(desk, share, files)}
<h2>办件（${files.length} 件）</h2>
${files.length === 0 ? html`<p>还没有收到办件。在 App 里提交一件事，办件就会到这里。</p>` : null}
${files.length > mostShown ? html`<p>只列最近 ${mostShown} 件。</p>` : null}
${files.slice(0, mostShown).map(file => caseCard(desk, file))}`
  })
}

function outages(desk: Desk, share: DataShare, files: CaseFile[]): Html {
  const departments = [...new Set([...files.map(file => file.dispatch.departmentId), ...desk.records.down])].sort()
  return html`<details><summary>单个系统宕机或恢复</summary>
<h2>部门审批系统</h2>
<div class="actions">${departments.map(departmentId => {
  const down = desk.records.down.has(departmentId)
  return button({ action: down ? 'up' : 'down', departmentId }, `${departmentName(departmentId)}：${down ? '恢复' : '宕机'}`)
})}</div>
<h2>数据共享系统</h2>
<div class="actions">${share.systems.map(system => {
  const down = share.isDown(system)
  return button({ action: down ? 'shareUp' : 'shareDown', system }, `${system}：${down ? '恢复' : '宕机'}`)
})}</div></details>`
}

function caseCard(desk: Desk, file: CaseFile): Html {
  const { caseNo, matterName, departmentId, bundleName, applicant, agent, materials } = file.dispatch
  return html`<article id="${caseNo}" aria-labelledby="title-${caseNo}">
<h3 id="title-${caseNo}">${matterName}（${caseNo}）</h3>
<dl>
<dt>状态</dt><dd>${stageNames[file.stage]}${file.scripted ? '' : '，自动办理已暂停'}${desk.records.isDown(departmentId) ? '，系统宕机中' : ''}</dd>
<dt>部门</dt><dd>${departmentName(departmentId)}</dd>
<dt>一件事</dt><dd>${bundleName}</dd>
<dt>申请人</dt><dd>${applicant.name}</dd>${agent ? html`
<dt>${agent.role === 'proxy' ? '代办人' : '经办人'}</dt><dd>${agent.name}（凭授权签字）</dd>` : ''}
<dt>材料</dt><dd>${materials.map(material => material.name).join('、') || '无'}</dd>
<dt>往来</dt><dd>${history(file)}</dd>
</dl>
${actions(file)}
</article>`
}

function history(file: CaseFile): string {
  const sent = file.events.map(({ event, state }) => ({ at: event.at, text: `${eventNames[event.type]}（${sendingNames[state]}）` }))
  const kinds = { correction: '收到补正', supplement: '收到容缺补齐', withdrawal: '收到撤回', objection: '收到异议', licence: '所依据的证照有变' }
  const received = file.messages.map(({ at, message }) => ({ at, text: kinds[message.kind] }))
  return [...sent, ...received].sort((one, other) => one.at.localeCompare(other.at)).map(entry => entry.text).join(' → ') || '刚收件'
}

function actions(file: CaseFile): Html {
  const { caseNo } = file.dispatch
  const { stage } = file
  const open = stage !== 'closed' && stage !== 'withdrawn'
  const before = stage === 'received' || stage === 'accepted' || stage === 'examining'
  return html`<div class="actions">
${stage === 'received' ? button({ action: 'accept', caseNo }, '接件受理') : null}
${before ? button({ action: 'stopClock', caseNo }, '停表（特别程序）') : null}
${mayEmit(file, 'specialProcedureEnded') ? button({ action: 'resumeClock', caseNo }, '结束停表') : null}
${open && stage !== 'correction' && stage !== 'refused' ? button({ action: 'issue', caseNo }, '发证办结') : null}
${open ? button({ action: file.scripted ? 'pauseScript' : 'continueScript', caseNo }, file.scripted ? '暂停自动办理' : '继续自动办理') : null}
</div>
${mayEmit(file, 'correctionRequested') ? correctionForm(file) : null}
${before || stage === 'paused' ? refusalForm(caseNo, 'refuse', '不予办理') : null}
${mayEmit(file, 'rejected') ? refusalForm(caseNo, 'reject', '不予受理') : null}`
}

function correctionForm(file: CaseFile): Html {
  const { caseNo, values, materials } = file.dispatch
  const targets = [
    ...materials.map(material => ({ value: `material:${material.id}`, label: `材料：${material.name}` })),
    ...Object.keys(values).map(field => ({ value: `field:${field}`, label: `表单项：${field}` }))
  ].filter(target => file.told.length === 0 || file.told.includes(target.value.slice(target.value.indexOf(':') + 1)))
  return html`<details><summary>要求补正</summary>
<form method="post" action="/mock/departments/actions">
${hidden({ action: 'requestCorrection', caseNo })}
<label for="target-${caseNo}">哪一项要补正</label>
<select id="target-${caseNo}" name="target" required>
${targets.map(({ value, label }) => html`<option value="${value}">${label}</option>`)}
</select>
<label for="problem-${caseNo}">问题</label><input id="problem-${caseNo}" name="problem" maxlength="300" value="看不清，或与证照不一致（演示）">
<label for="mend-${caseNo}">怎么补</label><input id="mend-${caseNo}" name="mend" maxlength="300" value="请核对后重新填写或上传（演示）">
<button type="submit">告知补正</button></form></details>`
}

function refusalForm(caseNo: string, action: 'refuse' | 'reject', label: string): Html {
  return html`<details><summary>${label}</summary>
<form method="post" action="/mock/departments/actions">
${hidden({ action, caseNo })}
<label for="${action}-reason-${caseNo}">理由</label><input id="${action}-reason-${caseNo}" name="reason" maxlength="500" required>
<label for="${action}-remedy-${caseNo}">申请人可以怎么办（不填用缺省的复议诉讼告知）</label>
<input id="${action}-remedy-${caseNo}" name="remedy" maxlength="500">
<button type="submit">${label}</button></form></details>`
}

function button(fields: Record<string, string>, label: string): Html {
  return html`<form method="post" action="/mock/departments/actions">${hidden(fields)}<button type="submit">${label}</button></form>`
}

function hidden(fields: Record<string, string>): Html[] {
  return Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)
}
