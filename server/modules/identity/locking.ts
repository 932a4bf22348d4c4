import type { Queryable } from '../../db/pool'

/*
 * The order in which whatever locks several rows takes them, so that no two wait for each other: accounts, subjects, then delegations,
 * certificates and the rest; of the same kind the smaller id first. No key is locked: who writes something about an account or a person
 * meanwhile need not wait, and may hold what is waited for here.
 */

/** Lets nobody else have these accounts, by this lock, until the caller's transaction ends. */
export const lockAccounts = (client: Queryable, ids: string[]): Promise<void> => lock(client, 'account', ids)

/** Lets nobody else have these persons and companies, by this lock, until the caller's transaction ends. */
export const lockSubjects = (client: Queryable, ids: string[]): Promise<void> => lock(client, 'subject', ids)

async function lock(client: Queryable, table: 'account' | 'subject', ids: string[]): Promise<void> {
  await client.query(`select 1 from ${table} where id = any($1) order by id for no key update`, [ids])
}
