import { useState } from 'react'
import type { Draft } from '../../../../contract/drafts'
import type { HolderConsentRule, ResolvedBundle } from '../../../../domain/bundle/types'
import { beforeText, timeText } from '../../../../domain/time'
import { Button, Card, Dialog, Tag, type Tone } from '../../../components'
import { Box } from '../../../platform/host'
import { useNow } from '../../../session/now'
import type { HolderGroup } from './holder-groups'
import { InviteForm } from './invite-form'
import { Serves } from './one-material'
import { OneOrPhotos } from './other-way'
import { filesOf, invitationOf, isMet } from './standing'
import type { MaterialsAtHand } from './use-materials'

interface ConsentProps {
  group: HolderGroup
  at: MaterialsAtHand
  /** undefined while it is on its way. */
  bundle: ResolvedBundle | null | undefined
}

type Invitation = Draft['invitations'][number]

const holders: Partial<Record<HolderGroup['holder'], string>> = { spouse: '另一方', legalRepresentative: '法定代表人' }

/** The consent of the one who holds these materials: asked for, waited for, given, or otherwise on. */
export function Consent({ group, at, bundle }: ConsentProps) {
  const [first] = group.materials
  const invitation = first && invitationOf(at.draft, first)
  const [again, setAgain] = useState(false)
  const names = group.materials.map(({ name }) => name).join('、')
  if (!first) return null
  const isOpen = group.materials.some(({ state }) => state === 'consent')
  if (!invitation && !isOpen) return null
  const isPhotographed = group.materials.every(({ id }) => filesOf(at.draft, id).length > 0)
  const asking = !invitation || again
  const isSettled = group.materials.every((material) => isMet(material, at.draft))
  const isOver = !asking && invitation.way !== null
  return <Card
    title={`请${holders[group.holder] ?? '持有人'}同意`} tone={invitation?.status === 'granted' ? 'green' : isSettled ? 'plain' : 'amber'}
    end={invitation ? <Status invitation={invitation} /> : <Tag {...isPhotographed ? photosInstead : notInvited} />}
  >
    {!isOver && <Box>「{names}」不是你的，要本人同意才能用。</Box>}
    {group.materials.map((material) => <Box key={material.id}>
      {!isOver && material.consent && <Box className='b-hint'>
        只放出{material.name}上的{material.consent.fields.join('、')}，用来{material.consent.purpose}，{material.consent.validDays} 天内有效。
      </Box>}
      <Serves material={material} />
    </Box>)}
    {asking
      ? bundle !== undefined && <InviteForm group={group} at={at} bundle={bundle} onSent={() => setAgain(false)} />
      : <Sent invitation={invitation} ways={bundle?.materialOf[first.materialId]?.consent?.ways} at={at} onAgain={() => setAgain(true)} />}
    {group.materials.filter(({ state, canUpload }) => state === 'consent' && canUpload).map((material) =>
      <OneOrPhotos key={material.id} material={material} at={at} />)}
  </Card>
}

const notInvited = { text: '还没邀请', tone: 'amber' } as const
const photosInstead = { text: '改交照片', tone: 'green' } as const

const statusTags: Record<Invitation['status'], { text: string; tone: Tone }> = {
  pending: { text: '等对方答复', tone: 'amber' },
  granted: { text: '已同意', tone: 'green' },
  declined: { text: '没有同意', tone: 'red' },
  unanswered: { text: '过期没有答复', tone: 'red' },
  unreachable: { text: '联系不上', tone: 'grey' },
  deceased: { text: '已去世', tone: 'grey' },
  cancelled: { text: '已收回', tone: 'grey' }
}

function Status({ invitation }: { invitation: Invitation }) {
  return <Box role='status' aria-live='polite'><Tag {...statusTags[invitation.status]} /></Box>
}

const reasons = {
  unreachable: { title: '联系不上对方？', ask: '这份邀请会结束。', ok: '是，联系不上' },
  deceased: { title: '对方已经去世？', ask: '这份邀请会结束，部门会核对。', ok: '是，已去世' },
  cancelled: { title: '收回这份邀请？', ask: '对方就看不到这份邀请了，之后可以重新邀请。', ok: '收回' }
} as const

interface SentProps {
  invitation: Invitation
  /** How it goes on without consent; undefined while that is on its way. */
  ways: HolderConsentRule['ways'] | undefined
  at: MaterialsAtHand
  onAgain: () => void
}

function Sent({ invitation, ways, at, onAgain }: SentProps) {
  const now = useNow()
  const [asking, setAsking] = useState<keyof typeof reasons>()
  const { status, maskedHolderName, sentAt, expiresAt, answeredAt, way } = invitation
  const isWaiting = status === 'pending' || status === 'unanswered'
  return <>
    {status === 'pending' && <Box>
      已在 {timeText(Date.parse(sentAt), now)} 请 {maskedHolderName} 答复，{beforeText(Date.parse(expiresAt), now)}有效。
      对方登录「掌上办」，在首页能看到。对方答复后这里会自动更新。
    </Box>}
    {status === 'granted' && answeredAt && <Box>{maskedHolderName} 已在 {timeText(Date.parse(answeredAt), now)} 同意，这份不用交了。</Box>}
    {way && <Box>{way.say}。</Box>}
    <Box className='b-actions'>
      {isWaiting && <>
        <Button disabled={at.busy} onPress={() => setAsking('unreachable')}>联系不上</Button>
        <Button disabled={at.busy} onPress={() => setAsking('deceased')}>对方已去世</Button>
      </>}
      {status === 'pending' && <Button kind='quiet' disabled={at.busy} onPress={() => setAsking('cancelled')}>收回邀请</Button>}
      {status !== 'pending' && status !== 'granted' && <Button disabled={at.busy} onPress={onAgain}>重新邀请</Button>}
    </Box>
    <Dialog
      id='close-invitation' open={asking !== undefined} title={asking ? reasons[asking].title : ''}
      okText={asking ? reasons[asking].ok : ''}
      onCancel={() => setAsking(undefined)}
      onOk={() => { if (asking) void at.close(invitation.id, asking); setAsking(undefined) }}
    >
      {asking && <Box>{reasons[asking].ask}</Box>}
      {asking && asking !== 'cancelled' && ways && <Box>{ways[asking].say}。</Box>}
    </Dialog>
  </>
}
