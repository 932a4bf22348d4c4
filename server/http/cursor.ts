import { Refusal } from '../errors'

/** Where the next page starts: after the row with this moment and id, newest first. Opaque to the app. */
export interface Cursor {
  at: Date
  id: string
}

/** As `toISOString` writes a moment that the database can hold. */
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** @throws {Refusal} invalid_fields when the text is not one that `pageOf` gave out */
export function readCursor(text: string | undefined): Cursor | null {
  if (text === undefined) return null
  const [moment, id] = Buffer.from(text, 'base64url').toString('utf8').split(' ')
  const at = new Date(moment ?? '')
  if (!MOMENT.test(moment ?? '') || Number.isNaN(at.getTime()) || !UUID.test(id ?? '')) {
    throw new Refusal('invalid_fields', { errors: [{ pointer: '/cursor', code: 'cursor', message: '「cursor」应原样使用上一页给出的值' }] })
  }
  return { at, id: id as string }
}

/** Cuts the one row too many that was asked for, which shows that there is a next page. */
export function pageOf<T extends Cursor>(rows: T[], limit: number): { page: T[]; nextCursor: string | null } {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const more = rows.length > limit && last
  return { page, nextCursor: more ? Buffer.from(`${last.at.toISOString()} ${last.id}`).toString('base64url') : null }
}
