import type { LicenceGrant } from '../../../../contract/licences'
import { timeText } from '../../../../domain/time'
import { Button, Card, Cell, Dialog, Empty, Loaded, Notice, OfflineBar, Page, Tag } from '../../../components'
import { Box } from '../../../platform/host'
import { useParams } from '../../../platform/navigation'
import { useNow } from '../../../session/now'
import { OwnWallet } from '../own-wallet'
import { useGrants } from './use-grants'
import { effectOf, grantStatus, untilText } from './words'
import './grants.scss'

/** 用证记录：一本证照给了谁、用于什么、给了哪几格、到何时；还没办完的能收回。 */
export default function GrantsPage() {
  const { id = '' } = useParams()
  return (
    <Page title="用证记录" readAloud>
      <OfflineBar />
      <OwnWallet title="看这本证照给过谁" why="用证记录只给持证人、监护人和企业的法定代表人看。" returnTo={`/features/licence/grants/index?id=${id}`}>
        <Grants id={id} />
      </OwnWallet>
    </Page>
  )
}

function Grants({ id }: { id: string }) {
  const { grants, asked, ask, answer, busy, done, fault } = useGrants(id)
  const now = useNow()
  return (
    <>
      <Notice tone="done" text={done} />
      <Notice tone="error" text={fault} />
      <Loaded of={grants}>
        {({ grants: all }) =>
          all.length === 0 ? (
            <Empty title="这本证照还没有给谁用过" note="办事时用到它、或你亮给别人看，都会记在这里；还没办完的可以收回。" />
          ) : (
            <>
              {all.map((grant) => (
                <Grant key={grant.id} grant={grant} now={now} onRevoke={() => ask(grant)} />
              ))}
            </>
          )
        }
      </Loaded>
      <Cell icon="eye" title="谁看过我的信息" note="每一次查看、被拒的也在内" to="/features/message/traces/index" />
      <Dialog
        id="revoke"
        open={asked !== null}
        title={`收回给${asked?.to ?? ''}的授权？`}
        okText="收回"
        danger
        busy={busy}
        onCancel={() => ask(null)}
        onOk={answer}
      >
        {asked && effectOf(asked).map((line) => <Box key={line}>{line}</Box>)}
      </Dialog>
    </>
  )
}

function Grant({ grant, now, onRevoke }: { grant: LicenceGrant; now: number; onRevoke: () => void }) {
  const { to, purpose, fields, since, status, caseId, allowedActions } = grant
  return (
    <Card title={to} tone={status === 'active' ? 'green' : 'plain'} end={<Tag {...grantStatus[status]} />}>
      <Row label="用于" text={purpose} />
      <Row label="给了哪几格" text={fields.length > 0 ? fields.join('、') : '一格也没给，只答了是或不是'} />
      <Row label="从" text={timeText(Date.parse(since), now)} />
      <Row label="到何时" text={untilText(grant, now)} />
      {caseId && <Cell title="看这一件" to="/features/case/detail/index" params={{ id: caseId }} />}
      {allowedActions.includes('revoke') && (
        <Button kind="danger" block label={`收回给${to}的授权，用于${purpose}`} onPress={onRevoke}>
          收回
        </Button>
      )}
    </Card>
  )
}

function Row({ label, text }: { label: string; text: string }) {
  return (
    <Box className="grant-row">
      <Box className="grant-label">{label}</Box>
      <Box className="grant-text">{text}</Box>
    </Box>
  )
}
