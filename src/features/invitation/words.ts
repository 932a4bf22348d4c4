import type { InvitationStatus } from '../../../contract/invitations'
import type { Tone } from '../../components'

/** How an invitation stands, as the one asked reads it. */
export const receivedWords: Record<InvitationStatus, { text: string; tone: Tone }> = {
  pending: { text: '等你答复', tone: 'amber' },
  granted: { text: '你已同意', tone: 'green' },
  declined: { text: '你没有同意', tone: 'grey' },
  unanswered: { text: '已过期', tone: 'grey' },
  unreachable: { text: '已结束', tone: 'grey' },
  deceased: { text: '已结束', tone: 'grey' },
  cancelled: { text: '对方已收回', tone: 'grey' }
}

/** How an invitation stands, as the one who asked reads it. */
export const sentWords: Record<InvitationStatus, { text: string; tone: Tone }> = {
  pending: { text: '等对方答复', tone: 'amber' },
  granted: { text: '对方已同意', tone: 'green' },
  declined: { text: '对方没有同意', tone: 'red' },
  unanswered: { text: '过期没有答复', tone: 'red' },
  unreachable: { text: '联系不上', tone: 'grey' },
  deceased: { text: '已去世', tone: 'grey' },
  cancelled: { text: '你已收回', tone: 'grey' }
}
