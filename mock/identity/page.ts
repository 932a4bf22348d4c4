import type { InteractionDetails } from 'oidc-provider'
import { html, page } from '../html'
import type { Html } from '../html'
import { identities } from '../identities'
import type { MockIdentity } from '../identities'

/** 选身份的一页；对方要求再次确认（prompt=login、max_age）时，先请刚才的人确认是本人。 */
export function interactionPage(details: InteractionDetails): string {
  const known = identities.find(identity => identity.idNumber === details.session?.accountId)
  const confirming = known !== undefined && details.prompt.reasons.some(reason => reason === 'login_prompt' || reason === 'max_age')
  const action = `/mock/identity/interaction/${details.uid}`
  return page({
    title: '模拟·江苏政务服务统一身份认证（演示，不是真系统）',
    body: html`
${confirming ? confirmation(action, known) : null}
<section aria-labelledby="choose">
<h2 id="choose">${confirming ? '不是本人？换一个演示身份' : '选择一个演示身份登录'}</h2>
<p class="quiet">下面的人都是编的，选谁就以谁的身份办事。真系统在这里要人脸或密码。</p>
<ul class="choices">${identities.map(identity => choice(action, identity))}</ul>
</section>
<p><a href="${action}/abort">不登录，返回</a></p>`
  })
}

function confirmation(action: string, person: MockIdentity): Html {
  return html`<section class="card" aria-labelledby="confirm">
<h2 id="confirm">请再次确认是你本人</h2>
<p>接下来的操作要确认是 ${person.displayName} 本人。真系统在这里会刷脸或输密码。</p>
<form method="post" action="${action}"><input type="hidden" name="identity" value="${person.key}">
<button class="main" type="submit">我是 ${person.name}，确认本人操作</button></form>
</section>`
}

function choice(action: string, identity: MockIdentity): Html {
  return html`<li><form method="post" action="${action}"><button class="wide" type="submit" name="identity" value="${identity.key}">
${identity.displayName}<span class="about">${identity.about}</span></button></form></li>`
}

/** 走不下去时的一页：说清怎么办。 */
export function expiredPage(): string {
  return page({
    title: '这次登录已经过期',
    body: html`<p>登录页打开太久、或换了浏览器，都会这样。没有任何资料受影响。</p><p><a class="button" href="/">回到首页，重新登录</a></p>`
  })
}
