import { dayOf, dayText } from '../../../domain/time'
import type { Queryable } from '../../db/pool'
import type { Deps } from '../../deps'
import { consentsInForce } from '../identity/accounts'
import { accountsActingFor, ownRight } from '../identity/actors'
import { readSubject, shownName } from '../identity/subjects'
import { announce } from '../live/service'
import { tell } from '../message/service'
import type { Cause, Change } from './changes'
import { licenceName } from './name'
import type { StoredLicence } from './repository'

/** A message about one licence; the words are given its name as the reader calls it: one's own, or that of whom one acts for. */
export interface LicenceWords {
  cause: string
  title: (name: string) => string
  body: string
}

/** Tells who may see the licences of a subject what changed about them: a message and a live event each. */
export async function tellHolders(client: Queryable, deps: Deps, subjectId: string, changes: Change[], cause: Cause): Promise<void> {
  for (const change of changes) {
    const words = wordsFor(deps, change, cause)
    if (words) await tellOf(client, deps, subjectId, change.licence, words)
  }
}

/** Tells of one licence, once for each cause, everybody who may see it at this moment. */
export async function tellOf(
  client: Queryable,
  deps: Deps,
  subjectId: string,
  { id, type }: Pick<StoredLicence, 'id' | 'type'>,
  { cause, title, body }: LicenceWords
): Promise<void> {
  const subject = await readSubject(client, deps, subjectId)
  const viewers = await viewersOf(client, subjectId)
  for (const { accountId, role } of viewers) {
    const name = role === 'self' ? licenceName(deps, type) : `${shownName(subject)}的${licenceName(deps, type)}`
    await tell(client, deps, { accountId, subjectId, kind: 'licence', title: title(name), body, target: { kind: 'licence', id }, cause })
  }
  await announce(client, viewers.map(({ accountId }) => accountId), { kind: 'licence', id })
}

/** Who may look into a subject's wallet now and agreed to what that takes; a delegate is not among them. */
export async function viewersOf(client: Queryable, subjectId: string): Promise<{ accountId: string; role: string }[]> {
  const viewers: { accountId: string; role: string }[] = []
  for (const actor of await accountsActingFor(client, subjectId, ownRight)) {
    const consents = await consentsInForce(client, actor.accountId)
    if (consents.includes('sensitive') && (actor.role !== 'guardian' || consents.includes('minor'))) viewers.push(actor)
  }
  return viewers
}

function wordsFor(deps: Deps, { licence, from }: Change, { at, reason }: Cause): LicenceWords | null {
  const { id, status, issuer, claimedAt } = licence
  const cause = `licence:${id}:${status}:${at}`
  const why = reason === null ? '' : `原因：${reason}。`
  const when = dayText(dayOf(at), dayOf(deps.now()))
  if (from === null) {
    if (status !== 'valid' || claimedAt !== null) return null
    return { cause, title: (name) => `${name}可以领取了`, body: `证照库里新有了一本，由${issuer}签发。到「我的证照」点一下就能领取。` }
  }
  switch (status) {
    case 'valid':
      return { cause, title: (name) => `${name}已恢复`, body: `${when}起又可以用了。` }
    case 'suspended':
      return { cause, title: (name) => `${name}被暂扣`, body: `${when}起被暂扣，恢复以前不能出示。${why}` }
    case 'changed':
      return { cause, title: (name) => `${name}已换发`, body: `旧的一本不能再用，新的一本在「我的证照」。${why}` }
    case 'cancelled':
      return { cause, title: (name) => `${name}已注销`, body: `${when}起不能再出示。${why}` }
    case 'revoked':
      return { cause, title: (name) => `${name}已吊销`, body: `${when}起不能再出示。${why}` }
    case 'annulled':
      return { cause, title: (name) => `${name}已撤销`, body: `${when}起不能再出示。${why}` }
  }
}
