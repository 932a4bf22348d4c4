import { IdempotencyHeaders, SubmitDraft, SubmitReply } from '../../../contract/drafts'
import { LicenceGrant } from '../../../contract/licences'
import { Receipt, ReceiptCheck, ReceiptParams } from '../../../contract/receipts'
import { CaseDetail, CorrectCase, ListQuery, Submission, SubmissionList, SupplementCase, WithdrawBody } from '../../../contract/submissions'
import { IdParams } from '../../../contract/wire'
import { acting, requireFresh } from '../../access'
import type { Deps } from '../../deps'
import { limits } from '../../http/limits'
import type { App } from '../../http/server'
import { checkReceipt, readReceipt } from './receipt'
import { revokeGrant } from './relied-licences'
import { correct, supplement, withdrawCase, withdrawSubmission } from './respond'
import { listSubmissions, readCase, readSubmission } from './service'
import { submit } from './submit'

/** Submitting, following and answering: a submission and its cases. */
export function registerCases(app: App, deps: Deps): void {
  const tags = ['办件']
  const session = { access: 'session', delegable: 'bundle' } as const

  app.post(
    '/drafts/:id/submission',
    {
      config: {
        ...session,
        problems: ['draft_conflict', 'draft_incomplete', 'catalogue_changed', 'idempotency_mismatch', 'reauthentication_required']
      },
      schema: {
        summary: '提交：看到什么签什么，同一个 Idempotency-Key 只有一份提交',
        tags,
        params: IdParams,
        headers: IdempotencyHeaders,
        body: SubmitDraft,
        response: { 201: SubmitReply }
      }
    },
    async (request, reply) => {
      const submitted = await submit(
        deps,
        acting(request),
        { draftId: request.params.id, idempotencyKey: request.headers['idempotency-key'], ...request.body },
        () => requireFresh(request, deps.now())
      )
      return reply.code(201).send(submitted)
    }
  )

  app.get(
    '/submissions',
    { config: session, schema: { summary: '我的提交，新的在前', tags, querystring: ListQuery, response: { 200: SubmissionList } } },
    (request) => listSubmissions(deps, acting(request), request.query)
  )

  app.get(
    '/submissions/:id',
    { config: session, schema: { summary: '一份提交和它的办件', tags, params: IdParams, response: { 200: Submission } } },
    (request) => readSubmission(deps, acting(request), request.params.id)
  )

  app.post(
    '/submissions/:id/withdraw',
    {
      config: { ...session, problems: ['illegal_transition'] },
      schema: { summary: '整件撤回：只终止还没决定的', tags, params: IdParams, body: WithdrawBody, response: { 200: Submission } }
    },
    async (request) => {
      await withdrawSubmission(deps, acting(request), request.params.id, request.body.reason)
      return readSubmission(deps, acting(request), request.params.id)
    }
  )

  app.get(
    '/submissions/:id/receipt',
    {
      config: { ...session, problems: ['receipt_key_unknown'] },
      schema: { summary: '回执：签名的规范化内容，可离线核验', tags, params: IdParams, response: { 200: Receipt } }
    },
    (request) => readReceipt(deps, acting(request), request.params.id)
  )

  app.get(
    '/receipts/:code',
    {
      config: { access: 'public', rateLimit: limits.search, problems: ['receipt_key_unknown'] },
      schema: { summary: '公开核验一份回执，不含个人信息', tags, params: ReceiptParams, response: { 200: ReceiptCheck } }
    },
    (request) => checkReceipt(deps, request.params.code)
  )

  app.get(
    '/cases/:id',
    { config: session, schema: { summary: '一件办件的时间线', tags, params: IdParams, response: { 200: CaseDetail } } },
    (request) => readCase(deps, acting(request), request.params.id)
  )

  app.post(
    '/cases/:id/correction',
    {
      config: { ...session, problems: ['illegal_transition'] },
      schema: { summary: '补正：一次补齐全部告知项', tags, params: IdParams, body: CorrectCase, response: { 200: CaseDetail } }
    },
    async (request) => {
      await correct(deps, acting(request), request.params.id, request.body)
      return readCase(deps, acting(request), request.params.id)
    }
  )

  app.post(
    '/cases/:id/supplement',
    {
      config: { ...session, problems: ['illegal_transition'] },
      schema: { summary: '补交容缺的材料', tags, params: IdParams, body: SupplementCase, response: { 200: CaseDetail } }
    },
    async (request) => {
      const { materialId, files } = request.body
      await supplement(deps, acting(request), request.params.id, materialId, files)
      return readCase(deps, acting(request), request.params.id)
    }
  )

  app.post(
    '/licence-grants/:id/revocation',
    {
      config: { access: 'session', problems: ['illegal_transition'] },
      schema: { summary: '收回一份用证授权，办结以前', tags: ['证照'], params: IdParams, response: { 200: LicenceGrant } }
    },
    (request) => revokeGrant(deps, acting(request), request.params.id)
  )

  app.post(
    '/cases/:id/withdraw',
    {
      config: { ...session, problems: ['illegal_transition'] },
      schema: { summary: '撤回一件，决定作出前', tags, params: IdParams, body: WithdrawBody, response: { 200: CaseDetail } }
    },
    async (request) => {
      await withdrawCase(deps, acting(request), request.params.id, request.body.reason)
      return readCase(deps, acting(request), request.params.id)
    }
  )
}
