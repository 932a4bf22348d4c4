import fs from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { parse } from 'yaml'
import type { Licence, LicenceCard, LicenceList } from '../../../contract/licences'
import type { LicenceType } from '../../../domain/licence/types'
import { sampleText } from '../../licence-samples'

const folder = path.resolve(__dirname, '../../../catalogue/jiangyin/licences')
const at = '2026-11-24T02:00:00.000Z'
const trustedUntil = '2099-01-01T00:00:00.000Z'

/** Every kind of the catalogue, in the order of their ids. */
export const kinds: LicenceType[] = fs
  .readdirSync(folder)
  .sort()
  .map((file) => parse(fs.readFileSync(path.join(folder, file), 'utf8')) as LicenceType)

export const cardOf = ({ id, name, issuer, look }: LicenceType, change: Partial<LicenceCard> = {}): LicenceCard => ({
  id, type: id, name, issuer: `江阴市${issuer}（演示）`, look, subjectId: '', maskedHolderName: '林**', status: 'valid', statusText: '有效',
  issuedOn: '2024-05-20', validTo: null, isNew: false, inRectification: false, claimedAt: at, ...change
})

const licenceOf = (kind: LicenceType): Licence => ({
  ...cardOf(kind),
  identifier: '1.2.156.3005.2.11100000000013338W009.11320281014003001X.2025052201.001.0',
  version: 1,
  face: kind.face.map((field) => ({ ...field, text: sampleText(field), masked: false })),
  fromCase: null,
  trustedUntil,
  rectification: null,
  rectificationDays: 5,
  allowedActions: ['present', 'pdf', 'rectify'],
  reasons: []
})

/** Answers for the licence library with one licence of every kind, drawn from the catalogue: whether a face holds is a question of data. */
export async function answerWithAllKinds(page: Page, subjectId: string) {
  await page.route(/\/api\/v1\/licences\/[a-z-]+(\?.*)?$/, (route) => {
    const id = new URL(route.request().url()).pathname.split('/').pop()
    const kind = kinds.find((each) => each.id === id)
    return kind ? route.fulfill({ json: { ...licenceOf(kind), subjectId } }) : route.fallback()
  })
  const list: LicenceList = {
    licences: kinds.map((kind, index) => cardOf(kind, {
      subjectId,
      ...(index < 3 && { claimedAt: null }),
      ...(index === 5 && { isNew: true }),
      ...(index === 7 && { status: 'expiring', statusText: '快到期', validTo: '2026-12-20' }),
      ...(index === 9 && { status: 'expired', statusText: '已过期', validTo: '2026-10-20' }),
      ...(index === 11 && { status: 'cancelled', statusText: '已注销' }),
      ...(index === 12 && { status: 'changed', statusText: '已换发新证' })
    })),
    withheld: [], fetchedAt: at, trustedUntil, libraryReachable: true
  }
  await page.route(/\/api\/v1\/licences$/, (route) => route.fulfill({ json: list }))
}
