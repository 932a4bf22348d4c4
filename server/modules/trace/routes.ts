import type { Static } from 'typebox'
import { ListQuery } from '../../../contract/submissions'
import { TraceList, type Trace } from '../../../contract/traces'
import { maskName } from '../../../domain/identifier/mask'
import { acting } from '../../access'
import type { Deps } from '../../deps'
import { pageOf, readCursor } from '../../http/cursor'
import type { App } from '../../http/server'
import { readSubject } from '../identity/subjects'

type Row = {
  id: string
  at: Date
  actor: string
  actor_kind: Static<typeof Trace>['actorKind']
  action: Static<typeof Trace>['action']
  purpose: string
  fields: string[]
}

/** `GET /traces`: who has read which data of the subject acted for, when and why. */
export function registerTraces(app: App, deps: Deps): void {
  app.get(
    '/traces',
    {
      config: { access: 'session' },
      schema: { tags: ['trace'], summary: '数据足迹：谁看过、用过我的资料', querystring: ListQuery, response: { 200: TraceList } }
    },
    async (request) => {
      const { subjectId } = acting(request)
      const { limit = 20, cursor } = request.query
      const after = readCursor(cursor)
      const { rows } = await deps.pool.query<Row>(
        `select id, at, actor, actor_kind, action, purpose, fields from trace
         where subject_id = $1 and ($2::timestamptz is null or (at, id) < ($2, $3::uuid))
         order by at desc, id desc limit $4`,
        [subjectId, after?.at ?? null, after?.id ?? null, limit + 1]
      )
      const subject = await readSubject(deps.pool, deps, subjectId)
      const maskedSubjectName = subject.kind === 'natural_person' ? maskName(subject.name) : subject.name
      const { page, nextCursor } = pageOf(rows, limit)
      const traces = page.map(({ id, at, actor, actor_kind: actorKind, action, purpose, fields }) => ({
        id,
        at: at.toISOString(),
        actor,
        actorKind,
        action,
        purpose,
        fields,
        maskedSubjectName,
        objectable: actorKind !== 'self',
        objection: null
      }))
      return { traces, nextCursor }
    }
  )
}
