import type { Static } from 'typebox'
import type { ClosePreview } from '../../../contract/identity'
import type { Queryable } from '../../db/pool'
import type { Deps } from '../../deps'
import { Refusal } from '../../errors'
import { endAllOf } from '../delegation/end'
import { lockAccounts, lockSubjects } from './locking'
import { endSessions } from './sessions'

/**
 * What closing an account does, as the person reads it beforehand. Grounds: 《个人信息保护法》第四十七条（删除）与其「法律、行政法规规定的
 * 保存期限未届满」的例外，《网络安全法》第二十一条（网络日志不少于六个月）。
 */
export const whatClosingDoes: Pick<Static<typeof ClosePreview>, 'erased' | 'kept'> = {
  erased: [
    '没有提交的草稿、为它上传的文件和发出的邀请',
    '消息',
    '手机号、微信绑定和全部登录',
    '从电子证照库和共享平台取来的证照与资料副本（证照本身仍在发证部门）',
    '苏服码、设备证书和等你点头的核验（作废证书的编号留到它本来的期限，最长 24 小时，扫码的机器没有网络时凭它拒收）',
    '代表企业和被监护人办事的关系（不影响真实的企业登记与监护关系）',
    '你授权出去的和授权给你的，一并结束'
  ],
  kept: [
    { what: '已经提交的办件、提交时的材料与办理结果', why: '属于政务服务电子档案，依法由办理部门保管；年限以部门公布为准（待核）' },
    { what: '数据足迹、对它提的异议与登录记录', why: '《网络安全法》第二十一条要求网络日志至少留存六个月' },
    { what: '你给过的同意与撤回的时间', why: '证明处理有依据（《个人信息保护法》第十四条）' }
  ]
}

/** Submissions of the account that are still running, for those whom it may act for now: others are no longer its to end. */
export async function countOpenCases(client: Queryable, accountId: string): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `select count(*) as count from submission s where account_id = $1 and closed_at is null and exists
       (select 1 from relation r where r.account_id = $1 and r.subject_id = s.subject_id and r.until is null)`,
    [accountId]
  )
  return rows[0]?.count ?? 0
}

/**
 * Closes the account: nobody can sign in to it or reach anything of it any more. It knows the tables of other parts because erasing
 * must happen in one transaction or not at all. The bytes of removed files are swept by the file part.
 *
 * Errors: account_has_cases.
 */
export async function closeAccount(client: Queryable, deps: Deps, accountId: string, selfId: string): Promise<void> {
  await lockAccounts(client, [accountId])
  const open = await countOpenCases(client, accountId)
  if (open > 0) throw new Refusal('account_has_cases', { detail: `还有 ${open} 件事没有办完，请等办结或撤回后再注销` })
  const now = new Date(deps.now())
  const subjects = await subjectsLeft(client, accountId, selfId)
  await lockSubjects(client, subjects)

  await endAllOf(client, deps, accountId, await spokenForAlone(client, accountId))
  await endSessions(client, deps, { accountId }, 'closed')
  await client.query('delete from ticket using session s where session_id = s.id and s.account_id = $1', [accountId])
  await eraseDrafts(client, accountId)
  await client.query('update file set removed_at = $2 where account_id = $1 and kept_since is null and removed_at is null', [
    accountId,
    now
  ])
  await client.query('delete from message where account_id = $1', [accountId])
  await client.query('delete from idempotency where account_id = $1', [accountId])
  await client.query('delete from wechat_binding where account_id = $1', [accountId])
  await eraseCodes(client, accountId, now)
  await client.query('delete from source_fetch where subject_id = any($1)', [subjects])
  await client.query('delete from licence where subject_id = any($1) and case_id is null', [subjects])
  await client.query('update consent set withdrawn_at = $2 where account_id = $1 and withdrawn_at is null', [accountId, now])
  await client.query('update relation set until = $2 where account_id = $1 and until is null', [accountId, now])
  await client.query('update account set phone_sealed = null, closed_at = $2 where id = $1', [accountId, now])
}

