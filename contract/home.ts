import { Type, type Static } from 'typebox'
import { DraftSummary } from './drafts'
import { Invitation } from './invitations'
import { LicenceCard } from './licences'
import { SubmissionSummary } from './submissions'

/** 与我有关：能接着办的草稿、等我的办件、快到期的证照、等我答复的邀请。 */
export const Home = Type.Object(
  {
    drafts: Type.Array(DraftSummary),
    waiting: Type.Array(SubmissionSummary),
    running: Type.Array(SubmissionSummary),
    expiring: Type.Array(LicenceCard),
    invitations: Type.Array(Invitation),
    unreadMessages: Type.Integer()
  },
  { additionalProperties: false }
)
export type Home = Static<typeof Home>
