import { useState } from 'react'
import type { Licence } from '../../../../contract/licences'
import { Button, Dialog, Loaded, Notice, OfflineBar, Page, Tag } from '../../../components'
import { Box } from '../../../platform/host'
import { usePageHidden } from '../../../platform/lifecycle'
import { open, useParams } from '../../../platform/navigation'
import { useNow } from '../../../session/now'
import { useSession } from '../../../session/session'
import { Face } from '../face/face'
import { OwnWallet } from '../own-wallet'
import { useCity } from '../use-city'
import { holderText, statusTones, trustText, validityText } from '../words'
import { BigType } from './big-type'
import { Origin } from './origin'
import { PdfCopy } from './pdf-copy'
import { Rectification } from './rectification'
import { useLicence } from './use-licence'
import './detail.scss'

export default function LicencePage() {
  const { id = '' } = useParams()
  return (
    <Page title="证照" readAloud>
      <OfflineBar />
      <OwnWallet title="看这本证照" why="证照是敏感信息，登录后只给持证人、监护人和企业的法定代表人看。" returnTo={`/features/licence/detail/index?id=${id}`}>
        <LicenceBody id={id} />
      </OwnWallet>
    </Page>
  )
}

function LicenceBody({ id }: { id: string }) {
  const { licence, revealed, reveal, hide, busy, fault } = useLicence(id)
  const [asking, setAsking] = useState(false)
  const [big, setBig] = useState(false)
  const { demo, hotline } = useCity()
  const now = useNow()
  usePageHidden(hide)
  return (
    <>
      <Loaded of={licence}>
        {(data) => (
          <>
            <Trust of={data} seenAt={licence.keptAt} now={now} />
            <LicenceFace of={revealed ?? data} demo={demo} now={now} />
            <Box className="detail-acts">
              <Show of={data} offline={licence.keptAt !== null} />
              <Button icon="search" onPress={() => setBig(true)}>
                大字看
              </Button>
              {hasMasked(data) && (
                <Button icon={revealed ? 'lock' : 'eye'} busy={busy} onPress={() => (revealed ? hide() : setAsking(true))}>
                  {revealed ? '重新遮住' : '显示遮住的内容'}
                </Button>
              )}
            </Box>
            <Notice text={revealed ? '已显示。这次查看已记下。' : ''} />
            <Notice tone="error" text={fault} />
            {data.reasons.map((reason) => (
              <Box key={reason} className="detail-reason">
                {reason}
              </Box>
            ))}
            <Origin of={data} now={now} />
            {data.allowedActions.includes('pdf') && <PdfCopy id={id} name={data.name} />}
            <Rectification of={data} hotline={hotline} offline={licence.keptAt !== null} now={now} onSent={licence.reload} />
            <BigType open={big} of={revealed ?? data} onClose={() => setBig(false)} />
            <Dialog
              id="reveal"
              open={asking}
              title="显示遮住的内容？"
              okText="显示"
              busy={busy}
              onCancel={() => setAsking(false)}
              onOk={() => void reveal().then(() => setAsking(false))}
            >
              <Box>会显示完整的号码、地址这些敏感信息，请看看旁边有没有人。</Box>
              <Box>这次查看会记进「谁看过我的信息」，离开这一页就重新遮住。</Box>
            </Dialog>
          </>
        )}
      </Loaded>
    </>
  )
}

const hasMasked = ({ face }: Licence) => face.some(({ masked }) => masked)

function Trust({ of, seenAt, now }: { of: Licence; seenAt: number | null; now: number }) {
  const trust = seenAt === null ? null : trustText(of, seenAt, now)
  return trust && <Box className={trust.trusted ? 'detail-trust' : 'detail-trust detail-trust--over'}>{trust.text}</Box>
}

function LicenceFace({ of: licence, demo, now }: { of: Licence; demo: boolean; now: number }) {
  const { name, issuer, look, status, statusText, face, isNew, inRectification } = licence
  const { me } = useSession()
  return (
    <Face
      name={name}
      issuer={issuer}
      look={look}
      fields={face}
      demo={demo}
      whose={`${holderText(licence, me?.subjects ?? [])} · ${validityText(licence, now)}`}
      light={
        <>
          {isNew && <Tag text="新办好" tone="amber" />}
          <Tag text={statusText} tone={statusTones[status]} dot />
          {inRectification && <Tag text="核对中" tone="amber" />}
        </>
      }
    />
  )
}

/** 亮证, where the server allows it; without network no code can be made. */
function Show({ of: { id, allowedActions }, offline }: { of: Licence; offline: boolean }) {
  if (!allowedActions.includes('present')) return null
  return (
    <Button kind="primary" icon="eye" disabled={offline} onPress={() => open('/features/licence/present/index', { id })}>
      {offline ? '连上网才能亮证' : '亮证'}
    </Button>
  )
}
