import { Button, Card, Loaded, Notice, OfflineBar, Page } from '../../../components'
import { Box } from '../../../platform/host'
import { usePageHidden } from '../../../platform/lifecycle'
import { useParams } from '../../../platform/navigation'
import { useSession } from '../../../session/session'
import { OwnWallet } from '../own-wallet'
import { useCity } from '../use-city'
import { holderText } from '../words'
import { Chooser } from './chooser'
import { Stage } from './stage'
import { usePresent } from './use-present'
import './present.scss'

/** 亮证：选给对方看什么、用来做什么，再把照面和一次性的码亮出来。 */
export default function PresentPage() {
  const { id = '' } = useParams()
  return (
    <Page title="亮证" readAloud>
      <OfflineBar text="没有网络，亮不了证：码要由服务器现发，用一次就作废。" />
      <OwnWallet title="亮出这本证照" why="亮证要先登录，只有持证人、监护人和企业的法定代表人能亮。" returnTo={`/features/licence/present/index?id=${id}`}>
        <Presenting id={id} />
      </OwnWallet>
    </Page>
  )
}

function Presenting({ id }: { id: string }) {
  const { offer, chosen, choose, missing, present, showing, close, busy, fault } = usePresent(id)
  const { demo } = useCity()
  const { me } = useSession()
  usePageHidden(close)
  return (
    <>
      <Loaded of={offer}>
        {({ licence, presentable }) =>
          chosen && (
            <>
              <Card title={licence.name} end={licence.statusText}>
                <Box>持证人：{holderText(licence, me?.subjects ?? [])}</Box>
                <Box className="present-note">只有你勾上的会给对方看。对方核验一次后，码就作废。</Box>
              </Card>
              <Chooser presentable={presentable} chosen={chosen} missing={missing} onChoose={choose} />
              <Notice tone="error" text={fault} />
              <Button kind="primary" block icon="eye" busy={busy} onPress={present}>
                亮证
              </Button>
              {showing && <Stage showing={showing} licence={licence} demo={demo} busy={busy} onAgain={present} onClose={close} />}
            </>
          )
        }
      </Loaded>
    </>
  )
}
