import { CloseAccount, ClosePreview, GiveConsents, Me, WithdrawConsents } from '../../../contract/identity'
import { Nothing } from '../../../contract/wire'
import { acting } from '../../access'
import { tx } from '../../db/pool'
import type { Deps } from '../../deps'
import { Refusal } from '../../errors'
import type { App } from '../../http/server'
import { giveConsents, hasAgreed, readMe, withdrawConsents } from './accounts'
import { clearRefreshCookie } from './browser'
import { closeAccount, countOpenCases, forgetUnconsented, whatClosingDoes } from './closing'
import { notice } from './notice'
import { refreshIfAgreed } from './sign-in'

const tags = ['身份']

/** The account itself: who I am, what I agreed to, and leaving. */
export function registerAccount(app: App, deps: Deps): void {
  app.get(
    '/identity/me',
    { config: { access: 'session-without-consent', delegable: 'own' }, schema: { tags, summary: '我是谁、能代表谁、同意过什么', response: { 200: Me } } },
    async (request) => readMe(deps.pool, deps, acting(request))
  )

  app.post(
    '/identity/consents',
    {
      config: { access: 'session-without-consent', delegable: 'own' },
      schema: { tags, summary: '同意隐私说明（三份各自勾选）', body: GiveConsents, response: { 200: Me } }
    },
    async (request) => {
      const { accountId } = acting(request)
      const { version, kinds } = request.body
      if (version !== notice.version) throw fault('/version', '隐私说明有更新，请重新阅读后再同意')
      const agreed = await hasAgreed(deps.pool, accountId)
      if (!kinds.includes('privacy') && !agreed)
        throw fault('/kinds', '请先阅读并同意「隐私说明」，再同意其他两份')
      await giveConsents(deps.pool, deps, accountId, kinds)
      if (!agreed) await refreshIfAgreed(deps, accountId)
      return readMe(deps.pool, deps, acting(request))
    }
  )

  app.post(
    '/identity/consents/withdraw',
    {
      config: { access: 'session', delegable: 'own' },
      schema: { tags, summary: '撤回同意，从现在起生效', body: WithdrawConsents, response: { 200: Me } }
    },
    async (request) => {
      await withdrawConsents(deps.pool, deps, acting(request).accountId, request.body.kinds)
      return readMe(deps.pool, deps, acting(request))
    }
  )

  app.post(
    '/identity/consents/decline',
    {
      config: { access: 'session-without-consent', delegable: 'own', problems: ['illegal_transition'] },
      schema: { tags, summary: '不同意隐私说明：登录时得到的资料全部删除', response: { 204: Nothing } }
    },
    async (request, reply) => {
      const { accountId, selfId } = acting(request)
      const forgotten = await tx(deps.pool, async (client) => forgetUnconsented(client, accountId, selfId))
      if (!forgotten)
        throw new Refusal('illegal_transition', {
          detail: '你以前同意过隐私说明；要删除资料，请注销账号',
          allowedActions: ['withdraw', 'close']
        })
      clearRefreshCookie(request, reply, deps.config)
      return reply.code(204).send(null)
    }
  )

  app.get(
    '/identity/account/close-preview',
    {
      config: { access: 'session-without-consent', delegable: 'own' },
      schema: { tags, summary: '注销会删什么、依法留什么', response: { 200: ClosePreview } }
    },
    async (request) => ({ ...whatClosingDoes, openCases: await countOpenCases(deps.pool, acting(request).accountId) })
  )

  app.post(
    '/identity/account/close',
    {
      config: { access: 'session-without-consent', delegable: 'own', problems: ['account_has_cases'] },
      schema: { tags, summary: '注销账号', body: CloseAccount, response: { 204: Nothing } }
    },
    async (request, reply) => {
      const { accountId, selfId } = acting(request)
      await tx(deps.pool, async (client) => closeAccount(client, deps, accountId, selfId))
      clearRefreshCookie(request, reply, deps.config)
      return reply.code(204).send(null)
    }
  )
}

function fault(pointer: string, message: string): Refusal {
  return new Refusal('invalid_fields', { errors: [{ pointer, code: 'consent', message }] })
}
