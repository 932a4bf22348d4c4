import { Home } from '../../../contract/home'
import { acting } from '../../access'
import type { Acting, Deps } from '../../deps'
import type { App } from '../../http/server'
import { submissionsFor } from '../case/service'
import { listDrafts } from '../draft/service'
import { consentsInForce } from '../identity/accounts'
import { receivedInvitations } from '../invitation/answer'
import { expiringLicences } from '../licence/wallet'
import { countUnread } from '../message/service'

/** What concerns the person now, on the first page: gathered from the rooms, nothing of its own. */
export function registerHome(app: App, deps: Deps): void {
  app.get(
    '/home',
    {
      config: { access: 'session', delegable: 'own' },
      schema: { summary: '与我有关：草稿、等我的办件、快到期的证照、待答复的邀请', tags: ['首页'], response: { 200: Home } }
    },
    async (request) => homeOf(deps, acting(request))
  )
}

async function homeOf(deps: Deps, who: Acting): Promise<Home> {
  // A delegate has no part in the wallet.
  const mayLook = who.delegation === null && (await consentsInForce(deps.pool, who.accountId)).includes('sensitive')
  const [drafts, submissions, expiring, invitations, unreadMessages] = await Promise.all([
    listDrafts(deps, who),
    submissionsFor(deps, who),
    mayLook ? expiringLicences(deps, who) : [],
    receivedInvitations(deps, who),
    countUnread(deps.pool, who.accountId)
  ])
  return { drafts, ...submissions, expiring, invitations: invitations.filter(({ status }) => status === 'pending'), unreadMessages }
}