/** The person, and whom the account was the last one to act for: nobody else may look at what was fetched of them. */
async function subjectsLeft(client: Queryable, accountId: string, selfId: string): Promise<string[]> {
  const { rows } = await client.query<{ subject_id: string }>(
    `select subject_id from relation own where account_id = $1 and until is null and not exists
       (select 1 from relation other where other.subject_id = own.subject_id and other.account_id <> $1 and other.until is null)`,
    [accountId]
  )
  return [selfId, ...rows.map(({ subject_id: id }) => id)]
}

/** Those in whose name nobody else gives and takes back delegations: the person, and companies represented by nobody else here. */
async function spokenForAlone(client: Queryable, accountId: string): Promise<string[]> {
  const { rows } = await client.query<{ subject_id: string }>(
    `select subject_id from relation own where account_id = $1 and until is null and role in ('self', 'legalRepresentative')
       and not exists (select 1 from relation other where other.subject_id = own.subject_id and other.account_id <> $1
                       and other.until is null and other.role in ('self', 'legalRepresentative'))`,
    [accountId]
  )
  return rows.map(({ subject_id: id }) => id)
}

/**
 * What is left of codes says of nobody who it was, lets readers hear that they are no longer good, and is swept by the code part: codes
 * after ten minutes, certificates when they would have ended.
 */
async function eraseCodes(client: Queryable, accountId: string, now: Date): Promise<void> {
  // Not only what is kept: fields that are just being read for a reader must not be kept after this.
  await client.query(
    `update awaited_reading set released_sealed = null, outcome = 'refused', reason = 'holder_unavailable'
     where code_id in (select id from code where account_id = $1) and outcome = 'agreed' and fetched_at is null`,
    [accountId]
  )
  await client.query('update code_certificate set revoked_at = $2 where account_id = $1 and revoked_at is null', [accountId, now])
  for (const table of ['code_failure', 'code_suspicion']) await client.query(`delete from ${table} where account_id = $1`, [accountId])
}

/** A draft that became a submission belongs to that and stays. Locked first, so that nobody adds an invitation to what goes. */
async function eraseDrafts(client: Queryable, accountId: string): Promise<void> {
  const unsubmitted = 'account_id = $1 and not exists (select 1 from submission s where s.draft_id = draft.id)'
  await client.query(`select 1 from draft where ${unsubmitted} order by id for update`, [accountId])
  await client.query(`delete from invitation where draft_id in (select id from draft where ${unsubmitted})`, [accountId])
  await client.query(`delete from draft where ${unsubmitted}`, [accountId])
}

/**
 * Deletes all that signing in has stored of somebody who then declines the notice.
 *
 * @returns false, changing nothing, for who has once agreed: that account is closed instead
 */
export async function forgetUnconsented(client: Queryable, accountId: string, selfId: string): Promise<boolean> {
  const { rowCount } = await client.query('select 1 from consent where account_id = $1', [accountId])
  if (rowCount) return false
  const ofSessions = 'session_id in (select id from session where account_id = $1)'
  for (const table of ['login_attempt', 'ticket', 'access_token', 'refresh_token']) {
    await client.query(`delete from ${table} where ${ofSessions}`, [accountId])
  }
  for (const table of ['session', 'wechat_binding', 'message', 'relation']) {
    await client.query(`delete from ${table} where account_id = $1`, [accountId])
  }
  await client.query('delete from account where id = $1', [accountId])
  await forgetStranger(client, selfId)
  return true
}

/** The person stays on record where others' affairs name them: an earlier account, a guardian, a licence. */
async function forgetStranger(client: Queryable, subjectId: string): Promise<void> {
  const { rowCount } = await client.query(
    `select 1 where exists (select 1 from account where subject_id = $1) or exists (select 1 from relation where subject_id = $1)
       or exists (select 1 from licence where subject_id = $1) or exists (select 1 from submission where subject_id = $1 or ward_id = $1)`,
    [subjectId]
  )
  if (rowCount) return
  await client.query('delete from trace where subject_id = $1', [subjectId])
  await client.query('delete from source_fetch where subject_id = $1', [subjectId])
  await client.query('delete from subject where id = $1', [subjectId])
}
