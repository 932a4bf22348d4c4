import type { InvitationList } from '../../../../contract/invitations'
import { listInvitations } from '../../../api/invitations'
import { useResource, type Resource } from '../../../api/resource'
import { useLive } from '../../../session/live'
import { useSession } from '../../../session/session'

/** What others ask of the person and what was asked of others, up to date by itself. */
export function useInvitations(): Resource<InvitationList> {
  const { status } = useSession()
  const invitations = useResource<InvitationList>(status === 'in' || status === 'unreachable' ? 'invitations' : null, listInvitations)
  useLive(['invitation', 'draft'], status === 'in' ? null : [], invitations.reload)
  return invitations
}
