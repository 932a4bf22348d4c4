import { CreateDraft, Draft, DraftList, DraftReview, FieldObjection, SaveDraft } from '../../../contract/drafts'
import { IdParams, Nothing } from '../../../contract/wire'
import { acting } from '../../access'
import type { Deps } from '../../deps'
import type { App } from '../../http/server'
import { createDraft } from './create'
import { reviewOf } from './review'
import { discardDraft, listDrafts, objectToField, readDraft, saveDraft } from './service'

const tags = ['草稿']

/** Drafts: one live one for each subject and bundle, saved part by part, worked out by the catalogue in force. */
export function registerDrafts(app: App, deps: Deps): void {
  app.post(
    '/drafts',
    {
      config: { access: 'session', delegable: 'bundle', problems: ['draft_exists', 'not_found'] },
      schema: { summary: '开始办一件事；已有草稿时可选择重新开始', tags, body: CreateDraft, response: { 201: Draft } }
    },
    async (request, reply) => reply.code(201).send(await createDraft(deps, acting(request), request.body))
  )

  app.get(
    '/drafts',
    {
      config: { access: 'session', delegable: 'bundle' },
      schema: { summary: '没办完的草稿', tags, response: { 200: DraftList } }
    },
    async (request) => ({ drafts: await listDrafts(deps, acting(request)) })
  )

  app.get(
    '/drafts/:id',
    {
      config: { access: 'session', delegable: 'bundle', problems: ['gone'] },
      schema: { summary: '一份草稿：回答、方案、合并表单、材料、邀请', tags, params: IdParams, response: { 200: Draft } }
    },
    async (request) => (await readDraft(deps, acting(request), request.params.id)).view
  )

  app.put(
    '/drafts/:id',
    {
      config: { access: 'session', delegable: 'bundle', problems: ['draft_conflict', 'gone'] },
      schema: { summary: '保存草稿：给了哪些存哪些，版本对不上即冲突', tags, params: IdParams, body: SaveDraft, response: { 200: Draft } }
    },
    async (request) => saveDraft(deps, acting(request), request.params.id, request.body)
  )

  app.delete(
    '/drafts/:id',
    {
      config: { access: 'session', delegable: 'bundle' },
      schema: { summary: '放弃草稿：填过的内容与上传的文件一并删除', tags, params: IdParams, response: { 204: Nothing } }
    },
    async (request, reply) => {
      await discardDraft(deps, acting(request), request.params.id)
      return reply.code(204).send(null)
    }
  )

  app.post(
    '/drafts/:id/objections',
    {
      config: { access: 'session', delegable: 'bundle', problems: ['draft_conflict', 'gone'] },
      schema: { summary: '「这一项不对」：指出锁定的字段有误', tags, params: IdParams, body: FieldObjection, response: { 200: Draft } }
    },
    async (request) => objectToField(deps, acting(request), request.params.id, request.body)
  )

  app.get(
    '/drafts/:id/review',
    {
      config: { access: 'session', delegable: 'bundle', problems: ['gone'] },
      schema: { summary: '签字前核对：还缺什么、要承诺什么、将要签的内容', tags, params: IdParams, response: { 200: DraftReview } }
    },
    async (request) => reviewOf(deps, acting(request), await readDraft(deps, acting(request), request.params.id))
  )
}
