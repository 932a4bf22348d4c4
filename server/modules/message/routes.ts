import type { Static } from 'typebox'
import { MessageList, type Message } from '../../../contract/messages'
import { ListQuery } from '../../../contract/submissions'
import { IdParams, Nothing } from '../../../contract/wire'
import { acting } from '../../access'
import type { Deps } from '../../deps'
import { Refusal } from '../../errors'
import { pageOf, readCursor } from '../../http/cursor'
import type { App } from '../../http/server'
import { countUnread, shown } from './service'

const tags = ['消息']

type Wire = Static<typeof Message>
type Target = NonNullable<Wire['target']>
type Row = {
  id: string
  kind: Wire['kind']
  title_sealed: Buffer
  body_sealed: Buffer
  target_kind: Target['kind'] | null
  target_id: string | null
  at: Date
  read_at: Date | null
}

/** The inbox of the signed-in account, whomever it acts for; without what is about those whom it may act for no more. */
export function registerMessages(app: App, deps: Deps): void {
  app.get(
    '/messages',
    {
      config: { access: 'session', delegable: 'own' },
      schema: { tags, summary: '我的消息，新的在前', querystring: ListQuery, response: { 200: MessageList } }
    },
    async (request) => {
      const { accountId } = acting(request)
      const { limit = 20, cursor } = request.query
      const after = readCursor(cursor)
      const { rows } = await deps.pool.query<Row>(
        `select id, kind, title_sealed, body_sealed, target_kind, target_id, at, read_at from message
         where ${shown} and ($2::timestamptz is null or (at, id) < ($2, $3::uuid))
         order by at desc, id desc limit $4`,
        [accountId, after?.at ?? null, after?.id ?? null, limit + 1]
      )
      const { page, nextCursor } = pageOf(rows, limit)
      return { messages: page.map((row) => onWire(row, deps)), unread: await countUnread(deps.pool, accountId), nextCursor }
    }
  )

  app.post(
    '/messages/:id/read',
    {
      config: { access: 'session', delegable: 'own' },
      schema: { tags, summary: '把一条消息标为已读', params: IdParams, response: { 204: Nothing } }
    },
    async (request, reply) => {
      const { rowCount } = await deps.pool.query(`update message set read_at = coalesce(read_at, $3) where ${shown} and id = $2`, [
        acting(request).accountId,
        request.params.id,
        new Date(deps.now())
      ])
      if (!rowCount) throw new Refusal('not_found')
      return reply.code(204).send(null)
    }
  )

  app.post(
    '/messages/read-all',
    { config: { access: 'session', delegable: 'own' }, schema: { tags, summary: '全部标为已读', response: { 204: Nothing } } },
    async (request, reply) => {
      await deps.pool.query(`update message set read_at = $2 where ${shown} and read_at is null`, [
        acting(request).accountId,
        new Date(deps.now())
      ])
      return reply.code(204).send(null)
    }
  )
}

function onWire(row: Row, { vault }: Deps): Wire {
  const { id, kind, at, read_at: readAt, target_kind: targetKind, target_id: targetId } = row
  return {
    id,
    kind,
    title: vault.open(row.title_sealed, `message.title_sealed:${id}`),
    body: vault.open(row.body_sealed, `message.body_sealed:${id}`),
    at: at.toISOString(),
    readAt: readAt?.toISOString() ?? null,
    target: targetKind && targetId ? { kind: targetKind, id: targetId } : null
  }
}
