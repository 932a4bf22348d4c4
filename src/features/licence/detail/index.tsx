import { useState } from 'react'
import type { Licence } from '../../../../contract/licences'
import { dayOf, dayText } from '../../../../domain/time'
import { Button, Card, Cell, Dialog, Loaded, Notice, OfflineBar, Page, Tag } from '../../../components'
import { Box } from '../../../platform/host'
import { usePageHidden } from '../../../platform/lifecycle'
import { useParams } from '../../../platform/navigation'
import { useNow } from '../../../session/now'
import { SignedIn } from '../../../session/signed-in'
import { statusTones, validityText } from '../words'
import { useLicence } from './use-licence'
import './detail.scss'

export default function LicencePage() {
  const { id = '' } = useParams()
  return (
    <Page title="证照" readAloud>
      <OfflineBar />
      <SignedIn title="看这张证照" why="证照是敏感信息，登录后只给持证人和监护人看。" returnTo={`/features/licence/detail/index?id=${id}`}>
        <LicenceBody id={id} />
      </SignedIn>
    </Page>
  )
}

function LicenceBody({ id }: { id: string }) {
  const { licence, revealed, reveal, hide, busy, fault } = useLicence(id)
  const [asking, setAsking] = useState(false)
  const now = useNow()
  usePageHidden(hide)
  return (
    <>
      <Loaded of={licence}>
        {(data) => (
          <>
            <Face of={revealed ?? data} now={now} />
            {hasMasked(data) &&
              (revealed ? (
                <Button block icon="lock" onPress={hide}>
                  重新遮住
                </Button>
              ) : (
                <Button block icon="eye" busy={busy} onPress={() => setAsking(true)}>
                  显示遮住的内容
                </Button>
              ))}
            <Origin of={data} now={now} />
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
      <Notice text={revealed ? '已显示。这次查看已记下。' : ''} />
      <Notice tone="error" text={fault} />
    </>
  )
}

const hasMasked = ({ face }: Licence) => face.some(({ masked }) => masked)

function Face({ of: licence, now }: { of: Licence; now: number }) {
  const { name, maskedHolderName, status, statusText, face, isNew } = licence
  return (
    <Box className="face">
      <Card
        title={name}
        end={
          <Box className="face-tags">
            {isNew && <Tag text="新办好" tone="green" />}
            <Tag text={statusText} tone={statusTones[status]} />
          </Box>
        }
      >
        <Box className="face-whose">
          {maskedHolderName} · {validityText(licence, now)}
        </Box>
        {face.map(({ name: label, text, masked }) => (
          <Box key={label} className="face-line">
            <Box className="face-label">
              {label}
              {masked && '（已遮住）'}
            </Box>
            <Box className="face-text">{text}</Box>
          </Box>
        ))}
      </Card>
    </Box>
  )
}

function Origin({ of: { issuer, issuedOn, identifier, version, fromCase }, now }: { of: Licence; now: number }) {
  return (
    <Box className="face-origin">
      <Card title="从哪里来">
        <Box>
          {issuer} · {dayText(issuedOn, dayOf(now))}签发{version > 1 && ` · 第 ${version} 版`}
        </Box>
        {identifier && <Box className="face-fine">电子证照标识 {identifier}</Box>}
      </Card>
      {fromCase && (
        <Cell
          icon="document"
          title={`办「${fromCase.matterName}」得来的`}
          note="看那一件怎么办的"
          to="/features/case/detail/index"
          params={{ id: fromCase.caseId }}
        />
      )}
    </Box>
  )
}
