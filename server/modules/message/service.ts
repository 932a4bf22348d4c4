import type { Static } from 'typebox'
import type { Message } from '../../../contract/messages'
import { dayOf, timeOf } from '../../../domain/time'
import type { Queryable } from '../../db/pool'
import type { Deps } from '../../deps'
import { readReachability } from '../identity/subjects'
import { announce } from '../live/service'
import { enqueue } from '../outbox/service'

type Kind = Static<typeof Message>['kind']
type Target = NonNullable<Static<typeof Message>['target']>

export interface Telling {
  accountId: string
  /** Whose affair it is: once the account may not act for it any more the message is not shown; null: the account's own. */
  subjectId: string | null
  kind: Kind
  title: string
  body: string
  target: Target | null
  /** Why it is sent; the same cause never tells the same account twice. Such as `case:<id>:<seq>`. */
  cause: string
}

/** What lies sealed in an outbox row of kind `wechat` or `sms`: the arguments of the gateway's call. */
export interface WechatNote {
  openid: string
  template: string
  page: string
  data: Record<string, string>
}
export interface SmsNote {
  phone: string
  template: string
  params: Record<string, string>
}

/** Only what has a deadline is worth an SMS; WeChat brings everything to those who are bound. */
const bySms: readonly Kind[] = ['correction', 'invitation']
/** WeChat cuts off a subscription message's `thing` values after 20 characters. */
const WECHAT_CHARACTERS = 20

/**
 * Puts a message into the account's inbox and, in the same transaction, what WeChat and the SMS gateway shall bring to the person
 * into the outbox. Idempotent by `cause`. Neither leaves the inbox with any content: they say only that there is something to read.
 */
export async function tell(client: Queryable, deps: Deps, telling: Telling): Promise<void> {
  const { accountId, subjectId, kind, title, body, target, cause } = telling
  const id = deps.newId()
  const { rowCount } = await client.query(
    `insert into message (id, account_id, kind, title_sealed, body_sealed, target_kind, target_id, cause, at, subject_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (account_id, cause) do nothing`,
    [
      id,
      accountId,
      kind,
      deps.vault.seal(title, `message.title_sealed:${id}`),
      deps.vault.seal(body, `message.body_sealed:${id}`),
      target?.kind ?? null,
      target?.id ?? null,
      cause,
      new Date(deps.now()),
      subjectId
    ]
  )
  if (!rowCount) return
  await announce(client, [accountId], { kind: 'message', id })
  const reach = await readReachability(client, deps, accountId)
  if (reach.openid) {
    const payload = wechatNote(reach.openid, telling, deps.now())
    await enqueue(client, deps, { messageId: deps.newId(), lane: `wechat:${accountId}`, kind: 'wechat', payload })
  }
  if (reach.phone && bySms.includes(kind)) {
    const payload = smsNote(reach.phone, telling)
    await enqueue(client, deps, { messageId: deps.newId(), lane: `sms:${accountId}`, kind: 'sms', payload })
  }
}

/** SQL: of the messages of the account $1, its own and those about whom it may act for now. */
export const shown = `account_id = $1 and (subject_id is null or exists
  (select 1 from relation r where r.account_id = $1 and r.subject_id = message.subject_id and r.until is null))`

/** How many of the messages that the account is shown it has not read. */
export async function countUnread(client: Queryable, accountId: string): Promise<number> {
  const { rows } = await client.query<{ count: number }>(`select count(*) as count from message where ${shown} and read_at is null`, [
    accountId
  ])
  return rows[0]?.count ?? 0
}

function wechatNote(openid: string, { kind, title, target }: Telling, now: number): WechatNote {
  const page = target ? `pages/progress/index?${target.kind}=${target.id}` : 'pages/me/index'
  const data = { thing1: Array.from(title).slice(0, WECHAT_CHARACTERS).join(''), time2: `${dayOf(now)} ${timeOf(now)}` }
  return { openid, template: kind, page, data }
}

function smsNote(phone: string, { kind, title }: Telling): SmsNote {
  return { phone, template: kind, params: { title } }
}
